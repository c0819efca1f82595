from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.checkins.fields import LONGEST_TEXT, by_which_day, text_of_help, whom_to_ask
from apps.checkins.sheet import Leader
from apps.organisation.models import User
from apps.organisation.widgets import Words
from apps.organisation.writes import VersionedForm


class AskForHelpForm(forms.Form):
    """At any time, outside a check-in."""

    def __init__(self, data: Any = None, *, leaders: list[Leader]) -> None:
        super().__init__(data)
        self.fields["text"] = text_of_help()
        self.fields["asked"] = whom_to_ask(leaders)
        self.fields["by_when"] = by_which_day()

    def clean_asked(self) -> User:
        return User.objects.get(pk=self.cleaned_data["asked"])


class AnswerHelpForm(VersionedForm):
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_TEXT,
        widget=Words(rows=3),
        error_messages={"required": gettext_lazy("Answer in a sentence.")},
    )


class WithdrawHelpForm(VersionedForm):
    pass
