from django.http import HttpResponse
from django.shortcuts import render

from apps.organisation.http import Request


def my_week(request: Request) -> HttpResponse:
    return render(request, "dashboards/my_week.html")
