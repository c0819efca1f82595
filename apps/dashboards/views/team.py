from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.alignment import components as alignment
from apps.alignment.serving import works_on
from apps.dashboards.cycles import switch
from apps.dashboards.surroundings import Surroundings, surroundings
from apps.dashboards.teams import About, for_page
from apps.initiatives.boards import IN_SHORT, Board, Choice, board, lanes
from apps.initiatives.learnings import learnt_on
from apps.initiatives.models import Initiative
from apps.notices.rows import Row, drawn_lanes
from apps.objectives import components
from apps.objectives.models import Cycle, Objective
from apps.objectives.readings import lead_sentence, ruler
from apps.organisation.http import Request
from apps.organisation.models import Team
from apps.organisation.permissions import Do, may

# More key results than these stand in a table, and not beside the first one.
MOST_BESIDE = 7
# What others learned is news for so long.
LATELY = timedelta(weeks=4)
MOST_LEARNT = 3


@require_safe
def team(request: Request, slug: str) -> HttpResponse:
    around, user = surroundings(request), request.user
    teams = for_page(Team.objects.visible_to(user), user=user)
    found = get_object_or_404(alignment.with_alignment_of_team(teams, user=user), slug=slug)
    about, cycle = About.of(found), around.cycle
    ours, below = _key_results(around, about) if cycle else ([], [])
    goals = _goals(found, ours, below)
    means = board(
        found,
        user=user,
        choice=Choice(cycle=cycle, size=IN_SHORT),
        today=request.today,
        ended_in_all=about.ended,
        is_whole=False,
    )
    context = {
        "team": found,
        "about": about,
        "cycle": cycle,
        "switch": switch(around.cycles, cycle),
        "ruler": ruler(cycle, request.today) if cycle else "",
        "goals": goals,
        "first": ours[0] if ours else None,
        "others": ours[1:] if len(ours) <= MOST_BESIDE else [],
        "many": ours[1:] if len(ours) > MOST_BESIDE else [],
        "below": below,
        "lead": lead_sentence([row.reading for row in below], cycle=cycle, today=request.today)
        if cycle and below
        else None,
        "lanes": _lanes(means, ours[0]) if ours else "",
        "board": means,
        "learnt_beside": _learnt_beside(request, found),
        "outlived": means.outlived if cycle is None or cycle.is_open else [],
        "has_board": not about.has_children or not means.is_empty,
        **_offered(request, found, cycle, ours),
        **alignment.of_team(found, user=user, today=request.today),
        **components.of_team(found, goals=goals, user=user, today=request.today),
    }
    return render(request, "dashboards/team.html", context)


def _key_results(around: Surroundings, about: About) -> tuple[list[Row], list[Row]]:
    """What the team reports, with its goals' other key results; for a unit those stand below,
    with what its children report and what moves their goals."""
    team = about.team
    rows = around.rows(
        Q(objective__cycle=around.cycle, objective__state__in=Objective.FIXED, dropped_at=None)
        & (
            Q(team=team)
            | Q(objective__team=team)
            | Q(team__parent=team)
            | Q(objective__team__parent=team)
        )
    )
    ours = [row for row in rows if row.key_result.team_id == team.pk or not about.has_children]
    ours.sort(key=lambda row: (row.key_result.team_id != team.pk, row.reading.holds))
    return ours, [row for row in rows if row not in ours]


def _learnt_beside(request: Request, team: Team) -> list[Initiative]:
    """What other teams learned lately on the goals that this one works on. One query."""
    worked_on, since = Objective.objects.filter(works_on(team)), request.today - LATELY
    return list(learnt_on(worked_on, since=since, without=[team.pk])[:MOST_LEARNT])


def _goals(team: Team, ours: list[Row], below: list[Row]) -> list[Objective]:
    """Those it reports a number for, and its own."""
    served = [row.key_result.objective for row in ours]
    own = [row.key_result.objective for row in below if row.key_result.objective.team_id == team.pk]
    return list(dict.fromkeys(served + own))


def _lanes(means: Board, row: Row) -> SafeString:
    """The team's initiatives that should move this key result, on the clock of its trajectory."""
    bets = [
        initiative
        for initiative in means.initiatives
        if any(link.key_result_id == row.key_result.pk for link in initiative.links.all())
    ]
    return drawn_lanes(lanes(bets, cycle=row.reading.cycle), row)


def _offered(request: Request, team: Team, cycle: Cycle | None, ours: list[Row]) -> dict[str, Any]:
    """The buttons, each where its POST would be allowed."""
    has_open_cycle = cycle is not None and cycle.is_open
    is_running = cycle is not None and cycle.starts <= request.today <= cycle.ends
    reports = any(row.key_result.team_id == team.pk for row in ours)
    user = request.user
    owns = may(user, Do.PROPOSE_INITIATIVE, team)
    return {
        "owns_means": owns,
        "may_propose": has_open_cycle and owns,
        "may_suggest": has_open_cycle and not owns and may(user, Do.SUGGEST_INITIATIVE, team),
        "may_check_in": has_open_cycle and is_running and reports and may(user, Do.CHECK_IN, team),
        "may_draft": has_open_cycle and may(user, Do.DRAFT_OBJECTIVE, team),
        "may_ask_for_help": may(user, Do.ASK_FOR_HELP, team),
    }
