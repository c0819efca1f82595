"""Amended goals: all teams that work on them are told.

Whoever reports a key result is told by the amendment itself, which knows nothing of initiatives
or briefings. Putting the same message again changes nothing, so both may tell the same person.
"""

from datetime import datetime, timedelta

from apps.alignment.serving import teams_on
from apps.initiatives.models import Initiative
from apps.objectives.models import Amendment, Objective
from apps.organisation import outbox
from apps.organisation.models import Team, User

KIND = "goal.amended"
# Far enough back for a worker that slept, and not so far that news are old.
NEWS = timedelta(days=2)


def put_amendments(now: datetime) -> int:
    """To all in teams that work on the goal. How many amendments were news to someone."""
    recent = Amendment.objects.filter(at__gt=now - NEWS, at__lte=now)
    # What was amended in one go is told in one mail, about its first row.
    firsts = recent.order_by("objective_id", "key_result_id", "at", "pk").distinct(
        "objective_id", "key_result_id", "at"
    )
    news = 0
    for amendment in firsts.select_related("objective"):
        people = User.objects.working_in(*_teams_to_tell(amendment.objective))
        left = people.exclude(pk=amendment.by_id).exclude(pk__in=outbox.told(KIND, about=amendment))
        outbox.put(KIND, to=left, about=amendment, now=now)
        news += bool(left)
    return news


def _teams_to_tell(objective: Objective) -> set[Team]:
    """Also those whose initiative moves a key result that has just been dropped."""
    betting = Initiative.objects.working_on(objective).values("team")
    return {*teams_on(objective), *Team.objects.standing().filter(pk__in=betting)}
