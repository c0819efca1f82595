"""Who checked in when: a line of dots a team."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from apps.checkins import rhythm
from apps.checkins.cadence import Report, monday, weeks
from apps.checkins.history import drawn
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, Team

SHOWN = 12
SENT = {Report.ON_TIME, Report.LATE}
NOT_AWAITED = {Report.OFF, Report.NOT_ASKED}


class Line(NamedTuple):
    team: Team
    dots: SafeString


class CheckIns(NamedTuple):
    """asked: so many teams are asked for a check-in this week, by their rhythm and if they are
    not away; sent: of so many it is here."""

    lines: list[Line]
    teams: int
    asked: int
    sent: int

    @property
    def sentence(self) -> str:
        if not self.asked:
            return ""
        return ngettext(
            "%(sent)d of %(n)d team checked in", "%(sent)d of %(n)d teams checked in", self.asked
        ) % {"sent": self.sent, "n": self.asked}

    @property
    def more(self) -> int:
        return self.teams - len(self.lines)


def check_ins_of(
    teams: Iterable[Team], cycle: Cycle, *, organisation: Organisation, today: date
) -> CheckIns:
    """One query."""
    teams = sorted(set(teams), key=lambda team: team.name)
    codes = rhythm.dots(teams, cycle, organisation=organisation, today=today)
    lines = [Line(team, drawn(codes[team.pk])) for team in teams[:SHOWN]]
    mondays = weeks(cycle.starts, cycle.ends)
    this_week = []
    if monday(today) in mondays:
        place = mondays.index(monday(today))
        this_week = [codes[team.pk][place] for team in teams]
    asked = sum(code not in NOT_AWAITED for code in this_week)
    return CheckIns(lines, len(teams), asked, sum(code in SENT for code in this_week))
