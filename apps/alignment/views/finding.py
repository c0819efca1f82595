"""What several views look up first."""

from typing import Any

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from apps.alignment.components import with_alignment
from apps.alignment.serving import works_on
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.http import Request
from apps.organisation.models import Team, User

# Goals that a form offers; by name one finds any other.
MOST_GOALS = 30


def find_objective(request: Request, pk: int) -> Any:
    """With all that stands beside it."""
    visible = Objective.objects.visible_to(request.user).for_page()
    return get_object_or_404(with_alignment(visible, user=request.user), pk=pk)


def goals_for(team: Team, *, user: User, name: str = "") -> list[Objective]:
    """Open goals near a team: its own, those it works on, those above and beside it; or those
    that have such a name. Two queries."""
    found = Objective.objects.visible_to(user).filter(
        state__in=[Objective.State.INPUT, Objective.State.COMMITTED],
        cycle__in=Cycle.objects.open_for_goals(),
    )
    if name:
        found = found.filter(
            Q(title__icontains=name)
            | Q(team__name__icontains=name)
            | Q(pk__in=KeyResult.objects.filter(title__icontains=name).values("objective"))
        )
    else:
        beside = Q(team__parent=team.parent_id) if team.parent_id else Q(team=team)
        found = found.filter(Q(team__in=[team.pk, *team.ancestor_ids]) | beside | works_on(team.pk))
    key_results = Prefetch("key_results", KeyResult.objects.order_by("position", "pk"))
    near = found.select_related("team").order_by("team__ancestor_ids__len", "position", "pk")
    return list(near.prefetch_related(key_results)[:MOST_GOALS])
