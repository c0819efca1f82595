from django.http import HttpResponse
from django.shortcuts import render

from apps.organisation.http import Request


def overview(request: Request) -> HttpResponse:
    return render(request, "dashboards/overview.html")
