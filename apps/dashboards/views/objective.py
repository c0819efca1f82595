from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.objectives.models import Objective
from apps.organisation.http import Request


def objective(request: Request, pk: int, slug: str) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.visible_to(request.user), pk=pk)
    return render(request, "dashboards/objective.html", {"objective": objective})
