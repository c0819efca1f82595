from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.objective import LONGEST_TEXT
from apps.organisation.widgets import DayInput, Words
from apps.organisation.writes import VersionedForm


class ConstraintForm(forms.Form):
    sentence = forms.CharField(
        label=_("Constraint"),
        help_text=_(
            "One sentence that says where the means end, like "
            "“No customer data leaves the European Union”."
        ),
        max_length=200,
        error_messages={"required": _("Write the constraint in one sentence.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("A team that knows the reason can decide the rest alone."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say why. A constraint without a reason binds nobody.")},
    )
    expires = forms.DateField(
        label=_("Ends on"),
        help_text=_("Empty: until it is lifted."),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Enter a day, like 2026-11-25.")},
    )


class LiftForm(VersionedForm):
    pass
