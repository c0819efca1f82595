from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.organisation.http import Request
from apps.organisation.models import Team


def team(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    return render(request, "dashboards/team.html", {"team": team})
