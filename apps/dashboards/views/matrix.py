"""How teams and their leaders work together: the matrix, and the record that stands behind it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.alignment import indicators
from apps.alignment import matrix as matrices
from apps.alignment.matrix import TRAIL
from apps.alignment.models import PulseRound
from apps.alignment.over_time import over_time
from apps.dashboards.surroundings import surroundings
from apps.objectives.models import Cycle
from apps.organisation.http import Request
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may

# More dots than these are a cloud; the areas below stand for their teams, then.
MOST = 300
NEAR = 30
# Cycles of which the autonomy is told.
PAST = 6


@require_safe
def matrix(request: Request) -> HttpResponse:
    around, user = surroundings(request), request.user
    seen = _seen_from(user)
    asked_for = request.GET.get("team", "")
    unit = get_object_or_404(seen, slug=asked_for) if asked_for else seen.first()
    context: dict[str, Any] = {
        "unit": unit,
        "cycle": around.cycle,
        "cycles": around.cycles,
        "may_open": may(user, Do.OPEN_PULSE, unit or Team.objects.get(parent=None)),
    }
    if unit is None or around.cycle is None:
        return render(request, "dashboards/matrix.html", context)
    rounds = list(PulseRound.objects.closed().filter(opened_on__lte=around.cycle.ends)[: TRAIL + 1])
    within = list(Team.objects.standing().filter(_in(unit)).order_by("name"))
    teams = _ends(unit, within)
    records = indicators.records([unit, *teams], within, around.cycle, today=request.today)
    rows, whole = matrices.team_rows(teams, unit, rounds, records)
    longest = matrices.longest(rows)
    context |= {
        "last": rounds[0] if rounds else None,
        "rows": rows,
        "whole": whole,
        "picture": matrices.picture(rows),
        "lead": matrices.lead(rows),
        "longest": longest,
        "axes": indicators.told(longest.team, around.cycle, today=request.today) if longest else [],
        "talks": matrices.to_talk_about(rows),
        "areas": _areas(unit, seen, user),
    }
    return render(request, "dashboards/matrix.html", context)


def _seen_from(user: User) -> Any:
    """The teams whose pulse this person sees, from the top down: one's own, and all below those
    that one leads."""
    standing = user.standing
    below = Q(ancestor_ids__overlap=list(standing.leads))
    own = Q(pk__in=list(standing.works_in))
    return (
        Team.objects.visible_to(user)
        .standing()
        .filter(own | below)
        .order_by("ancestor_ids__len", "name")
    )


def _in(unit: Team) -> Q:
    return Q(pk=unit.pk) | Q(ancestor_ids__contains=[unit.pk])


def _ends(unit: Team, within: list[Team]) -> list[Team]:
    """The teams at the ends of its branches; the units right below it, where those are too many."""
    parents = {team.parent_id for team in within}
    ends = [team for team in within if team.pk not in parents]
    return ends if len(ends) <= MOST else [team for team in within if team.parent_id == unit.pk]


def _areas(unit: Team, seen: Any, user: User) -> list[Team]:
    """Where one can look from here: up, down, and at one's own teams."""
    further = Team.objects.standing().filter(parent=OuterRef("pk"))
    near = Q(pk__in=unit.ancestor_ids) | Q(Exists(further), parent=unit)
    own = Q(pk__in=list(user.standing.works_in))
    return list(seen.filter(near | own).exclude(pk=unit.pk)[:NEAR])


def _begun(cycles: list[Cycle], today: date) -> list[Cycle]:
    """The latest first."""
    begun = (cycle for cycle in cycles if cycle.starts <= today)
    return sorted(begun, key=lambda cycle: cycle.starts, reverse=True)[:PAST]


@require_safe
def record(request: Request, slug: str) -> HttpResponse:
    """What the record shows of how a team works: each indicator with its sum and its rows, and
    how free the team was in its means, cycle by cycle."""
    around = surroundings(request)
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    context: dict[str, Any] = {"team": team, "cycle": around.cycle, "cycles": around.cycles}
    if around.cycle:
        context |= {
            "axes": indicators.told(team, around.cycle, today=request.today),
            "past": over_time(team, _begun(around.cycles, request.today), today=request.today),
            "is_ours": team.pk in request.user.standing.works_in,
        }
    return render(request, "dashboards/record.html", context)
