from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.objective import LONGEST_TEXT
from apps.objectives.models import Input
from apps.organisation.widgets import Segmented, Words
from apps.organisation.writes import VersionedForm


class InputForm(forms.Form):
    unclear = forms.CharField(
        label=_("What is unclear?"), max_length=LONGEST_TEXT, required=False, widget=Words(rows=1)
    )
    would_change = forms.CharField(
        label=_("What would you change?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words(rows=1),
    )
    in_the_way = forms.CharField(
        label=_("What stands in the way?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words(rows=1),
    )
    # Any one of them will do.
    needed_sometimes = ("unclear", "would_change", "in_the_way")


class _FormOfAnInput(VersionedForm):
    """Several stand on one page, so each has ids of its own."""

    ids: str

    def __init__(self, *args: Any, given: Input, **kwargs: Any) -> None:
        super().__init__(*args, version=given.version, auto_id=self.ids % given.pk, **kwargs)


class WithdrawInputForm(_FormOfAnInput):
    ids = "withdraw_%d_%%s"


class AnswerForm(_FormOfAnInput):
    ids = "answer_%d_%%s"

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=Input.Answer,
        widget=Segmented,
        error_messages={"required": _("Choose adopted, partly or not adopted.")},
    )
    answer_text = forms.CharField(
        label=_("One sentence why"),
        help_text=_("The person reads it, and so does everyone else."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say in one sentence why.")},
    )
