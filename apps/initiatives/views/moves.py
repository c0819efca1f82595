"""The moves of an initiative. Each is a page with a form; under htmx the form opens in the
card, and after the move the whole board comes back, so that both columns are right.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap, retarget

from apps.initiatives import actions, boards, forms
from apps.initiatives.boundaries import boundaries
from apps.initiatives.cards import Card
from apps.initiatives.choosing import read_choice
from apps.initiatives.models import Initiative
from apps.objectives.cycles import cycles_around
from apps.objectives.models import Constraint, Cycle
from apps.organisation.http import Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status

moves = require_http_methods(["GET", "POST"])
# By these something begins, or begins again: what bounds it stands beside the form.
BEGINNINGS = {"start", "resume", "swap"}


@moves
@once
@vary_on_headers("HX-Request")
def take_over(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "take_over", forms.TakeOverForm, actions.take_over)


@moves
@once
@vary_on_headers("HX-Request")
def start(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "start", forms.StartForm, actions.start)


@moves
@once
@vary_on_headers("HX-Request")
def pause(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "pause", forms.PauseForm, actions.pause)


@moves
@once
@vary_on_headers("HX-Request")
def resume(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "resume", forms.ResumeForm, actions.resume)


@moves
@once
@vary_on_headers("HX-Request")
def swap(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "swap", forms.SwapForm, actions.swap)


@moves
@once
@vary_on_headers("HX-Request")
def kill(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "kill", forms.KillForm, actions.kill)


@moves
@once
@vary_on_headers("HX-Request")
def finish(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "finish", forms.FinishForm, actions.finish)


@moves
@once
@vary_on_headers("HX-Request")
def decline(request: Request, pk: int) -> HttpResponse:
    return _move(request, pk, "decline", forms.DeclineForm, actions.decline)


def _move(
    request: Request,
    pk: int,
    verb: str,
    form_class: type[forms.MoveForm],
    act: Callable[..., object],
) -> HttpResponse:
    found = Initiative.objects.visible_to(request.user).for_page(request.today)
    initiative = get_object_or_404(found, pk=pk)
    team = initiative.team
    permit(request.user, Do(f"initiative.{verb}"), team)
    if request.method == "GET" and not initiative.can(verb):
        return redirect(initiative)  # a link from an older page; it says how things stand

    form = form_class(request.POST or None, initiative=initiative, today=request.today)
    if request.method == "POST" and carry_out(
        form, lambda **typed: act(initiative, by=request.user, now=request.now, **typed)
    ):
        return _moved(request, initiative, verb)

    if form.is_bound:  # what the action changed in it before it refused was not stored
        initiative = found.get(pk=pk)
    context = {
        "card": Card(initiative, initiative.cycle, request.today, may_move=True),
        "initiative": initiative,
        "team": team,
        "form": form,
        "form_template": f"initiatives/_{verb}_form.html",
        "constraints": _constraints(initiative, request) if verb in BEGINNINGS else (),
    }
    page = "_initiative" if request.htmx else verb
    return TemplateResponse(request, f"initiatives/{page}.html", context, status=form_status(form))


def _constraints(initiative: Initiative, request: Request) -> QuerySet[Constraint]:
    goals = [link.key_result for link in initiative.links.all()]
    return boundaries(initiative.team, goals, today=request.today)


def _moved(request: Request, initiative: Initiative, verb: str) -> HttpResponse:
    said, team = _said(initiative, verb), initiative.team
    came_in = initiative.successor or initiative
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{team.get_absolute_url()}#initiative-{came_in.pk}")
    cycles = cycles_around(request)
    choice, is_whole = _asked_for(request, team, cycles)
    shown = boards.board(
        team,
        user=request.user,
        choice=choice,
        today=request.today,
        said=said,
        moved=came_in,
        is_whole=is_whole,
    )
    board = TemplateResponse(request, "initiatives/_board.html", {"board": shown})
    return reswap(retarget(board, "#board"), "outerHTML")


def _asked_for(request: Request, team: Team, cycles: list[Cycle]) -> tuple[boards.Choice, bool]:
    """The board that one looks at comes back as one chose it, whole or in short."""
    looked_at = urlsplit(request.htmx.current_url or "")
    if looked_at.path == reverse("initiatives:board", args=[team.slug]):
        return read_choice(QueryDict(looked_at.query), cycles), True
    cycle = cycles[0] if cycles else None
    return boards.Choice(cycle=cycle, size=boards.IN_SHORT), False


def _said(initiative: Initiative, verb: str) -> str:
    successor = initiative.successor
    if successor is not None and successor.is_active:
        sentence = _("“%(title)s” has ended, “%(successor)s” is active in its place.")
    else:
        sentence = {
            "take_over": _("“%(title)s” is yours now. It waits as proposed."),
            "start": _("“%(title)s” is active."),
            "pause": _("“%(title)s” is paused."),
            "resume": _("“%(title)s” is active again."),
            "swap": _(
                "“%(title)s” has ended. “%(successor)s” waits as proposed: "
                "something is missing before it can start."
            ),
            "kill": _("“%(title)s” is killed. What you learned stays."),
            "finish": _("“%(title)s” is finished."),
            "decline": _("“%(title)s” is declined."),
        }[verb]
    return sentence % {"title": initiative, "successor": successor}
