from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.objectives import actions, components
from apps.objectives.forms import AcceptReportForm, AskToReportForm, DeclineReportForm
from apps.objectives.models import ReportRequest
from apps.objectives.views import key_result as key_results
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


def find(request: Request, pk: int) -> ReportRequest:
    visible = ReportRequest.objects.visible_to(request.user).for_page()
    asked: ReportRequest = get_object_or_404(visible, pk=pk)
    return asked


@require_http_methods(GET_OR_POST)
@once
def ask_to_report(request: Request, pk: int) -> HttpResponse:
    key_result = key_results.find(request, pk)
    permit(request.user, Do.ASK_TO_REPORT, key_result.objective.team)
    teams = Team.objects.visible_to(request.user).standing().exclude(pk=key_result.team_id)
    form = AskToReportForm(request.POST or None, teams=teams)
    act = partial(actions.ask_to_report, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Asked. Until the team accepts, nothing changes."))
        return redirect(key_result)
    waiting = ReportRequest.objects.open().filter(key_result=key_result).for_page().first()
    context = {"drafted": components.drafted(key_result), "waiting": waiting, "form": form}
    return render(request, "objectives/ask_to_report.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def accept_report(request: Request, pk: int) -> HttpResponse:
    asked = find(request, pk)
    permit(request.user, Do.ANSWER_REPORT_REQUEST, asked.asked_team)
    form = AcceptReportForm(request.POST or None, version=asked.version)
    act = partial(actions.accept_report, asked, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Accepted. From now on your team reports it."))
        return redirect(asked.key_result)
    context = {"asked": asked, "drafted": components.drafted(asked.key_result), "form": form}
    return render(request, "objectives/accept_report.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def decline_report(request: Request, pk: int) -> HttpResponse:
    asked = find(request, pk)
    permit(request.user, Do.ANSWER_REPORT_REQUEST, asked.asked_team)
    form = DeclineReportForm(request.POST or None, version=asked.version)
    act = partial(actions.decline_report, asked, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Declined. Whoever asked is told."))
        return redirect(asked.key_result)
    context = {"asked": asked, "drafted": components.drafted(asked.key_result), "form": form}
    return render(request, "objectives/decline_report.html", context, status=form_status(form))
