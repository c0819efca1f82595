from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.objectives import actions, components
from apps.objectives.commitment import Commitment
from apps.objectives.forms import AnswerForm, InputForm, WithdrawInputForm
from apps.objectives.models import Input, Objective
from apps.objectives.views import objective as objectives
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


def find(request: Request, pk: int) -> Input:
    visible = Input.objects.filter(objective__in=Objective.objects.visible_to(request.user))
    given: Input = get_object_or_404(
        visible.for_thread().select_related(
            "author", "answered_by", "objective__team", "objective__cycle", "objective__owner"
        ),
        pk=pk,
    )
    return given


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def give_input(request: Request, pk: int) -> HttpResponse:
    objective = objectives.find(request, pk)
    permit(request.user, Do.GIVE_INPUT, objective.team)
    form = InputForm(request.POST or None)
    act = partial(actions.give_input, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        if request.htmx:
            return _changed(request, "objectives/_given.html", objective)
        messages.success(request, _("Your input is in. You hear what became of it."))
        return redirect(objective)
    context = {"objective": objective, "give_form": form, "form": form}
    if request.htmx:
        return render(request, "objectives/_give_input.html", context, status=form_status(form))
    commitment = Commitment.of(objective, today=request.today)
    context["making"] = components.making(objective, commitment)
    return render(request, "objectives/give_input.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def withdraw_input(request: Request, pk: int) -> HttpResponse:
    given = find(request, pk)
    actions.permit_author(given, request.user)
    # Kept aside: the action reads the row anew, without these.
    author, teams = given.author, given.author_teams
    form = WithdrawInputForm(request.POST or None, given=given)
    act = partial(actions.withdraw_input, given, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        if request.htmx:
            return _changed(request, "objectives/_withdrawn.html", given.objective, given=given)
        messages.success(request, _("You withdrew your input."))
        return redirect(given.objective)
    given.author, given.author_teams = author, teams
    template = "objectives/_input.html" if request.htmx else "objectives/withdraw_input.html"
    said = components.Said(given, answer_form=None, withdraw_form=form)
    context = {"objective": given.objective, "said": said, "form": form}
    return render(request, template, context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def answer_input(request: Request, pk: int) -> HttpResponse:
    given = find(request, pk)
    objective, author, teams = given.objective, given.author, given.author_teams
    permit(request.user, Do.ANSWER_INPUT, objective.team)
    form = AnswerForm(request.POST or None, given=given)
    act = partial(actions.answer_input, given, by=request.user, now=request.now)
    answered = request.method == "POST" and carry_out(form, act)
    if answered and not request.htmx:
        return redirect(f"{objective.get_absolute_url()}#input-{given.pk}")
    given.author, given.author_teams = author, teams
    said = components.Said(given, answer_form=None if answered else form, withdraw_form=None)
    if answered:
        return _changed(request, "objectives/_answered.html", objective, said=said)
    template = "objectives/_input.html" if request.htmx else "objectives/answer_input.html"
    context = {"objective": objective, "said": said, "form": form}
    return render(request, template, context, status=form_status(form))


def _changed(request: Request, template: str, objective: Objective, **more: object) -> HttpResponse:
    """The component itself, and what else on the page depends on it."""
    context = components.of_objective(objective, user=request.user, today=request.today)
    return render(request, template, context | {"elsewhere": True} | more)
