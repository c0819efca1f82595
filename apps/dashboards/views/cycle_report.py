"""What came of a cycle, to read and to print: the whole, and a page for each objective."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.initiatives.boards import as_it_was
from apps.initiatives.models import Initiative
from apps.objectives import components
from apps.objectives.models import Cycle, KeyResult, LookBack, Objective
from apps.objectives.readings import counted, read, results_of
from apps.objectives.readings.result import Result
from apps.organisation.http import Request

OBJECTIVES_A_PAGE = 100
COMMITTED = [*Objective.FIXED, Objective.State.ABANDONED]


@require_safe
def cycle_report(request: Request, slug: str) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.exclude(state=Cycle.State.PLANNED), slug=slug)
    results = _results(request, KeyResult.objects.filter(objective__cycle=cycle))
    by_objective: dict[int, list[Result]] = {}
    for result in results:
        by_objective.setdefault(result.reading.key_result.objective_id, []).append(result)
    objectives = list(
        Objective.objects.for_cycle(cycle)
        .filter(state__in=COMMITTED)
        .select_related("team", "owner", "review")
    )
    for objective in objectives:
        objective.cycle = cycle
    page = Paginator(objectives, OBJECTIVES_A_PAGE).get_page(request.GET.get("page"))
    lived = Initiative.objects.for_cycle(cycle).filter(links__key_result__objective__cycle=cycle)
    context = {
        "cycle": cycle,
        "page": page,
        "told": [(objective, counted(by_objective.get(objective.pk, []))) for objective in page],
        "counts": counted(results),
        "of": len(results),
        "unreviewed": sum(result.reading.key_result.objective.without_review for result in results),
        "states": _states(objectives),
        "means": Counter(
            initiative.get_status_display() for initiative in as_it_was(lived.distinct(), cycle)
        ).most_common(),
        "look_backs": LookBack.objects.filter(cycle=cycle).select_related("team", "by"),
    }
    return render(request, "dashboards/cycle_report.html", context)


@require_safe
def objective_report(request: Request, pk: int) -> HttpResponse:
    objective = get_object_or_404(
        Objective.objects.visible_to(request.user)
        .filter(committed_at__isnull=False)
        .for_page()
        .select_related("review__by"),
        pk=pk,
    )
    results = _results(request, KeyResult.objects.filter(objective=objective))
    bets = Initiative.objects.filter(links__key_result__objective=objective).distinct()
    context = {
        "objective": objective,
        "told": [
            (result, result.reading.key_result.remarked)
            for result in results
            if not result.reading.holds
        ],
        "guardrails": [result for result in results if result.reading.holds],
        "counts": counted(results),
        "amendments": components.amendments(objective.amendments.all()),
        "bets": as_it_was(
            bets.select_related("team").order_by("proposed_at", "pk"), objective.cycle
        ),
        "goes_on_as": Objective.objects.visible_to(request.user)
        .carried_from(objective)
        .select_related("cycle"),
    }
    return render(request, "dashboards/objective_report.html", context)


def _results(request: Request, key_results: Any) -> list[Result]:
    """Every one that was ever committed to, dropped ones too. One query."""
    found = (
        key_results.visible_to(request.user)
        .filter(objective__state__in=COMMITTED)
        .for_rows()
        .with_remark()
        .order_by("objective__position", "objective", "position", "pk")
    )
    return results_of(read(key_result, today=request.today) for key_result in found)


def _states(objectives: list[Objective]) -> dict[str, int]:
    """How many objectives ended in which way, or have not ended yet."""
    return {
        "reviewed": sum(o.state == "closed" and not o.without_review for o in objectives),
        "without_review": sum(o.without_review for o in objectives),
        "abandoned": sum(o.state == "abandoned" for o in objectives),
        "open": sum(o.is_committed for o in objectives),
    }
