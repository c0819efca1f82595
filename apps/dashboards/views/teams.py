from django.http import HttpResponse
from django.shortcuts import render

from apps.organisation.http import Request


def teams(request: Request) -> HttpResponse:
    return render(request, "dashboards/teams.html")
