"""What a team needs of a leader: asked for, answered, withdrawn."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from apps.checkins import actions
from apps.checkins.forms import AnswerHelpForm, AskForHelpForm, WithdrawHelpForm
from apps.checkins.models import HelpRequest
from apps.checkins.sheet import Leader
from apps.checkins.views.check_in import find_team
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def ask_for_help(request: Request, slug: str) -> HttpResponse:
    team = find_team(request, slug)
    permit(request.user, Do.ASK_FOR_HELP, team)
    leaders = [leader for leader in Leader.of(team) if leader.pk != request.user.pk]
    form = AskForHelpForm(request.POST or None, leaders=leaders)
    act = partial(actions.ask_for_help, team=team, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Asked. The answer will stand on this page."))
        return redirect(f"{team.get_absolute_url()}#help")
    context = {"team": team, "form": form, "leaders": leaders}
    return render(request, "checkins/ask_for_help.html", context, status=form_status(form))


@require_GET
@vary_on_headers("HX-Request")
def help(request: Request, pk: int) -> HttpResponse:
    return _show_help(request, _find_help(request, pk))


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def answer_help(request: Request, pk: int) -> HttpResponse:
    help_request = _find_help(request, pk)
    permit(request.user, Do.ANSWER_HELP, help_request.asked_as_leader_of)
    actions.permit_answerer(help_request, request.user)
    form = AnswerHelpForm(request.POST or None, version=help_request.version)
    act = partial(actions.answer_help, help_request, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act) and not request.htmx:
        return redirect(help_request)
    return _show_help(request, help_request, answer_form=form)


@require_http_methods(GET_OR_POST)
@once
def withdraw_help(request: Request, pk: int) -> HttpResponse:
    help_request = _find_help(request, pk)
    permit(request.user, Do.WITHDRAW_HELP, help_request.team)
    form = WithdrawHelpForm(request.POST or None, version=help_request.version)
    act = partial(actions.withdraw_help, help_request, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(help_request)
    context = {"help_request": help_request, "form": form}
    return render(request, "checkins/withdraw_help.html", context, status=form_status(form))


def _find_help(request: Request, pk: int) -> HelpRequest:
    visible = HelpRequest.objects.visible_to(request.user).for_rows()
    help_request: HelpRequest = get_object_or_404(visible, pk=pk)
    return help_request


def _show_help(
    request: Request, help_request: HelpRequest, *, answer_form: AnswerHelpForm | None = None
) -> HttpResponse:
    may_answer = help_request.is_for(request.user) and may(
        request.user, Do.ANSWER_HELP, help_request.asked_as_leader_of
    )
    form = answer_form or AnswerHelpForm(version=help_request.version)
    context = {
        "help_request": help_request,
        "days": help_request.days_waited(request.today),
        "form": form if help_request.is_open and may_answer else None,
        "may_withdraw": help_request.is_open
        and may(request.user, Do.WITHDRAW_HELP, help_request.team),
    }
    template = "checkins/_help_request.html" if request.htmx else "checkins/help.html"
    return render(request, template, context, status=form_status(form))
