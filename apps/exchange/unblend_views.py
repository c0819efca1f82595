"""The way of a blended list: paste, sort, look, create."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.exchange import unblend_actions as actions
from apps.exchange import unblend_pages as pages
from apps.exchange.unblend_forms import CreateForm, PasteForm, SortForm
from apps.exchange.unblended import UnblendedList
from apps.initiatives.forms import goals_for
from apps.objectives import components
from apps.objectives.models import Cycle
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def unblend(request: Request) -> HttpResponse:
    if not components.may_draft(request.user):
        raise PermissionDenied(
            _("Only leaders can bring in a list, for their team and those below it.")
        )
    leads = list(request.user.standing.leads)
    led = Team.objects.standing().filter(Q(pk__in=leads) | Q(ancestor_ids__overlap=leads))
    cycles = list(Cycle.objects.open_for_goals())
    form = PasteForm(
        request.POST or None,
        request.FILES or None,
        teams=led,
        cycles=cycles,
        initial={
            "team": led.filter(slug=request.GET.get("team", "")).first(),
            "cycle": next((c for c in reversed(cycles) if c.state == Cycle.State.INPUT), None),
        },
    )
    made: list[UnblendedList] = []

    def act(**typed: Any) -> None:
        made.append(actions.paste(by=request.user, now=request.now, **typed))

    if request.method == "POST" and carry_out(form, act):
        return redirect("exchange:unblend_sort", made[0].pk)
    context = {"form": form, "has_cycle": bool(cycles), "steps": pages.steps("paste")}
    return render(request, "exchange/unblend_paste.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def unblend_sort(request: Request, pk: int) -> HttpResponse:
    unblended = find(request, pk)
    if unblended.is_created and request.method == "GET":
        return redirect(unblended)
    form = SortForm(request.POST or None, unblended=unblended)
    act = partial(actions.sort_lines, unblended, by=request.user)
    if request.method == "POST" and carry_out(form, act):
        return redirect("exchange:unblend_create", unblended.pk)
    context = {
        "unblended": unblended,
        "form": form,
        "lines": [pages.SortLine(line) for line in form.lines],
        "counts": pages.counts(unblended),
        "goals": goals_for(unblended.team),
        "steps": pages.steps("sort"),
        "page_error": bool(form.errors),
        "advice": pages.advice(unblended),
    }
    return render(request, "exchange/unblend_sort.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def unblend_create(request: Request, pk: int) -> HttpResponse:
    """How it will look; and, sent, all of it as drafts."""
    unblended = find(request, pk)
    if unblended.is_created and request.method == "GET":
        return redirect(unblended)
    form = CreateForm(request.POST or None, version=unblended.version)
    act = partial(actions.create, unblended, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(unblended)
    proposes = may(request.user, Do.PROPOSE_INITIATIVE, unblended.team)
    context = {
        "unblended": unblended,
        "form": form,
        "look": pages.look(unblended, suggests=not proposes),
        "steps": pages.steps("look"),
    }
    return render(request, "exchange/unblend_create.html", context, status=form_status(form))


@require_safe
def unblended(request: Request, pk: int) -> HttpResponse:
    """What became of each line; and the text, as it was pasted."""
    found = find(request, pk)
    if not found.is_created:
        return redirect("exchange:unblend_sort", found.pk)
    context = {"unblended": found, "lines": pages.became(found), "counts": pages.counts(found)}
    return render(request, "exchange/unblended.html", context)


def find(request: Request, pk: int) -> UnblendedList:
    lists = UnblendedList.objects.visible_to(request.user).select_related("team", "cycle", "by")
    found: UnblendedList = get_object_or_404(lists, pk=pk)
    permit(request.user, Do.DRAFT_OBJECTIVE, found.team)
    return found
