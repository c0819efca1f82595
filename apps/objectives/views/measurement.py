from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reselect, retarget

from apps.objectives import actions
from apps.objectives.forms import CorrectForm, MeasureForm
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.values import written
from apps.objectives.views import key_result as key_results
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def measure(request: Request, pk: int) -> HttpResponse:
    """Under htmx the page of the key result is drawn anew, in place, for a number changes most of
    it; what was refused comes back as the form alone."""
    key_result = key_results.find(request, pk)
    permit(request.user, Do.ADD_MEASUREMENT, key_result.team)
    form = MeasureForm(request.POST or None, key_result=key_result, today=request.today)
    act = partial(actions.measure, key_result, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _understood(key_result, form))
        return redirect(key_result)
    context = {"key_result": key_result, "measure_form": form, "form": form, "inline": request.htmx}
    if not request.htmx:
        return render(request, "objectives/measure.html", context, status=form_status(form))
    part = render(request, "objectives/_measure_form.html", context, status=form_status(form))
    return reselect(retarget(part, "#add-number"), "#add-number")


def _understood(key_result: KeyResult, form: MeasureForm) -> str:
    return _("%(value)s on %(day)s is in.") % {
        "value": written(key_result, form.cleaned_data["value"]),
        "day": date_format(form.cleaned_data["day"], "MONTH_DAY_FORMAT"),
    }


@require_http_methods(GET_OR_POST)
@once
def correct(request: Request, pk: int) -> HttpResponse:
    visible = KeyResult.objects.visible_to(request.user)
    measurement: Measurement = get_object_or_404(
        Measurement.objects.filter(key_result__in=visible).select_related(
            *("entered_by", "key_result__team", "key_result__objective__team"),
            "key_result__objective__cycle",
        ),
        pk=pk,
    )
    key_result = measurement.key_result
    permit(request.user, Do.CORRECT_MEASUREMENT, key_result.team)
    form = CorrectForm(request.POST or None, measurement=measurement)
    act = partial(actions.correct, measurement, by=request.user, now=request.now)
    value = written(key_result, measurement.value)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Corrected. The old number stays visible, struck through."))
        return redirect(key_result)
    context = {
        "key_result": key_result, "measurement": measurement, "value": value, "form": form,
    }  # fmt: skip
    return render(request, "objectives/correct.html", context, status=form_status(form))
