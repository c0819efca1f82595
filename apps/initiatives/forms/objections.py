"""A leader's word against an initiative, and the team's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.initiatives.forms.fields import words
from apps.objectives.models import Constraint
from apps.organisation.widgets import Choices
from apps.organisation.writes import VersionedForm


class ObjectForm(forms.Form):
    """`constraints`: those that bind the initiative, and only those."""

    constraint = forms.TypedChoiceField(
        label=gettext_lazy("Which constraint does it go against?"),
        widget=Choices(),
        error_messages={"required": gettext_lazy("Choose the constraint that you cite.")},
    )
    reason = words(
        gettext_lazy("In what way?"),
        rows=3,
        help_text=gettext_lazy("So that the team can change it, or tell you what you overlook."),
        error_messages={
            "required": gettext_lazy("Say in what way it goes against the constraint.")
        },
    )

    def __init__(self, *args: Any, constraints: Iterable[Constraint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(constraint.pk): constraint for constraint in constraints}
        field = self.fields["constraint"]
        field.coerce = by_pk.__getitem__  # type: ignore[attr-defined]
        field.choices = [  # type: ignore[attr-defined]
            (pk, constraint.sentence) for pk, constraint in by_pk.items()
        ]


class AnswerObjectionForm(VersionedForm):
    text = words(
        gettext_lazy("Why do you go on?"),
        rows=3,
        error_messages={"required": gettext_lazy("Say in one sentence why you go on.")},
    )


class MeetObjectionForm(VersionedForm):
    text = words(
        gettext_lazy("What did you change?"),
        rows=3,
        error_messages={"required": gettext_lazy("Say in one sentence what you changed.")},
    )


class WithdrawObjectionForm(VersionedForm):
    pass
