"""Changes of a committed goal: each has a reason, and what stood before stays visible."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.objectives import actions, components
from apps.objectives.forms import (
    AbandonForm,
    AmendForm,
    AmendKeyResultForm,
    AmendTargetForm,
    DropKeyResultForm,
    StateBaselineForm,
)
from apps.objectives.views import key_result as key_results
from apps.objectives.views import objective as objectives
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def amend(request: Request, pk: int) -> HttpResponse:
    objective = objectives.find(request, pk)
    permit(request.user, Do.AMEND_OBJECTIVE, objective.team)
    form = AmendForm(request.POST or None, objective=objective)
    act = partial(actions.amend, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Amended. The old words stay visible beside the new ones."))
        return redirect(objective)
    context = {
        "objective": objective,
        "amendments": components.amendments(objective.amendments.all()),
        "form": form,
    }
    return render(request, "objectives/amend.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def abandon(request: Request, pk: int) -> HttpResponse:
    objective = objectives.find(request, pk)
    permit(request.user, Do.ABANDON_OBJECTIVE, objective.team)
    form = AbandonForm(request.POST or None, version=objective.version)
    act = partial(actions.abandon, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(
            request, _("Abandoned. Each team now says what becomes of its initiatives.")
        )
        return redirect(objective)
    context = {"objective": objective, "form": form}
    return render(request, "objectives/abandon.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def amend_target(request: Request, pk: int) -> HttpResponse:
    key_result = key_results.find(request, pk)
    permit(request.user, Do.AMEND_KEY_RESULT, key_result.objective.team)
    form = AmendTargetForm(request.POST or None, key_result=key_result)
    drafted = components.drafted(key_result)
    act = partial(actions.amend_target, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Amended. The old target stays visible beside the new one."))
        return redirect(key_result)
    context = {
        "objective": key_result.objective,
        "drafted": drafted,
        "amendments": components.amendments(key_result.amendments.all()),
        "form": form,
    }
    return render(request, "objectives/amend_target.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def state_baseline(request: Request, pk: int) -> HttpResponse:
    key_result = key_results.find(request, pk)
    permit(request.user, Do.AMEND_KEY_RESULT, key_result.objective.team)
    form = StateBaselineForm(request.POST or None, key_result=key_result)
    drafted = components.drafted(key_result)
    act = partial(actions.state_baseline, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("The start value is known now."))
        return redirect(key_result)
    context = {"objective": key_result.objective, "drafted": drafted, "form": form}
    return render(request, "objectives/state_baseline.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def amend_key_result(request: Request, pk: int) -> HttpResponse:
    key_result = key_results.find(request, pk)
    permit(request.user, Do.AMEND_KEY_RESULT, key_result.objective.team)
    names = actions.amendable(key_result)
    form = AmendKeyResultForm(request.POST or None, key_result=key_result, names=names)
    drafted = components.drafted(key_result)
    act = partial(actions.amend_key_result, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Amended. What stood before stays visible beside it."))
        return redirect(key_result)
    context = {
        "objective": key_result.objective,
        "drafted": drafted,
        "amendments": components.amendments(key_result.amendments.all()),
        "form": form,
    }
    return render(request, "objectives/amend_key_result.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def drop_key_result(request: Request, pk: int) -> HttpResponse:
    key_result = key_results.find(request, pk)
    objective = key_result.objective
    permit(request.user, Do.AMEND_KEY_RESULT, objective.team)
    form = DropKeyResultForm(request.POST or None, version=key_result.version)
    drafted = components.drafted(key_result)
    is_last = not objective.key_results.counted().exclude(pk=key_result.pk).exists()
    act = partial(actions.drop_key_result, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Dropped. It no longer counts, and stays on record."))
        return redirect(objective)
    context = {"objective": objective, "drafted": drafted, "is_last": is_last, "form": form}
    return render(request, "objectives/drop_key_result.html", context, status=form_status(form))
