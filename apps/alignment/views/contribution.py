from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from apps.alignment import actions
from apps.alignment.forms import ContributeForm, EndForm
from apps.alignment.models import Contribution
from apps.alignment.views.finding import find_objective, goals_for
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def contribute(request: Request, pk: int) -> HttpResponse:
    """What this objective supports; `?q=` looks for a goal by name."""
    objective = find_objective(request, pk)
    permit(request.user, Do.EDIT_OBJECTIVE, objective.team)
    name = request.GET.get("q", "").strip()
    goals = [
        goal
        for goal in goals_for(objective.team, user=request.user, name=name)
        if goal.pk != objective.pk and objective.team_id not in goal.team.ancestor_ids
    ]
    chosen = request.GET.get("goal", "")
    form = ContributeForm(request.POST or None, goals=goals, chosen=chosen, user=request.user)
    act = partial(actions.contribute, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{objective.get_absolute_url()}#contributions")
    context: dict[str, Any] = {"objective": objective, "form": form, "name": name, "goals": goals}
    return render(request, "alignment/contribute.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def end_contribution(request: Request, pk: int) -> HttpResponse:
    visible = Contribution.objects.visible_to(request.user).select_related(
        "objective__team", "objective__cycle", "towards__team", "key_result__objective"
    )
    contribution = get_object_or_404(visible, pk=pk)
    objective, towards = contribution.objective, contribution.towards
    permit(request.user, Do.EDIT_OBJECTIVE, objective.team)
    form = EndForm(request.POST or None, version=contribution.version)
    act = partial(actions.end_contribution, contribution, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{objective.get_absolute_url()}#contributions")
    context = {"contribution": contribution, "objective": objective, "towards": towards,
               "form": form}  # fmt: skip
    return render(request, "alignment/end_contribution.html", context, status=form_status(form))
