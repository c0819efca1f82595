from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.checkins.fields import LONGEST_SENTENCE
from apps.checkins.models import Decision
from apps.organisation.models import User
from apps.organisation.widgets import DayInput, Words
from apps.organisation.writes import VersionedForm


class DecisionForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("What"),
        max_length=LONGEST_SENTENCE,
        widget=Words(rows=1),
        error_messages={"required": gettext_lazy("Say in a sentence what was decided.")},
    )
    who = forms.TypedChoiceField(
        label=gettext_lazy("Who"),
        error_messages={
            "required": gettext_lazy("Choose who does it."),
            "invalid_choice": gettext_lazy("Choose who does it."),
        },
    )
    by_when = forms.DateField(
        label=gettext_lazy("By when"),
        widget=DayInput(),
        error_messages={
            "required": gettext_lazy("Say by when."),
            "invalid": gettext_lazy("Choose a day."),
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(person.pk): person for person in people}
        field = self.fields["who"]
        field.choices = [("", _("Choose one")), *((pk, p.name) for pk, p in by_pk.items())]  # type: ignore[attr-defined]
        field.coerce = by_pk.__getitem__  # type: ignore[attr-defined]


class EndReviewForm(VersionedForm):
    pass


class EditDecisionForm(DecisionForm, VersionedForm):
    """What stands, to be changed."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        initial = {"what": decision.what, "who": decision.who_id, "by_when": decision.by_when}
        super().__init__(*args, initial=initial, version=decision.version, **kwargs)


class FinishDecisionForm(VersionedForm):
    pass


class RemoveDecisionForm(VersionedForm):
    pass
