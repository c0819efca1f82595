"""Who checked in when: a line of dots a team."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.checkins import rhythm
from apps.checkins.cadence import Report, monday, weeks
from apps.objectives import charts
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, Team

SHOWN = 12
SENT = {Report.ON_TIME, Report.LATE}
WORDS = {
    Report.ON_TIME: gettext_lazy("week %(n)d on time"),
    Report.LATE: gettext_lazy("week %(n)d late"),
    Report.MISSED: gettext_lazy("week %(n)d missed"),
}


class Line(NamedTuple):
    team: Team
    dots: SafeString


class CheckIns(NamedTuple):
    """this_week: of so many teams the check-in of this week is here; None outside the cycle."""

    lines: list[Line]
    teams: int
    this_week: int | None

    @property
    def sentence(self) -> str:
        if self.this_week is None or not self.teams:
            return ""
        return ngettext(
            "%(sent)d of %(n)d team checked in", "%(sent)d of %(n)d teams checked in", self.teams
        ) % {"sent": self.this_week, "n": self.teams}

    @property
    def more(self) -> int:
        return self.teams - len(self.lines)


def check_ins_of(
    teams: Iterable[Team], cycle: Cycle, *, organisation: Organisation, today: date
) -> CheckIns:
    """One query."""
    teams = sorted(set(teams), key=lambda team: team.name)
    codes = rhythm.dots(teams, cycle, organisation=organisation, today=today)
    lines = [Line(team, _drawn(codes[team.pk])) for team in teams[:SHOWN]]
    mondays = weeks(cycle.starts, cycle.ends)
    this_week = None
    if monday(today) in mondays:
        place = mondays.index(monday(today))
        this_week = sum(codes[team.pk][place] in SENT for team in teams)
    return CheckIns(lines, len(teams), this_week)


def _drawn(codes: list[Report]) -> SafeString:
    told = [WORDS[code] % {"n": n} for n, code in enumerate(codes, 1) if code in WORDS]
    label = ", ".join(told) or _("nothing due yet")
    return mark_safe(charts.dots(codes, label=label))  # noqa: S308 - our own drawing
