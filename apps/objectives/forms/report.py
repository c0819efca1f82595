from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.objectives.forms.objective import LONGEST_TEXT, offer
from apps.organisation.models import Team
from apps.organisation.widgets import Words
from apps.organisation.writes import VersionedForm


class AskToReportForm(forms.Form):
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Which team do you ask?"),
        empty_label=None,
        error_messages={"required": _("Choose a team.")},
    )
    word = forms.CharField(
        label=_("Why this team?"),
        help_text=_("One sentence for it. Everyone reads it."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say in one sentence why you ask this team.")},
    )

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["team"], Team.objects.standing(), teams)


class AcceptReportForm(VersionedForm):
    answer = forms.CharField(
        label=_("A word to whoever asked"),
        help_text=_("Not needed. Everyone reads it."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=Words,
    )


class DeclineReportForm(VersionedForm):
    answer = forms.CharField(
        label=_("Why not?"),
        help_text=_("One sentence for whoever asked. Everyone reads it."),
        max_length=LONGEST_TEXT,
        widget=Words,
        error_messages={"required": _("Say in one sentence why not.")},
    )
