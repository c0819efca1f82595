"""How a bet does: answer a stop mark, add evidence, give the verdict."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.initiatives import actions, forms
from apps.initiatives.cards import Card
from apps.initiatives.effects import effect_since_start
from apps.initiatives.models import Initiative, InitiativeLink, KillCriterion
from apps.initiatives.stops import read_stop
from apps.initiatives.verdicts import VerdictDue
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def go_on(request: Request, pk: int) -> HttpResponse:
    """Both answers side by side: kill it now, or go on because …"""
    mine = Initiative.objects.visible_to(request.user)
    criterion = get_object_or_404(
        KillCriterion.objects.filter(initiative__in=mine)
        .for_page()
        .select_related("initiative__team", "key_result"),
        pk=pk,
    )
    initiative = criterion.initiative
    permit(request.user, Do.GO_ON_WITH_INITIATIVE, initiative.team)
    stop = read_stop(criterion, initiative, today=request.today)
    if request.method == "GET" and not stop.waits:
        return redirect(initiative)  # answered meanwhile; its page says how
    form = forms.GoOnForm(request.POST or None, stop=stop)
    answer = partial(actions.go_on, criterion, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, answer):
        messages.success(request, _("“%(title)s” goes on.") % {"title": initiative})
        return redirect(initiative)
    context = {"form": form, "stop": stop, "initiative": initiative, "team": initiative.team}
    return TemplateResponse(request, "initiatives/go_on.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def add_evidence(request: Request, pk: int) -> HttpResponse:
    initiative = get_object_or_404(
        Initiative.objects.visible_to(request.user).for_page(request.today), pk=pk
    )
    permit(request.user, Do.ADD_EVIDENCE, initiative.team)
    form = forms.EvidenceForm(request.POST or None, today=request.today)
    add = partial(actions.add_evidence, initiative, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, add):
        messages.success(request, _("Your evidence stands beside the bet."))
        return redirect(f"{initiative.get_absolute_url()}#evidence")
    context = {
        "form": form,
        "initiative": initiative,
        "team": initiative.team,
        "card": Card(initiative, initiative.cycle, request.today, may_move=True),
    }
    page = "initiatives/add_evidence.html"
    return TemplateResponse(request, page, context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def give_verdict(request: Request, pk: int) -> HttpResponse:
    """Of one key result that it should move; asked on the day that was said."""
    mine = Initiative.objects.visible_to(request.user)
    links = InitiativeLink.objects.filter(initiative__in=mine).with_series().with_verdict()
    link = get_object_or_404(
        links.select_related("initiative__team", "key_result__objective__cycle"), pk=pk
    )
    initiative = link.initiative
    permit(request.user, Do.GIVE_VERDICT, initiative.team)
    is_due = InitiativeLink.objects.with_verdict().verdict_due(request.today).filter(pk=pk)
    if request.method == "GET" and not is_due.exists():
        return redirect(initiative)
    form = forms.VerdictForm(request.POST or None, version=initiative.version, today=request.today)
    judge = partial(actions.give_verdict, link, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, judge):
        messages.success(request, _("Your verdict stands. Everyone can read it."))
        return redirect(f"{initiative.get_absolute_url()}#verdict")
    context = {
        "form": form,
        "initiative": initiative,
        "team": initiative.team,
        "due": VerdictDue(link, effect_since_start(link, today=request.today)),
        "notes": initiative.notes.select_related("by"),
    }
    page = "initiatives/give_verdict.html"
    return TemplateResponse(request, page, context, status=form_status(form))
