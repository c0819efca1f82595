from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.checkins.models import HelpRequest
from apps.dashboards import definitions
from apps.dashboards.measured import beliefs, measured, nothing_yet
from apps.dashboards.surroundings import surroundings
from apps.initiatives.boards import as_it_was, lanes
from apps.initiatives.models import Initiative
from apps.notices.rows import drawn_lanes
from apps.objectives import components
from apps.objectives.readings import ruler
from apps.organisation.http import Request
from apps.organisation.permissions import Do, may


@require_safe
def key_result(request: Request, pk: int, slug: str) -> HttpResponse:
    rows = surroundings(request).rows(Q(pk=pk))
    if not rows:
        raise Http404
    row = rows[0]
    key_result, cycle = row.key_result, row.reading.cycle
    bets = Initiative.objects.for_cycle(cycle).for_key_result(key_result).order_by("pk")
    can_move = cycle.is_open and key_result.dropped_at is None
    objective = key_result.objective
    changes = objective.can_still_change and cycle.is_open
    context = {
        "row": row,
        "reading": row.reading,
        "objective": objective,
        "can_edit": changes and may(request.user, Do.DEFINE_KEY_RESULT, objective.team),
        "ruler": ruler(cycle, request.today),
        "lanes": drawn_lanes(lanes(as_it_was(bets.for_lanes(), cycle), cycle=cycle), row),
        "road": definitions.road(row.reading),
        "remarks": definitions.remarks(row.reading),
        "forecast_made": definitions.forecast_made(row.reading),
        "definition": definitions.definition(row.reading),
        "beliefs": beliefs(row),
        "measured": list(measured(row)),
        "nothing_yet": nothing_yet(row, organisation=request.organisation, today=request.today),
        "helps": HelpRequest.objects.open().filter(team=key_result.team).for_rows(),
        "decisions": key_result.decisions.for_rows(),
        "may_propose": can_move and may(request.user, Do.PROPOSE_INITIATIVE, key_result.team),
        **components.reporting(key_result, user=request.user),
        **components.of_key_result(key_result, user=request.user, today=request.today),
    }
    return render(request, "dashboards/key_result.html", context)
