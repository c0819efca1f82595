"""To read: one initiative, and all of a team's."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.initiatives import actions, boards
from apps.initiatives.cards import Card
from apps.initiatives.choosing import read_choice, with_choices
from apps.initiatives.forms import BoardForm
from apps.initiatives.models import ENDED, Initiative, InitiativeMove
from apps.initiatives.objections import Objected, Said, may_object, objections_of, with_objections
from apps.initiatives.records import moves_of, notes_of
from apps.initiatives.verdicts import verdicts_of
from apps.objectives.cycles import cycles_around
from apps.objectives.models import Cycle
from apps.objectives.readings import ruler
from apps.organisation.http import Request
from apps.organisation.models import Team
from apps.organisation.permissions import Do, may


@require_safe
@vary_on_headers("HX-Request")
def initiative(request: Request, pk: int, slug: str) -> HttpResponse:
    visible = Initiative.objects.visible_to(request.user).for_page(request.today).with_record()
    found = get_object_or_404(with_objections(visible, request.today), pk=pk)
    cycle = found.cycle or Cycle.objects.current(request.today)
    may_move = may(request.user, Do.EDIT_INITIATIVE, found.team)
    card = Card(found, cycle, request.today, may_move, is_moved=bool(request.htmx))
    if request.htmx:  # "Keep it": the card closes its form, and has the focus that was in it
        return TemplateResponse(request, "initiatives/_initiative.html", {"card": card})
    _note_opening(request, found)
    moves, objections = moves_of(found), objections_of(found, request.user)
    return TemplateResponse(
        request,
        "initiatives/initiative.html",
        {
            "card": card,
            "initiative": found,
            "team": found.team,
            "ruler": ruler(cycle, request.today) if cycle else "",
            "descent": found.descent(),
            "history": _history(moves, objections),
            "objections": objections,
            "may_object": may_object(found, request.user),
            "notes": notes_of(found),
            "verdicts": verdicts_of(found, today=request.today, may_give=may_move),
            "ended_who": next((move.who for move in moves if move.to_status in ENDED), ""),
            "is_edited_since_start": found.started_at
            and any(move.verb == "edit" and move.at > found.started_at for move in moves),
        },
    )


def _note_opening(request: Request, initiative: Initiative) -> None:
    """That another team has read what this one taught; a HEAD reads nothing."""
    teams = request.user.standing.works_in
    if request.method == "GET" and initiative.taught and initiative.team_id not in teams:
        actions.open_learning(initiative, teams=teams)


def _history(
    moves: list[InitiativeMove], objections: list[Objected]
) -> list[InitiativeMove | Said]:
    """What became of it, and what was said against it; the latest first."""
    said = [move for objected in objections for move in objected.told.moves]
    return sorted([*moves, *said], key=lambda move: move.at, reverse=True)


@require_safe
@vary_on_headers("HX-Request")
def board(request: Request, slug: str) -> HttpResponse:
    """All of a team's, by key result, person and cycle; under htmx the board alone."""
    teams = with_choices(Team.objects.visible_to(request.user))
    team = get_object_or_404(teams, slug=slug)
    cycles = cycles_around(request)
    shown = boards.board(
        team,
        user=request.user,
        choice=read_choice(request.GET, cycles),
        today=request.today,
    )
    if request.htmx:
        return TemplateResponse(request, "initiatives/_board.html", {"board": shown})
    form = BoardForm(request.GET, team=team, cycles=cycles)
    context = {"team": team, "board": shown, "form": form, "cycle": shown.choice.cycle}
    return TemplateResponse(request, "initiatives/board.html", context)
