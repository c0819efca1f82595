"""Who has checked in and who is due, for pages that show many teams: one query each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models.functions import TruncDate

from apps.checkins.cadence import Report, due_day, monday, report, weeks
from apps.checkins.models import CheckIn
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, Team


def dots(
    teams: Iterable[Team], cycle: Cycle, *, organisation: Organisation, today: date
) -> dict[int, list[Report]]:
    """By team: what became of each week of the cycle."""
    mondays = weeks(cycle.starts, cycle.ends)
    team_ids = [team.pk for team in teams]
    sent_on = TruncDate("first_submitted_at", tzinfo=ZoneInfo(organisation.time_zone))
    sent = {
        (team_id, week): day
        for team_id, week, day in CheckIn.objects.submitted()
        .filter(team__in=team_ids, week__in=mondays)
        .values_list("team", "week", sent_on)
    }
    weekday = organisation.checkin_weekday
    return {
        pk: [
            report(week=week, weekday=weekday, sent=sent.get((pk, week)), today=today)
            for week in mondays
        ]
        for pk in team_ids
    }


@dataclass(frozen=True)
class Due:
    """This week's check-in of a team, where it has not been sent."""

    team: Team
    week: date
    day: date
    has_draft: bool
    is_late: bool


def due(
    teams: Collection[Team], cycle: Cycle, *, organisation: Organisation, today: date
) -> list[Due]:
    """Of these teams, those that still have to check in this week."""
    week = monday(today)
    if week not in weeks(cycle.starts, cycle.ends) or not cycle.is_open:
        return []
    begun = dict(CheckIn.objects.filter(team__in=teams, week=week).values_list("team", "state"))
    day = due_day(week, organisation.checkin_weekday)
    return [
        Due(team, week, day, has_draft=team.pk in begun, is_late=today > day)
        for team in teams
        if begun.get(team.pk) != CheckIn.State.SUBMITTED
    ]
