from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.objectives import actions, components
from apps.objectives.forms import (
    DefineKeyResultForm,
    EditKeyResultForm,
    FillInKeyResultForm,
    RemoveForm,
)
from apps.objectives.models import KeyResult, Objective
from apps.objectives.views import objective as objectives
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


def find(request: Request, pk: int) -> KeyResult:
    visible = KeyResult.objects.visible_to(request.user)
    key_result: KeyResult = get_object_or_404(
        visible.select_related("team", "objective__team", "objective__cycle", "objective__owner"),
        pk=pk,
    )
    return key_result


@require_http_methods(GET_OR_POST)
@once
def define_key_result(request: Request, pk: int) -> HttpResponse:
    objective = objectives.find(request, pk)
    permit(request.user, Do.DEFINE_KEY_RESULT, objective.team)
    form = DefineKeyResultForm(
        request.POST or None,
        key_result=KeyResult(objective=objective, team=objective.team),
        teams=_willing(request, objective.team),
    )
    act = partial(actions.define_key_result, objective, by=request.user)
    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{objective.get_absolute_url()}#key-results")
    context = {"objective": objective, "form": form} | _wording(request, objective, form)
    return render(request, "objectives/define_key_result.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def edit_key_result(request: Request, pk: int) -> HttpResponse:
    key_result = find(request, pk)
    objective = key_result.objective
    permit(request.user, Do.DEFINE_KEY_RESULT, objective.team)
    drafted = components.drafted(key_result)
    form = EditKeyResultForm(
        request.POST or None,
        key_result=key_result,
        teams=_willing(request, objective.team, key_result.team),
        version=key_result.version,
    )
    act = partial(actions.edit_key_result, key_result, by=request.user)
    if request.method == "POST" and carry_out(form, act):
        return redirect(f"{objective.get_absolute_url()}#key-results")
    context = {"objective": objective, "drafted": drafted, "form": form}
    context |= _wording(request, objective, form)
    return render(request, "objectives/edit_key_result.html", context, status=form_status(form))


def _willing(request: Request, *agreed: Team) -> QuerySet[Team]:
    """Teams that need not be asked to report it."""
    teams = {*(team.pk for team in agreed), *request.user.standing.works_in}
    return Team.objects.standing().filter(pk__in=teams)


def _wording(request: Request, objective: Objective, form: DefineKeyResultForm) -> dict[str, Any]:
    """What the writing aid asks: about what is being typed (htmx sends it), or stands there."""
    title = request.GET.get("title", str(form["title"].value() or ""))
    return components.wording(title, objective.team, user=request.user)


@require_http_methods(GET_OR_POST)
@once
def remove_key_result(request: Request, pk: int) -> HttpResponse:
    key_result = find(request, pk)
    objective = key_result.objective
    permit(request.user, Do.DEFINE_KEY_RESULT, objective.team)
    form = RemoveForm(request.POST or None, version=key_result.version)
    act = partial(actions.remove_key_result, key_result, by=request.user)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("The key result is removed from the draft."))
        return redirect(f"{objective.get_absolute_url()}#key-results")
    context = {"objective": objective, "drafted": components.drafted(key_result), "form": form}
    return render(request, "objectives/remove_key_result.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def fill_in_key_result(request: Request, pk: int) -> HttpResponse:
    key_result = find(request, pk)
    objective = key_result.objective
    permit(request.user, Do.AMEND_KEY_RESULT, objective.team)
    gaps = actions.gaps_of_key_result(key_result)
    form = FillInKeyResultForm(request.POST or None, key_result=key_result, gaps=gaps)
    drafted = components.drafted(key_result)
    act = partial(actions.fill_in_key_result, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Filled in. From now on it changes only by amendment."))
        return redirect(key_result)
    context = {"objective": objective, "drafted": drafted, "gaps": gaps, "form": form}
    return render(request, "objectives/fill_in_key_result.html", context, status=form_status(form))
