from typing import Any
from urllib.parse import quote

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.dashboards import definitions
from apps.objectives import components
from apps.objectives.models import Asked, KeyResult, Objective
from apps.objectives.readings import read
from apps.organisation.http import Request


@require_safe
def commitment(request: Request, pk: int) -> HttpResponse:
    """What was committed to, in full: to print, and to send to somebody."""
    asked = Asked.objects.filter(objective=OuterRef("pk")).order_by("person__name")
    found = Objective.objects.visible_to(request.user).filter(committed_at__isnull=False)
    objective: Any = get_object_or_404(
        found.for_page().annotate(asked_names=ArraySubquery(asked.values("person__name"))), pk=pk
    )
    key_results = KeyResult.objects.for_rows().filter(objective=objective)
    context = {
        "objective": objective,
        "key_results": [
            (key_result, definitions.definition(read(key_result, today=request.today)))
            for key_result in key_results
        ],
        "inputs": objective.inputs.standing().for_thread(),
        "constraints": objective.constraints.select_related("set_by"),
        "amendments": components.amendments(objective.amendments.all()),
        "mail": quote(request.build_absolute_uri()),
        "subject": quote(objective.title),
    }
    return render(request, "dashboards/commitment.html", context)
