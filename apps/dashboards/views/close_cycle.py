from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.initiatives.models import Initiative
from apps.objectives.actions import cycle as actions
from apps.objectives.models import Cycle, Objective
from apps.organisation.http import Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import VersionedForm, carry_out, form_status

NAMED = 100  # of a large organisation the first; the rest is counted


@require_http_methods(["GET", "POST"])
@once
def close_cycle(request: Request, slug: str) -> HttpResponse:
    """What ends with the cycle, and which initiatives live on."""
    permit(request.user, Do.MANAGE_CYCLES, Team.objects.get(parent=None))
    cycle = get_object_or_404(Cycle, slug=slug)
    form = VersionedForm(request.POST if request.method == "POST" else None, version=cycle.version)
    close = partial(actions.close_cycle, cycle, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, close):
        messages.success(request, _("%(cycle)s is closed. It can be read.") % {"cycle": cycle})
        return redirect("objectives:cycles")
    objectives = Objective.objects.for_cycle(cycle)
    unreviewed = objectives.committed().select_related("team")
    live = Initiative.objects.live().filter(links__key_result__objective__cycle=cycle).distinct()
    unreviewed_named, unreviewed_more = _named(unreviewed)
    live_named, live_more = _named(live.select_related("team"))
    context = {
        "form": form,
        "cycle": cycle,
        "unreviewed": unreviewed_named,
        "n_unreviewed": len(unreviewed_named) + unreviewed_more,
        "more_unreviewed": unreviewed_more,
        # Counted only: whoever closes the cycle may not read what others still draft.
        "uncommitted": objectives.in_the_making().count(),
        "live": live_named,
        "more_live": live_more,
    }
    return render(request, "dashboards/close_cycle.html", context, status=form_status(form))


def _named(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first, and how many there are besides; counted only where there are more."""
    rows = list(found[: NAMED + 1])
    more = found.count() - NAMED if len(rows) > NAMED else 0
    return rows[:NAMED], more
