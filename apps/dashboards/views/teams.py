from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.dashboards.cycles import switch
from apps.dashboards.surroundings import Surroundings, surroundings
from apps.objectives.readings import Reading, ruler
from apps.organisation.http import Request
from apps.organisation.models import Team

# A larger tree is shown in pieces: this many levels, and the way to what lies below.
WHOLE = 150
LEVELS = 2


@dataclass
class Branch:
    team: Team
    reading: Reading | None
    below: "list[Branch]" = field(default_factory=list)
    hidden: int = 0  # teams below that the page leaves out


@require_safe
def teams(request: Request) -> HttpResponse:
    around = surroundings(request)
    found = Team.objects.visible_to(request.user).standing().order_by("ancestor_ids__len", "name")
    top = None
    if slug := request.GET.get("below"):
        top = get_object_or_404(found, slug=slug)
        found = found.filter(Q(pk=top.pk) | Q(ancestor_ids__contains=[top.pk]))
    mine = around.my_teams
    context = {
        "top": top,
        "tree": _tree(around, list(found)),
        "mine": mine,
        "can_check_in": around.running is not None and around.running.is_open,
        "carried": f"?cycle={around.cycle.slug}" if around.cycle and around.asked_for else "",
        "switch": switch(around.cycles, around.cycle),
        "ruler": ruler(around.cycle, request.today) if around.cycle else "",
    }
    return render(request, "dashboards/teams.html", context)


def _tree(around: Surroundings, found: list[Team]) -> list[Branch]:
    if not found:
        return []
    deepest = len(found[0].ancestor_ids) + LEVELS
    shown = [t for t in found if len(found) <= WHOLE or len(t.ancestor_ids) <= deepest]
    marks = around.marks_of(shown, around.cycle)
    branches = {team.pk: Branch(team, marks.get(team.pk)) for team in shown}
    roots = []
    for team in found:
        if team.pk not in branches:
            nearest = next(pk for pk in reversed(team.ancestor_ids) if pk in branches)
            branches[nearest].hidden += 1
        elif team.parent_id in branches:
            branches[team.parent_id].below.append(branches[team.pk])
        else:
            roots.append(branches[team.pk])
    return roots
