from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.alignment import actions as aligning
from apps.objectives import actions
from apps.objectives.forms import CarryOverForm
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.readings import read, results_of
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def carry_over(request: Request, pk: int) -> HttpResponse:
    """An objective goes on in a later cycle, and with it what it supports there."""
    found = Objective.objects.visible_to(request.user).for_page()
    objective = get_object_or_404(found, pk=pk)
    permit(request.user, Do.DRAFT_OBJECTIVE, objective.team)
    cycles = list(Cycle.objects.to_go_on_in(objective))
    form = CarryOverForm(
        request.POST or None, cycles=cycles, initial={"cycle": next(iter(cycles), None)}
    )
    made: list[Objective] = []

    @transaction.atomic
    def act(**typed: Any) -> None:
        by: dict[str, Any] = {"by": request.user, "now": request.now}
        made.append(actions.carry_over(objective, **typed, **by))
        aligning.carry_contributions(objective, made[0], **by)

    if request.method == "POST" and carry_out(form, act):
        messages.success(
            request, _("Carried over as a draft. Look at each start value before you go on.")
        )
        return redirect(made[0])
    key_results = KeyResult.objects.counted().for_rows().filter(objective=objective)
    context = {
        "objective": objective,
        "form": form,
        "cycles": cycles,
        "goes_on_as": Objective.objects.visible_to(request.user)
        .carried_from(objective)
        .select_related("cycle"),
        "results": results_of(read(row, today=request.today) for row in key_results),
    }
    return render(request, "dashboards/carry_over.html", context, status=form_status(form))
