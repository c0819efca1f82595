from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from apps.objectives import actions
from apps.objectives.forms import ConstraintForm, LiftForm
from apps.objectives.models import Constraint, Objective
from apps.objectives.views import objective as objectives
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def set_constraint(request: Request, pk: int) -> HttpResponse:
    """On an objective."""
    objective = objectives.find(request, pk)
    permit(request.user, Do.SET_CONSTRAINT, objective.team)
    return _set(request, objective=objective)


@require_http_methods(GET_OR_POST)
@once
def set_team_constraint(request: Request, slug: str) -> HttpResponse:
    """For a team, and all below it."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.SET_CONSTRAINT, team)
    return _set(request, team=team)


def _set(
    request: Request, *, objective: Objective | None = None, team: Team | None = None
) -> HttpResponse:
    form = ConstraintForm(request.POST or None)
    made: list[Constraint] = []

    def act(**typed: Any) -> None:
        constraint = actions.set_constraint(
            objective=objective, team=team, by=request.user, now=request.now, **typed
        )
        made.append(constraint)

    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{made[0].bound.get_absolute_url()}#constraints")
    context = {"objective": objective, "team": team, "form": form}
    return render(request, "objectives/set_constraint.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def lift_constraint(request: Request, pk: int) -> HttpResponse:
    constraint = get_object_or_404(Constraint.objects.visible_to(request.user).for_lines(), pk=pk)
    permit(request.user, Do.LIFT_CONSTRAINT, constraint.decided_by)
    form = LiftForm(request.POST or None, version=constraint.version)
    act = partial(actions.lift_constraint, constraint, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{constraint.bound.get_absolute_url()}#constraints")
    context = {"constraint": constraint, "form": form}
    return render(request, "objectives/lift_constraint.html", context, status=form_status(form))
