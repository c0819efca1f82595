"""What bounds the means of a team: its own constraints, those from above, those of the goals."""

from collections.abc import Iterable
from datetime import date

from apps.initiatives.models import Initiative
from apps.objectives.models import Constraint, ConstraintQuerySet, KeyResult
from apps.organisation.models import Team


def boundaries(team: Team, key_results: Iterable[KeyResult], *, today: date) -> ConstraintQuerySet:
    """In force, upon what the team tries to move these."""
    goals = {key_result.objective_id for key_result in key_results}
    return Constraint.objects.in_force(today).binding(team, goals).for_lines()


def boundaries_of(initiative: Initiative, *, today: date) -> ConstraintQuerySet:
    goals = [link.key_result for link in initiative.links.select_related("key_result")]
    return boundaries(initiative.team, goals, today=today)
