"""The end of an objective: its review and its close."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.objectives import actions
from apps.objectives.forms import CloseForm, ReviewForm
from apps.objectives.models import KeyResult, Objective, Review
from apps.objectives.readings import read, results_of
from apps.objectives.readings.result import Result
from apps.objectives.views.objective import find
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def review(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.REVIEW_OBJECTIVE, objective.team)
    results = _results(request, objective)
    form = ReviewForm(
        request.POST or None,
        review=_review(objective),
        key_results=[result.reading.key_result for result in results if not result.reading.holds],
    )
    act = partial(actions.review, objective, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        if actions.missing_to_close(objective):
            messages.success(request, _("Saved. You can go on with it until you close it."))
            return redirect("objectives:review", objective.pk)
        messages.success(request, _("Saved. Nothing is missing: you can close the objective."))
        return redirect("objectives:close", objective.pk)
    context = {
        "objective": objective,
        "form": form,
        "asked": [
            (result, form[f"remark-{result.reading.key_result.pk}"])
            for result in results
            if not result.reading.holds
        ],
        "guardrails": [result for result in results if result.reading.holds],
        "measured": sum(result.reading.is_measured for result in results),
        "of": len(results),
    }
    return render(request, "objectives/review.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def close(request: Request, pk: int) -> HttpResponse:
    objective = find(request, pk)
    permit(request.user, Do.CLOSE_OBJECTIVE, objective.team)
    form = CloseForm(request.POST if request.method == "POST" else None, objective=objective)
    act = partial(actions.close, objective, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Closed. What you learned stays on record."))
        written = Review.objects.get(objective=objective)
        goes_on = written.what_next == Review.Next.CONTINUE
        return redirect("dashboards:carry_over", pk) if goes_on else redirect(objective)
    context = {
        "objective": objective,
        "form": form,
        "review": _review(objective),
        "results": _results(request, objective),
        "missing": actions.missing_to_close(objective),
    }
    return render(request, "objectives/close.html", context, status=form_status(form))


def _review(objective: Objective) -> Review | None:
    return Review.objects.filter(objective=objective).first()


def _results(request: Request, objective: Objective) -> list[Result]:
    """Of what still counts, in the leaders' order."""
    found = KeyResult.objects.counted().for_rows().filter(objective=objective)
    return results_of(read(key_result, today=request.today) for key_result in found)
