from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.checkins.models import HelpRequest
from apps.dashboards import feed
from apps.dashboards.check_ins import check_ins_of
from apps.dashboards.cycles import switch
from apps.dashboards.goals import Goal, under_objectives
from apps.dashboards.surroundings import Surroundings, surroundings
from apps.notices.needs import Needs, needs_of
from apps.notices.overview import lead_of, that_count_in
from apps.notices.rows import Row
from apps.objectives.components import may_draft
from apps.objectives.models import Cycle, Objective
from apps.objectives.readings import ruler, situation
from apps.organisation.http import Request
from apps.organisation.models import Team

OBJECTIVES_A_PAGE = 20
MOVES = 6


@require_safe
def overview(request: Request) -> HttpResponse:
    around = surroundings(request)
    context: dict[str, Any] = {
        "making": _making(request, around.cycle),
        "may_draft": may_draft(request.user),
    }
    if around.cycle is None:
        return render(request, "dashboards/overview.html", context)
    unit = _unit(around, request.GET.get("unit", ""))
    glances = around.glances(_wanted(around.cycle, unit))
    needs, page = _needs(request, around.cycle, glances), _page(request, glances)
    picked = [*needs.rows, *(row for goal in page for row in goal.rows)]
    rows = around.rows(Q(pk__in={row.key_result.pk for row in picked}))
    whole = {row.key_result.pk: row for row in rows}
    page.object_list = [goal.told(whole) for goal in page]
    context |= _standing(request, around.cycle, glances)
    moves = feed.lately_changed(around.cycle, request.today)
    if unit:
        moves = moves.filter(_within("initiative__team", unit))
    context |= {
        "page": page,
        "by_pace": _by_pace(request),
        "needs": needs.told(whole),
        "more_needs": needs.more,
        "cycle": around.cycle,
        "switch": switch(around.cycles, around.cycle),
        "unit": unit,
        "units": [team for team in around.near if len(team.ancestor_ids) == 1],
        "moves": [feed.moved(move, request.today) for move in moves[:MOVES]],
    }
    return render(request, "dashboards/overview.html", context)


def _making(request: Request, cycle: Cycle | None) -> list[Objective]:
    """In every cycle that is open; a closed one is shown alone."""
    if cycle and not cycle.is_open:
        return []
    return list(Objective.objects.visible_to(request.user).in_the_making()[:OBJECTIVES_A_PAGE])


def _unit(around: Surroundings, slug: str) -> Team | None:
    if not slug:
        return None
    near = next((team for team in around.near if team.slug == slug), None)
    return near or get_object_or_404(Team.objects.visible_to(around.user), slug=slug)


def _wanted(cycle: Cycle, unit: Team | None) -> Q:
    wanted = that_count_in(cycle)
    if unit:
        wanted &= _within("team", unit) | _within("objective__team", unit)
    return wanted


def _within(path: str, unit: Team) -> Q:
    return Q(**{path: unit}) | Q(**{f"{path}__ancestor_ids__contains": [unit.pk]})


def _standing(request: Request, cycle: Cycle, rows: list[Row]) -> dict[str, Any]:
    """How things stand, in a sentence and a line."""
    readings = [row.reading for row in rows]
    return {
        "lead": lead_of(rows, cycle=cycle, today=request.today),
        "situation": situation(readings),
        "ruler": ruler(cycle, request.today),
        "check_ins": check_ins_of(
            {row.key_result.team for row in rows if row.reading.was_reported_here},
            cycle,
            organisation=request.organisation,
            today=request.today,
        ),
    }


def _needs(request: Request, cycle: Cycle, rows: list[Row]) -> Needs:
    helps = HelpRequest.objects.open().filter(asked=request.user)
    return needs_of(
        request.user,
        helps=list(helps.for_rows()),
        rows=rows if cycle.is_open and request.today <= cycle.ends else [],
        today=request.today,
        everything=request.GET.get("needs") == "all",
    )


def _page(request: Request, rows: list[Row]) -> Page[Goal]:
    goals = under_objectives(rows, today=request.today, worst_first=_by_pace(request))
    return Paginator(goals, OBJECTIVES_A_PAGE).get_page(request.GET.get("page"))


def _by_pace(request: Request) -> bool:
    return request.GET.get("sort") == "pace"
