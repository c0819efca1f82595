from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.objectives import actions
from apps.objectives.components import came_due
from apps.objectives.models import Forecast, KeyResult
from apps.objectives.track_record import ENOUGH, own_error
from apps.organisation.http import Request

SHOWN = 20


@require_safe
def forecasts(request: Request) -> HttpResponse:
    """How good the forecasts were, of all whose cycle is over."""
    visible = KeyResult.objects.visible_to(request.user)
    due = Forecast.objects.due(request.today).filter(key_result__in=visible)
    rows = list(
        due.select_related("key_result__objective__cycle").order_by(
            "-key_result__objective__cycle__ends", "key_result__objective__position", "pk"
        )
    )
    outcomes = [actions.outcome_of(row) for row in rows]
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "came_due": [came_due(row) for row in page],
        "n": len(rows),
        "held": sum(outcome.held for outcome in outcomes),
        "held_wide": sum(outcome.held_wide for outcome in outcomes),
        "own": own_error(outcomes),
        "to_go": _to_go(ENOUGH - len(rows)),
    }
    return render(request, "objectives/forecasts.html", context)


def _to_go(n: int) -> str:
    if n <= 0:
        return ""
    return ngettext(
        "%(n)d more has to come due before our own errors replace those of 36 series of others.",
        "%(n)d more have to come due before our own errors replace those of 36 series of others.",
        n,
    ) % {"n": n}
