from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import Cycle
from apps.organisation.widgets import DayInput
from apps.organisation.writes import VersionedForm


def _day(**more: Any) -> forms.DateField:
    errors = {
        "required": _("Enter a day, like 2027-01-04."),
        "invalid": _("Enter a day, like 2027-01-04."),
    }
    return forms.DateField(widget=DayInput, error_messages=errors, **more)


class CycleForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As people say it: First quarter 2027. It is also part of the address."),
        max_length=60,
        error_messages={"required": _("Give the cycle a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts = _day(label=_("First day"))
    ends = _day(label=_("Last day"))
    input_opens = _day(
        label=_("Input opens on"),
        help_text=_("Without it, input opens on the day on which you open it."),
        required=False,
    )
    input_closes = _day(label=_("Input closes on"), required=False)


class EditCycleForm(CycleForm, VersionedForm):
    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        initial = {name: getattr(cycle, name) for name in CycleForm.base_fields}
        super().__init__(*args, initial=initial, version=cycle.version, **kwargs)
