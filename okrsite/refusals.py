"""What someone sees who may not: why, whom to ask, and where to read on."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from apps.organisation.permissions import NotYours

AT_MOST = 5  # people to write to


@requires_csrf_token
def not_yours(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    context: dict[str, object] = {"exception": str(exception)}
    if isinstance(exception, NotYours):
        context |= {"team": exception.team, "whom_to_ask": exception.whom_to_ask[:AT_MOST]}
    return render(request, "403.html", context, status=403)
