"""Review meetings: opened, and what they decided changed, taken back and done."""

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.checkins import actions
from apps.checkins.forms import EditDecisionForm, FinishDecisionForm, RemoveDecisionForm
from apps.checkins.meetings import to_look_at, who_can_be_named
from apps.checkins.models import Decision, ReviewMeeting
from apps.checkins.views.check_in import find_team
from apps.objectives.models import Cycle
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def open_review(request: Request, slug: str) -> HttpResponse:
    team = find_team(request, slug)
    permit(request.user, Do.RUN_REVIEW, team)
    cycle = Cycle.objects.current(request.today)
    form = Form(request.POST if request.method == "POST" else None)
    if cycle and form.is_bound:
        act = partial(actions.open_review, team=team, cycle=cycle, by=request.user, now=request.now)
        if carry_out(form, act):
            return redirect(ReviewMeeting.objects.get(team=team, ended_at=None))
    looked = to_look_at(team, cycle, today=request.today) if cycle else []
    context = {
        "team": team,
        "form": form,
        "cycle": cycle,
        "exceptions": sum(one.is_exception for one in looked),
        "rest": sum(not one.is_exception for one in looked),
    }
    return render(request, "checkins/open_review.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def edit_decision(request: Request, pk: int) -> HttpResponse:
    decision = _find_decision(request, pk)
    permit(request.user, Do.RUN_REVIEW, decision.meeting.team)
    sent = request.POST if request.method == "POST" else None
    people = who_can_be_named(decision.meeting, decision.key_result)
    form = EditDecisionForm(sent, decision=decision, people=people)
    act = partial(actions.edit_decision, decision, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Changed."))
        return redirect("dashboards:decisions", decision.meeting_id)
    context = {"decision": decision, "form": form}
    return render(request, "checkins/edit_decision.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def remove_decision(request: Request, pk: int) -> HttpResponse:
    decision = _find_decision(request, pk)
    permit(request.user, Do.RUN_REVIEW, decision.meeting.team)
    sent = request.POST if request.method == "POST" else None
    form = RemoveDecisionForm(sent, version=decision.version)
    act = partial(actions.remove_decision, decision, by=request.user)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Removed. Nobody was told of it."))
        return redirect("dashboards:decisions", decision.meeting_id)
    context = {"decision": decision, "form": form}
    return render(request, "checkins/remove_decision.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def finish_decision(request: Request, pk: int) -> HttpResponse:
    decision = _find_decision(request, pk)
    actions.permit_finisher(decision, request.user)
    sent = request.POST if request.method == "POST" else None
    form = FinishDecisionForm(sent, version=decision.version)
    act = partial(actions.finish_decision, decision, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Done. It no longer waits for anybody."))
        return redirect("dashboards:my_week")
    context = {"decision": decision, "form": form}
    return render(request, "checkins/finish_decision.html", context, status=form_status(form))


def _find_decision(request: Request, pk: int) -> Decision:
    found = Decision.objects.for_rows().select_related("meeting__team")
    decision: Decision = get_object_or_404(found, pk=pk)
    permit(request.user, Do.READ, decision.meeting.team)
    return decision
