"""Amended goals: the teams that try to move them are told, too.

Whoever reports a key result is told by the amendment itself, which knows nothing of initiatives.
Putting the same message again changes nothing, so both may tell the same person.
"""

from datetime import datetime, timedelta

from apps.initiatives.models import Initiative
from apps.objectives.models import Amendment
from apps.organisation import outbox
from apps.organisation.models import Team, User

KIND = "goal.amended"
# Far enough back for a worker that slept, and not so far that news are old.
NEWS = timedelta(days=2)


def put_amendments(now: datetime) -> int:
    """To all who work in a team with a live initiative on the goal. How many amendments."""
    recent = Amendment.objects.filter(at__gt=now - NEWS, at__lte=now)
    # What was amended in one go is told in one mail, about its first row.
    firsts = recent.order_by("objective_id", "key_result_id", "at", "pk").distinct(
        "objective_id", "key_result_id", "at"
    )
    told = list(firsts.select_related("objective"))
    for amendment in told:
        working = Initiative.objects.working_on(amendment.objective).values("team")
        teams = Team.objects.standing().filter(pk__in=working)
        people = User.objects.working_in(*teams).exclude(pk=amendment.by_id)
        outbox.put(KIND, to=people, about=amendment, now=now)
    return len(told)
