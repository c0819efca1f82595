"""The one reminder of a check-in, on the day before it is due."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.checkins import rhythm
from apps.checkins.cadence import monday
from apps.checkins.rhythm import Due
from apps.objectives.models import Cycle, KeyResult
from apps.organisation import outbox
from apps.organisation.models import Organisation, Team, TeamGrant, User

KIND = "check_in.reminder"
DAY = timedelta(days=1)
FROM_HOUR = 8  # in the organisation's time zone


def put_reminders(now: datetime) -> int:
    """One to each person whose teams are due tomorrow; where the worker slept through that day,
    on the due day itself. How many people; those who have it already are none of them."""
    organisation = Organisation.objects.get()
    local = now.astimezone(ZoneInfo(organisation.time_zone))
    today = local.date()
    days = [today, today + DAY] if local.hour >= FROM_HOUR else [today]
    due_day = next((day for day in days if day.isoweekday() == organisation.checkin_weekday), None)
    cycle = due_day and Cycle.objects.current(due_day)
    if not (due_day and cycle):
        return 0
    teams = due_on(due_day, reporting(cycle), cycle, organisation=organisation)
    people = User.objects.working_in(*(due.team for due in teams))
    week = monday(due_day)
    left = people.exclude(pk__in=outbox.told(KIND, about=organisation, week=week))
    outbox.put(KIND, to=left, about=organisation, week=week, now=now)
    return len(left)


def reporting(cycle: Cycle, *, person: User | None = None) -> list[Team]:
    """The teams that have numbers to report in the cycle; of one person, or all."""
    asked = KeyResult.objects.counted().committed().filter(objective__cycle=cycle)
    teams = Team.objects.standing().filter(pk__in=asked.values("team"))
    if person:
        mine = TeamGrant.objects.works_in().filter(user=person)
        teams = teams.filter(pk__in=mine.values("content_object"))
    return list(teams)


def due_on(
    day: date, teams: Iterable[Team], cycle: Cycle, *, organisation: Organisation
) -> list[Due]:
    """Those whose check-in is due on that day and has not been sent."""
    return rhythm.due(list(teams), cycle, organisation=organisation, today=day)
