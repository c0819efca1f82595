"""Stop marks and verdicts that came due: they wait in My week, and a mail says so once."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Max
from django.utils import timezone

from apps.checkins.cadence import monday
from apps.checkins.models import WeekOff
from apps.initiatives.models import InitiativeLink
from apps.initiatives.stops import criteria_due
from apps.organisation import outbox
from apps.organisation.models import Organisation, OutboxMessage, Team, TeamGrant, User

KIND = "due.means"
FROM_HOUR = 8  # in the organisation's time zone
# What came due earlier and was never told, as before this job was there, is no news any more.
NEWS = timedelta(weeks=4)


def put_due_means(now: datetime) -> int:
    """One a week at most to each person of a team, of what came due since the last one. A team
    that is off this week is told in the next. How many people."""
    organisation = Organisation.objects.get()
    with timezone.override(organisation.time_zone):
        local = timezone.localtime(now)
        if local.hour < FROM_HOUR:
            return 0
        week = monday(local.date())
        due = _latest_by_team(now, organisation)
    before = OutboxMessage.objects.filter(kind=KIND)
    last = dict(before.values_list("person").annotate(at=Max("put_at")))
    of_teams = TeamGrant.objects.works_in().filter(content_object__in=due, user__is_active=True)
    people = {
        person
        for person, team in of_teams.values_list("user", "content_object")
        if due[team] > max(now - NEWS, last.get(person, now - NEWS))
    }
    told = outbox.told(KIND, about=organisation, week=week)
    left = User.objects.filter(pk__in=people).exclude(pk__in=told)
    outbox.put(KIND, to=left, about=organisation, week=week, now=now)
    return len(left)


def _latest_by_team(now: datetime, organisation: Organisation) -> dict[int, datetime]:
    """When the last thing that still waits came due, of each team that is at work this week."""
    today, zone = organisation.today(now), ZoneInfo(organisation.time_zone)
    off = WeekOff.objects.filter(week=monday(today))
    teams = Team.objects.standing().exclude(pk__in=off.values("team"))
    came_due: dict[int, list[datetime]] = defaultdict(list)
    for mark in criteria_due(teams, today=today):
        came_due[mark.initiative.team_id].append(mark.raised_at)
    verdicts = InitiativeLink.objects.with_verdict().verdict_due(today)
    verdicts = verdicts.filter(initiative__team__in=teams).annotate(day=F("due"))
    for team, day in verdicts.values_list("initiative__team", "day"):
        came_due[team].append(datetime.combine(day, time(), zone))
    return {team: max(instants) for team, instants in came_due.items()}
