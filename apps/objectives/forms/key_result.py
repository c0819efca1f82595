from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from apps.objectives.fields import NumberField
from apps.objectives.forms.objective import LONGEST_TEXT, LONGEST_TITLE, offer
from apps.objectives.models import KeyResult
from apps.objectives.units import UnitKind
from apps.organisation.models import Team
from apps.organisation.widgets import Choices, DayInput, Segmented, Words
from apps.organisation.writes import VersionedForm

Kind = KeyResult.Kind


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Enter a day, like 2026-11-25.")},
    )


def line_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=200, required=False)


class DefineKeyResultForm(forms.Form):
    """All kinds in one form; the page shows the questions of the kind that is chosen."""

    title = forms.CharField(
        label=_("What should be different?"),
        help_text=_("Name the figure that shows it, like “Checkout conversion rate”."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Name the figure that shows success.")},
    )
    kind = forms.ChoiceField(
        label=_("What should it do?"),
        choices=Kind,
        initial=Kind.INCREASE,
        widget=Choices(
            hints={
                Kind.INCREASE: _("From a start value up to a target."),
                Kind.DECREASE: _("From a start value down to a target."),
                Kind.MILESTONE: _("One thing that is true from a day on."),
                Kind.STAGES: _("Three steps in words, where no number fits."),
                Kind.AT_LEAST: _("A guardrail: must not fall below a limit."),
                Kind.AT_MOST: _("A guardrail: must not rise above a limit."),
                Kind.WITHIN: _("A guardrail: stays between two limits."),
            }
        ),
        error_messages={"required": _("Choose what the figure should do.")},
    )
    unit_kind = forms.ChoiceField(
        label=_("Measured as"),
        choices=[("", _("What the unit says")), *UnitKind.choices],
        required=False,
    )
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("Like %, €, CHF, hours or “of 10”; of a count, what is counted."),
        max_length=20,
        required=False,
    )
    baseline = NumberField(label=_("Start value"), required=False)
    baseline_by = day_field(
        _("Start value known by"), _("Only where it isn’t known yet: a promise to measure it.")
    )
    target = NumberField(label=_("Target"), required=False)
    low = NumberField(label=_("At least"), required=False)
    high = NumberField(label=_("At most"), required=False)
    due = day_field(_("Due on"))
    stage_commit = line_field(_("Commit (0.3)"), _("What we are sure to reach."))
    stage_target = line_field(_("Target (0.7)"), _("What we are working for."))
    stage_stretch = line_field(_("Stretch (1.0)"), _("What would be splendid."))
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Which team reports it?"),
        help_text=_("Another team than your own is asked, once this is saved."),
        empty_label=None,
        error_messages={"required": _("Choose a team.")},
    )
    ambition = forms.ChoiceField(
        label=_("Ambition"), choices=KeyResult.Ambition, widget=Segmented, initial="committed"
    )
    metric = forms.CharField(
        label=_("What is counted"), max_length=LONGEST_TEXT, required=False, widget=Words
    )
    measured_by = line_field(_("How, and by whom"))
    effect_from = day_field(
        _("Movement expected from"),
        _("Before this day it is too early to tell, not late. Empty: the start of the cycle."),
    )
    decimals = forms.TypedChoiceField(
        label=_("Decimals"), choices=[(n, str(n)) for n in range(7)], coerce=int, initial=1
    )
    bound_low = NumberField(label=_("Lowest possible"), required=False)
    bound_high = NumberField(label=_("Highest possible"), required=False)

    # Asked only where another one says nearly the same.
    different = forms.BooleanField(label=_("Yes, they are different"), required=False)

    needed_sometimes = (
        *("baseline", "target", "low", "high", "due"),
        *("stage_commit", "stage_target", "stage_stretch"),
    )

    def __init__(
        self, *args: Any, key_result: KeyResult, teams: Iterable[Team], **kwargs: Any
    ) -> None:
        """`key_result` is a new one, or the one to edit."""
        super().__init__(*args, **kwargs)
        for name, value in model_to_dict(key_result, fields=list(self.fields)).items():
            if value not in {None, ""} and (name != "unit_kind" or key_result.pk):
                self.fields[name].initial = value
        offer(self.fields["team"], Team.objects.standing(), teams)


class EditKeyResultForm(DefineKeyResultForm, VersionedForm):
    pass


class FillInKeyResultForm(EditKeyResultForm):
    """What an imported key result does not say yet; `gaps` are the fields that ask for it."""

    def __init__(self, *args: Any, key_result: KeyResult, gaps: list[str], **kwargs: Any) -> None:
        version = key_result.version
        super().__init__(*args, key_result=key_result, teams=[], version=version, **kwargs)
        asked = {*gaps, "version"} | ({"unit_kind"} if "unit" in gaps else set())
        for name in set(self.fields) - asked:
            del self.fields[name]
        if kind := self.fields.get("kind"):
            kind.required, kind.initial = False, None


class RemoveForm(VersionedForm):
    pass
