"""The pulse: administrators open and close a round, everyone who was asked answers once.

Answering carries no one-time key: what a form said would be kept with it, as a digest that has
only 1,296 possible texts. That somebody has answered is kept by itself, and an answer counts
once by that.
"""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.alignment import actions, pulse_links
from apps.alignment.forms import AnswerPulseForm, ClosePulseForm, OpenPulseForm
from apps.alignment.models import PulseAsked, PulseResult, PulseRound
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team, User
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_safe
def pulse_rounds(request: Request) -> HttpResponse:
    root = Team.objects.get(parent=None)
    permit(request.user, Do.OPEN_PULSE, root)
    whole = PulseResult.objects.of_members().filter(team=root)
    context = {
        "open": PulseRound.objects.open().first(),
        "closed": [
            (result.round, result)
            for result in whole.select_related("round").order_by("-round__opened_at")
        ],
    }
    return render(request, "alignment/pulse_rounds.html", context)


@require_http_methods(GET_OR_POST)
@once
def open_pulse(request: Request) -> HttpResponse:
    permit(request.user, Do.OPEN_PULSE, Team.objects.get(parent=None))
    form = OpenPulseForm(request.POST or None)
    act = partial(actions.open_pulse, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("The round is open. Everyone who works in a team is asked."))
        return redirect("alignment:pulse_rounds")
    return render(request, "alignment/open_pulse.html", {"form": form}, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def close_pulse(request: Request, pk: int) -> HttpResponse:
    permit(request.user, Do.OPEN_PULSE, Team.objects.get(parent=None))
    pulse_round = get_object_or_404(PulseRound, pk=pk)
    if request.method == "GET" and not pulse_round.is_open:
        return redirect("alignment:pulse_rounds")
    form = ClosePulseForm(request.POST or None)
    act = partial(actions.close_pulse, pulse_round, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("The round is closed. Its results can be read now."))
        return redirect("alignment:pulse_rounds")
    context = {"form": form, "round": pulse_round}
    return render(request, "alignment/close_pulse.html", context, status=form_status(form))


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def answer_pulse(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.ANSWER_PULSE, team)
    pulse_round = PulseRound.objects.open().first()
    return _answer(request, pulse_round, team, request.user, page="alignment/answer_pulse.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def answer_pulse_by_link(request: Request, token: str) -> HttpResponse:
    asked = pulse_links.read(token)
    if asked is None:
        raise Http404
    with translation.override(asked.person.language):
        permit(asked.person, Do.ANSWER_PULSE, asked.team)
        return _answer(
            request, asked.pulse_round, asked.team, asked.person,
            page="alignment/answer_pulse_by_link.html",
        )  # fmt: skip


def _answer(
    request: Request, pulse_round: PulseRound | None, team: Team, person: User, *, page: str
) -> HttpResponse:
    """The form, or the word that there is nothing to answer any more."""
    form = AnswerPulseForm(request.POST if request.method == "POST" else None)
    asked = pulse_round and PulseAsked.objects.of(person, pulse_round, team).first()
    if form.is_bound:
        if not pulse_round or not asked or asked.has_answered:
            return redirect(request.path)  # the page says why nothing is counted
        act = partial(actions.answer_pulse, pulse_round, team=team, by=person)
        if carry_out(form, lambda **_typed: act(answers=form.answers)):
            return redirect(request.path)
    context = {
        "team": team, "person": person, "round": pulse_round, "asked": asked, "form": form,
    }  # fmt: skip
    return render(request, page, context, status=form_status(form))
