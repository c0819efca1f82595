from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.fields import NumberField
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.scoring import STAGES
from apps.organisation.widgets import Choices, DayInput, NumberInUnit, Words

Kind = KeyResult.Kind


def value_field(key_result: KeyResult, label: Any) -> forms.Field:
    """How a value of this key result is asked for: a number, yes or no, or a stage."""
    choices: list[tuple[Decimal, Any]]
    if key_result.kind == Kind.MILESTONE:
        choices = [(Decimal(1), _("Reached")), (Decimal(0), _("Not reached"))]
    elif key_result.kind == Kind.STAGES:
        choices = [
            (STAGES["none"], _("None of them yet")),
            (STAGES["commit"], key_result.stage_commit),
            (STAGES["target"], key_result.stage_target),
            (STAGES["stretch"], key_result.stage_stretch),
        ]
    else:
        return NumberField(label=label, widget=NumberInUnit(unit=key_result.unit_beside()))
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=Decimal,
        widget=Choices,
        error_messages={"required": _("Choose one of them.")},
    )


class MeasureForm(forms.Form):
    day = forms.DateField(
        label=_("On which day?"),
        widget=DayInput,
        error_messages={
            "required": _("Say on which day."),
            "invalid": _("Enter a day, like 2026-11-25."),
        },
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=Words(rows=1))

    field_order = ["value", "day", "note"]

    def __init__(self, *args: Any, key_result: KeyResult, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A number that comes late is of the last day of its cycle; of a later one it won't count.
        self.fields["day"].initial = min(today, key_result.objective.cycle.ends)
        self.fields["value"] = value_field(key_result, _("Number"))
        self.order_fields(self.field_order)


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label=_("What was wrong?"),
        help_text=_("The old number stays, struck through, with this sentence beside it."),
        max_length=500,
        widget=Words,
        error_messages={"required": _("Say in one sentence what was wrong.")},
    )

    field_order = ["value", "reason"]

    def __init__(self, *args: Any, measurement: Measurement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(measurement.key_result, _("Right number"))
        self.fields["value"].initial = measurement.value
        self.order_fields(self.field_order)
