from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.objectives import actions, components
from apps.objectives.commitment import Commitment
from apps.objectives.forms import (
    AskForm,
    BackToDraftForm,
    CommitForm,
    DraftForm,
    EditForm,
    FillInForm,
    OpenForInputForm,
    WithdrawForm,
)
from apps.objectives.models import Cycle, Objective
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status

# How long input stays open, where the cycle doesn't say.
TIME_FOR_INPUT = timedelta(days=7)


def find(request: Request, pk: int) -> Objective:
    objectives: Objective = get_object_or_404(
        Objective.objects.visible_to(request.user).for_page(), pk=pk
    )
    return objectives


@require_http_methods(GET_OR_POST)
@once
def draft(request: Request) -> HttpResponse:
    if not components.may_draft(request.user):
        raise PermissionDenied(
            _("Only leaders can draft an objective, for their team and those below it.")
        )
    leads = list(request.user.standing.leads)
    led = Team.objects.standing().filter(Q(pk__in=leads) | Q(ancestor_ids__overlap=leads))
    teams, cycles = list(led), list(Cycle.objects.open_for_goals().order_by("starts"))
    form = DraftForm(
        request.POST or None,
        teams=teams,
        cycles=cycles,
        initial={
            "team": next((t for t in teams if t.slug == request.GET.get("team")), None),
            "cycle": _cycle_to_plan(cycles, request.GET.get("cycle", "")),
        },
    )
    made: list[Objective] = []

    def act(**typed: Any) -> None:
        made.append(actions.draft(by=request.user, now=request.now, **typed))

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Drafted. Next: what will show that it is true?"))
        return redirect(made[0])
    context = {"form": form, "has_cycle": bool(cycles)}
    return render(request, "objectives/draft.html", context, status=form_status(form))


def _cycle_to_plan(cycles: list[Cycle], slug: str) -> Cycle | None:
    """The one that the address names, else the next one that is open for input, else the last."""
    named = [cycle for cycle in cycles if cycle.slug == slug]
    planning = [cycle for cycle in cycles if cycle.state == Cycle.State.INPUT]
    return next(iter(named + planning + cycles[::-1]), None)


@require_http_methods(GET_OR_POST)
@once
def edit(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.EDIT_OBJECTIVE, objective.team)
    form = EditForm(request.POST or None, objective=objective)
    if request.method == "POST" and carry_out(
        form, partial(actions.edit, objective, by=request.user)
    ):
        return redirect(objective)
    return _page(request, "objectives/edit.html", objective, form)


@require_http_methods(GET_OR_POST)
@once
def fill_in(request: Request, pk: int) -> HttpResponse:
    """What a list that was imported did not say."""
    objective = find(request, pk)
    permit(request.user, Do.AMEND_OBJECTIVE, objective.team)
    gaps = actions.gaps_of(objective)
    form = FillInForm(request.POST or None, objective=objective, gaps=gaps)
    act = partial(actions.fill_in, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Filled in. From now on it changes only by amendment."))
        return redirect(objective)
    context = {"objective": objective, "gaps": gaps, "form": form}
    return render(request, "objectives/fill_in.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def open_for_input(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.OPEN_OBJECTIVE, objective.team)
    form = OpenForInputForm(
        request.POST or None,
        objective=objective,
        people=components.candidates(objective, by=request.user),
        until=_until(request, objective),
    )
    act = partial(actions.open_for_input, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Open for input. Those you asked find it in their week."))
        return redirect(objective)
    return _page(request, "objectives/open_for_input.html", objective, form)


@require_http_methods(GET_OR_POST)
@once
def ask(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.OPEN_OBJECTIVE, objective.team)
    form = AskForm(
        request.POST or None,
        objective=objective,
        people=components.candidates(objective, by=request.user),
        until=_until(request, objective),
    )
    act = partial(actions.ask, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(objective)
    return _page(request, "objectives/ask.html", objective, form)


def _until(request: Request, objective: Objective) -> date:
    """What stands already, else the cycle's own window, else a week."""
    wanted = objective.input_until or objective.cycle.input_closes
    if wanted and wanted >= request.today:
        return wanted
    return min(request.today + TIME_FOR_INPUT, objective.cycle.ends)


@require_http_methods(GET_OR_POST)
@once
def back_to_draft(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.OPEN_OBJECTIVE, objective.team)
    form = BackToDraftForm(request.POST or None, version=objective.version)
    act = partial(actions.back_to_draft, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(objective)
    return _page(request, "objectives/back_to_draft.html", objective, form)


@require_http_methods(GET_OR_POST)
@once
def withdraw(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.WITHDRAW_OBJECTIVE, objective.team)
    form = WithdrawForm(request.POST or None, version=objective.version)
    act = partial(actions.withdraw, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(objective)
    return _page(request, "objectives/withdraw.html", objective, form)


@require_http_methods(GET_OR_POST)
@once
def commit(request: Request, pk: int) -> HttpResponse:
    """What will be committed, whole and printable, with the inputs and their answers."""
    objective = find(request, pk)
    permit(request.user, Do.COMMIT_OBJECTIVE, objective.team)
    form = CommitForm(request.POST or None, version=objective.version)
    act = partial(actions.commit, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Committed. From now on it changes only by amendment."))
        return redirect(objective)
    commitment = Commitment.of(objective, today=request.today)
    making = components.making(objective, commitment)
    return _page(request, "objectives/commit.html", objective, form, making=making)


def _page(
    request: Request, template: str, objective: Objective, form: Form, **more: object
) -> HttpResponse:
    context = {"objective": objective, "form": form, **more}
    return render(request, template, context, status=form_status(form))
