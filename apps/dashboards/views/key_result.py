from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.objectives.models import KeyResult
from apps.organisation.http import Request


def key_result(request: Request, pk: int, slug: str) -> HttpResponse:
    key_result = get_object_or_404(KeyResult.objects.visible_to(request.user), pk=pk)
    return render(request, "dashboards/key_result.html", {"key_result": key_result})
