"""The digest that those who lead a team get on Mondays."""

from datetime import datetime
from zoneinfo import ZoneInfo

from apps.checkins.cadence import monday
from apps.checkins.models import WeekOff
from apps.objectives.models import Cycle
from apps.organisation import outbox
from apps.organisation.models import Organisation, TeamGrant, User

KIND = "digest"
FROM_HOUR = 7  # in the organisation's time zone


def put_digests(now: datetime) -> int:
    """One to each leader, while a cycle runs; none to those whose teams are all off this week.
    How many were not told yet."""
    organisation = Organisation.objects.get()
    local = now.astimezone(ZoneInfo(organisation.time_zone))
    today = local.date()
    if today != monday(today) or local.hour < FROM_HOUR:
        return 0
    cycle = Cycle.objects.current(today)
    if cycle is None or not (cycle.is_open and cycle.starts <= today <= cycle.ends):
        return 0
    off = WeekOff.objects.filter(week=today)
    leads = TeamGrant.objects.leads().filter(content_object__archived_at=None)
    leads = leads.exclude(content_object__in=off.values("team"))
    people = User.objects.active().filter(pk__in=leads.values("user"))
    left = people.exclude(pk__in=outbox.told(KIND, about=cycle, week=today))
    outbox.put(KIND, to=left, about=cycle, week=today, now=now)
    return len(left)
