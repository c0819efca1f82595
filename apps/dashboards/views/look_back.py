from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.initiatives.models import Initiative
from apps.objectives import actions
from apps.objectives.forms import LookBackForm
from apps.objectives.models import Cycle, LookBack
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def look_back(request: Request, slug: str, of: str) -> HttpResponse:
    """Three questions for the team, with what it ended in the cycle beside them."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    cycle = get_object_or_404(Cycle.objects.exclude(state=Cycle.State.PLANNED), slug=of)
    permit(request.user, Do.LOOK_BACK, team)
    written = LookBack.objects.filter(team=team, cycle=cycle).first()
    form = LookBackForm(request.POST or None, look_back=written)
    act = partial(actions.look_back, team, cycle=cycle, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Saved. Everyone reads it in the report of the cycle."))
        return redirect(f"{team.get_absolute_url()}#outlived")
    ended = Initiative.objects.filter(team=team).for_cycle(cycle).ended()
    context = {
        "team": team,
        "cycle": cycle,
        "form": form,
        "written": written,
        "ended": ended.with_last_move().order_by("ended_at", "pk"),
    }
    return render(request, "dashboards/look_back.html", context, status=form_status(form))
