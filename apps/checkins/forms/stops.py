"""A stop mark that has come due, as a check-in asks it: kill it, by the move, or go on because …"""

from typing import NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from apps.checkins.actions import GoOn
from apps.checkins.asked import InitiativeQuestion
from apps.checkins.fields import LONGEST_SENTENCE, words
from apps.initiatives.stops import StopMark
from apps.organisation.widgets import Segmented


class StopRow(NamedTuple):
    """Both answers side by side; `reached` is asked where no number says whether it has come to
    this."""

    question: str
    reached: BoundField | None
    because: BoundField


def fields_of(mark: StopMark) -> dict[str, forms.Field]:
    """By name, without the number of the criterion."""
    fields: dict[str, forms.Field] = {}
    if mark.asks_the_team:
        fields["reached"] = forms.TypedChoiceField(
            label=_("Has it come to this?"),
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda said: said == "yes",
            empty_value=None,
            required=False,
            widget=Segmented(),
        )
    fields["because"] = words(_("Go on, because …"), LONGEST_SENTENCE)
    return fields


def rows_of(form: forms.Form, question: InitiativeQuestion) -> list[StopRow]:
    rows = []
    for mark in question.due:
        pk = mark.criterion.pk
        reached = form[f"reached-{pk}"] if mark.asks_the_team else None
        rows.append(StopRow(mark.question, reached, form[f"because-{pk}"]))
    return rows


def read_answers(form: forms.Form, question: InitiativeQuestion, *, ends: bool) -> list[GoOn]:
    """Those given, with a word at each field that contradicts or lacks something. `ends`: the
    initiative ends by this check-in, which is the other answer."""
    answers = []
    for mark in question.due:
        pk = mark.criterion.pk
        because = form.cleaned_data.get(f"because-{pk}", "")
        is_reached = form.cleaned_data.get(f"reached-{pk}")
        if because and ends:
            form.add_error(
                f"because-{pk}",
                _("You end it in this check-in. Clear this, or keep it going."),
            )
        elif because and mark.asks_the_team and is_reached is None:
            form.add_error(f"reached-{pk}", _("Say whether it has come to this."))
        elif is_reached is not None and not because and not ends:
            form.add_error(f"because-{pk}", _("Say in one sentence why you go on."))
        elif because:
            answers.append(GoOn(mark.criterion, because, is_reached))
    return answers
