"""Cycles: everyone reads the list, administrators plan and move them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.objectives.actions import cycle as actions
from apps.objectives.forms.cycle import CycleForm, EditCycleForm
from apps.objectives.models import Cycle
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import VersionedForm, carry_out, form_status


@require_safe
def cycles(request: Request) -> HttpResponse:
    context = {
        "cycles": Cycle.objects.all(),
        "can_manage": may(request.user, Do.MANAGE_CYCLES, Team.objects.get(parent=None)),
    }
    return render(request, "objectives/cycles.html", context)


@require_http_methods(GET_OR_POST)
@once
def create_cycle(request: Request) -> HttpResponse:
    permit(request.user, Do.MANAGE_CYCLES, Team.objects.get(parent=None))
    form = CycleForm(request.POST if request.method == "POST" else None)
    create = partial(actions.create_cycle, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, create):
        messages.success(request, _("%(name)s is planned.") % form.cleaned_data)
        return redirect("objectives:cycles")
    context = {"form": form}
    return render(request, "objectives/create_cycle.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def edit_cycle(request: Request, slug: str) -> HttpResponse:
    permit(request.user, Do.MANAGE_CYCLES, Team.objects.get(parent=None))
    cycle = get_object_or_404(Cycle, slug=slug)
    form = EditCycleForm(request.POST if request.method == "POST" else None, cycle=cycle)
    edit = partial(actions.edit_cycle, cycle, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, edit):
        messages.success(request, _("%(name)s is changed.") % form.cleaned_data)
        return redirect("objectives:cycles")
    context = {"form": form, "cycle": cycle}
    return render(request, "objectives/edit_cycle.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def open_input(request: Request, slug: str) -> HttpResponse:
    said = _("%(cycle)s is open for input.")
    return _move(request, slug, actions.open_input, "objectives/open_input.html", said)


@require_http_methods(GET_OR_POST)
@once
def start_cycle(request: Request, slug: str) -> HttpResponse:
    said = _("%(cycle)s is running.")
    return _move(request, slug, actions.start_cycle, "objectives/start_cycle.html", said)


@require_http_methods(GET_OR_POST)
@once
def begin_review(request: Request, slug: str) -> HttpResponse:
    said = _("%(cycle)s is being reviewed.")
    return _move(request, slug, actions.begin_review, "objectives/begin_review.html", said)


def _move(
    request: Request, slug: str, act: Callable[..., Any], template: str, said: str
) -> HttpResponse:
    permit(request.user, Do.MANAGE_CYCLES, Team.objects.get(parent=None))
    cycle = get_object_or_404(Cycle, slug=slug)
    form = VersionedForm(request.POST if request.method == "POST" else None, version=cycle.version)
    if form.is_bound and carry_out(form, partial(act, cycle, by=request.user, now=request.now)):
        messages.success(request, said % {"cycle": cycle})
        return redirect("objectives:cycles")
    return render(request, template, {"form": form, "cycle": cycle}, status=form_status(form))
