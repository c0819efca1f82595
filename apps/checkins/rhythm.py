"""Who has checked in and who is due, for pages that show many teams: one query each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateField, Value
from django.db.models.functions import TruncDate

from apps.checkins.cadence import Beat, Every, Report, asks, due_day, monday, report, weeks
from apps.checkins.models import CheckIn, WeekOff
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, Team

OFF = "off"


def beats(team: Team) -> list[Beat]:
    """The rhythms that the team has chosen, in the order of time."""
    return [Beat(Every(every), date.fromisoformat(since)) for every, since in team.rhythms]


def dots(
    teams: Iterable[Team], cycle: Cycle, *, organisation: Organisation, today: date
) -> dict[int, list[Report]]:
    """By team: what became of each week of the cycle."""
    teams = list(teams)
    mondays = weeks(cycle.starts, cycle.ends)
    told = {"team__in": [team.pk for team in teams], "week__in": mondays}
    sent_on = TruncDate("first_submitted_at", tzinfo=ZoneInfo(organisation.time_zone))
    sent = CheckIn.objects.submitted().filter(**told).order_by()
    nothing = Value(None, output_field=DateField())
    off = WeekOff.objects.filter(**told).values_list("team", "week", nothing)
    days: dict[tuple[int, date], date] = {}
    away: set[tuple[int, date]] = set()
    for team_id, week, day in sent.values_list("team", "week", sent_on).union(off, all=True):
        if day is None:
            away.add((team_id, week))
        else:
            days[team_id, week] = day
    weekday = organisation.checkin_weekday
    found = {}
    for team in teams:
        chosen = beats(team)
        found[team.pk] = [
            report(
                week=week,
                weekday=weekday,
                sent=days.get((team.pk, week)),
                today=today,
                asked=asks(week, chosen, weekday),
                off=(team.pk, week) in away,
            )
            for week in mondays
        ]
    return found


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
    """Of these teams, those that still have to check in this week: their rhythm asks for it, and
    they have not marked it as off."""
    week, weekday = monday(today), organisation.checkin_weekday
    if week not in weeks(cycle.starts, cycle.ends) or not cycle.is_open:
        return []
    this = {"team__in": teams, "week": week}
    off = WeekOff.objects.filter(**this).values_list("team", Value(OFF, output_field=CharField()))
    begun = CheckIn.objects.filter(**this).order_by().values_list("team", "state")
    stands = set(begun.union(off, all=True))
    settled = {pk for pk, word in stands if word in {CheckIn.State.SUBMITTED, OFF}}
    day = due_day(week, weekday)
    return [
        Due(
            team,
            week,
            day,
            has_draft=(team.pk, CheckIn.State.DRAFT) in stands,
            is_late=today > day,
        )
        for team in teams
        if team.pk not in settled and asks(week, beats(team), weekday)
    ]
