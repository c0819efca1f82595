from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.alignment import components as alignment
from apps.dashboards.surroundings import surroundings
from apps.notices.rows import Row, changes
from apps.objectives import components
from apps.objectives.models import Objective
from apps.objectives.readings import guardrails_of, lead_sentence, roll_up_of, ruler, why_whole
from apps.organisation.http import Request
from apps.organisation.permissions import Do, may


@require_safe
def objective(request: Request, pk: int, slug: str) -> HttpResponse:
    found = Objective.objects.visible_to(request.user).for_page()
    objective = get_object_or_404(alignment.with_alignment(found, user=request.user), pk=pk)
    context = components.of_objective(objective, user=request.user, today=request.today)
    context |= alignment.of_objective(objective, user=request.user, today=request.today)
    if not objective.can_still_change:
        rows = surroundings(request).rows(Q(objective=objective))
        context |= _standing(request, objective, rows)
    return render(request, "dashboards/objective.html", context)


def _standing(request: Request, objective: Objective, rows: list[Row]) -> dict[str, Any]:
    counted = [row for row in rows if row.key_result.dropped_at is None]
    readings = [row.reading for row in counted]
    moving = [row for row in counted if not row.reading.holds]
    whole = roll_up_of(readings)
    return {
        "rows": counted,
        "moving": moving,
        "guardrails": [row for row in counted if row.reading.holds],
        "dropped": [row for row in rows if row not in counted],
        "lead": lead_sentence(
            [row.reading for row in moving], cycle=objective.cycle, today=request.today
        ),
        "measured": _("%(measured)d of %(of)d measured")
        % {"measured": whole.measured, "of": whole.of},
        "sum": why_whole(readings),
        "guarded": _guarded(*guardrails_of(readings)),
        "means": changes(moving, today=request.today),
        "ruler": ruler(objective.cycle, request.today),
        "propose_to": _propose_to(request, objective, counted),
    }


def _guarded(holding: int, of: int) -> str:
    return _("Holding %(holding)d of %(of)d.") % {"holding": holding, "of": of} if of else ""


def _propose_to(request: Request, objective: Objective, rows: list[Row]) -> list[Any]:
    """One's own teams, which may bet on it."""
    if not (objective.is_committed and objective.cycle.is_open and rows):
        return []
    teams = surroundings(request).my_teams
    return [team for team in teams if may(request.user, Do.PROPOSE_INITIATIVE, team)]
