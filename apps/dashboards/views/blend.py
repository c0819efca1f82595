from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.dashboards import blends
from apps.dashboards.surroundings import surroundings
from apps.initiatives.blending import Tried, blended, in_the_list
from apps.initiatives.forms import BlendForm
from apps.objectives.models import Objective
from apps.organisation.http import Request
from apps.organisation.writes import form_status


@require_safe
def blend(request: Request, pk: int) -> HttpResponse:
    """Only here, and only to show how misleading it is. Nothing of it is stored."""
    found = Objective.objects.visible_to(request.user).select_related("team", "cycle")
    objective = get_object_or_404(found, pk=pk)
    rows = surroundings(request).rows(Q(objective=objective, dropped_at=None))
    moving = [row for row in rows if not row.reading.holds]
    initiatives = in_the_list(objective)
    form = BlendForm(request.GET or None, initiatives=initiatives)
    tried = form.result()
    whole = blended(blends.outcomes_of(moving), tried)
    reached = sum(row.state == "reached" for row in moving)
    context = {
        "objective": objective,
        "form": form,
        "blended": blends.percent(whole.blended),
        "sum": blends.sum_of(moving, tried),
        "verdict": blends.verdict(whole),
        "lines": blends.lines(moving, tried),
        "moving": moving,
        "reached": reached,
        "initiatives": initiatives,
        "means": _means(len(initiatives)),
        "cases": blends.cases(moving, [Tried(initiative) for initiative in initiatives]),
    }
    return render(request, "dashboards/blend.html", context, status=form_status(form))


def _means(n: int) -> str:
    return ngettext(
        "%(n)d initiative stands beside them and doesn’t count.",
        "%(n)d initiatives stand beside them, and none counts.",
        n,
    ) % {"n": n}
