"""What changes in a committed goal, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.fields import NumberField
from apps.objectives.forms.key_result import EditKeyResultForm
from apps.objectives.forms.objective import (
    LONGEST_TEXT,
    not_doing_field,
    title_field,
    why_field,
)
from apps.objectives.models import Amendment, KeyResult, Objective
from apps.organisation.widgets import Choices, NumberInUnit, Words
from apps.organisation.writes import VersionedForm

Kind = Amendment.Kind
# What was imported may be longer than what is written here.
LONGEST_IMPORTED = 500

HINTS: dict[str, Any] = {
    Kind.TARGET: _("We now aim at something else."),
    Kind.SCOPE: _("It takes in more, less or something else."),
    Kind.CORRECTION: _("It was written down wrongly."),
}


def change_field(*kinds: Amendment.Kind) -> forms.ChoiceField:
    """The first one is chosen, until another is."""
    return forms.ChoiceField(
        label=_("What kind of change is it?"),
        choices=[(kind, kind.label) for kind in kinds],
        initial=kinds[0],
        widget=Choices(hints=HINTS),
    )


def reason_field(help_text: Any, otherwise: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": otherwise},
    )


class AmendForm(VersionedForm):
    title = title_field(LONGEST_IMPORTED)
    why = why_field()
    not_doing = not_doing_field()
    change = change_field(Kind.SCOPE, Kind.CORRECTION)
    reason = reason_field(
        _("Everyone reads it beside the old words and the new ones."),
        _("Say in one sentence why it changes."),
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        initial = {name: getattr(objective, name) for name in ("title", "why", "not_doing")}
        super().__init__(*args, initial=initial, version=objective.version, **kwargs)


class AbandonForm(VersionedForm):
    reason = reason_field(
        _("Everyone reads it, and the teams that work on it first."),
        _("Say in one sentence why you give it up."),
    )


class AmendKeyResultForm(EditKeyResultForm):
    """What stands, to be changed; `fields` are those that its kind has."""

    title = forms.CharField(
        label=_("Key result"),
        max_length=LONGEST_IMPORTED,
        error_messages={"required": _("Name the figure that shows success.")},
    )
    same_values = forms.BooleanField(
        label=_("The numbers that stand mean the same in the new unit"), required=False
    )
    change = change_field(Kind.SCOPE, Kind.TARGET, Kind.CORRECTION)
    reason = reason_field(
        _("Everyone reads it beside the old words and the new ones."),
        _("Say in one sentence why it changes."),
    )

    def __init__(self, *args: Any, key_result: KeyResult, names: list[str], **kwargs: Any) -> None:
        version = key_result.version
        super().__init__(*args, key_result=key_result, teams=[], version=version, **kwargs)
        own = [*names, "different", "same_values", "change", "reason", "version"]
        for name in set(self.fields).difference(own):
            del self.fields[name]
        self.order_fields(own)


class DropKeyResultForm(VersionedForm):
    reason = reason_field(
        _("It stays in the report, with this sentence beside it."),
        _("Say in one sentence why you drop it."),
    )


class StateBaselineForm(VersionedForm):
    baseline = NumberField(label=_("Start value"), widget=NumberInUnit)
    reason = forms.CharField(
        label=_("How was it measured?"),
        help_text=_("One sentence that everyone reads beside the figure."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say in one sentence how it was measured.")},
    )

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, version=key_result.version, **kwargs)
        self.fields["baseline"].widget.unit = key_result.unit_beside()


class AmendTargetForm(VersionedForm):
    target = NumberField(label=_("New target"), widget=NumberInUnit)
    change = change_field(Kind.TARGET, Kind.CORRECTION)
    reason = reason_field(
        _("Everyone reads it beside the old target and the new one."),
        _("Say in one sentence why the target changes."),
    )

    def __init__(self, *args: Any, key_result: KeyResult, **kwargs: Any) -> None:
        super().__init__(*args, version=key_result.version, **kwargs)
        self.fields["target"].widget.unit = key_result.unit_beside()
