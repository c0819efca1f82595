"""Weeks in which a team does not check in."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.checkins import actions
from apps.checkins.forms import WeeksOffForm
from apps.checkins.models import WeekOff
from apps.checkins.views.check_in import find_team
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def mark_weeks_off(request: Request, slug: str) -> HttpResponse:
    team = find_team(request, slug)
    permit(request.user, Do.SET_RHYTHM, team)
    off = WeekOff.objects.filter(team=team).values_list("week", flat=True)
    sent = request.POST if request.method == "POST" else None
    form = WeeksOffForm(sent, team=team, today=request.today, off=off)
    act = partial(actions.mark_weeks_off, team=team, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Saved. Everybody sees it beside your check-ins."))
        return redirect(team)
    context = {"team": team, "form": form}
    return render(request, "checkins/mark_weeks_off.html", context, status=form_status(form))
