"""How an objective comes to another state: the row, and the row of its history."""

from datetime import datetime

from apps.objectives.models import Objective, ObjectiveMove
from apps.objectives.models.objective import MOVES
from apps.organisation.models import User


def move(
    objective: Objective,
    verb: str,
    *changed: str,
    by: User,
    now: datetime,
    reason: str = "",
) -> None:
    """To where the verb leads; whether it may, the caller asked."""
    came_from, objective.state = objective.state, MOVES[verb][1]
    objective.version += 1
    objective.save(update_fields=["state", "version", *changed])
    record(objective, came_from=came_from, by=by, now=now, reason=reason)


def record(
    objective: Objective, *, came_from: str, by: User, now: datetime, reason: str = ""
) -> None:
    ObjectiveMove.objects.create(
        objective=objective,
        from_state=came_from,
        to_state=objective.state,
        reason=reason,
        by=by,
        at=now,
    )
