"""Clean what people typed; nothing here writes or looks at rights."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.alignment.scores import STEPS
from apps.organisation.widgets import DayInput, Scale

CERTAIN = (_("very uncertain"), _("very certain"))
AGREE = (_("disagree"), _("agree"))
# In the order of scores.ALIGNMENT and scores.AUTONOMY.
QUESTIONS = (
    (_("How certain are you what your team’s goals are?"), CERTAIN),
    (_("How certain are you how your work serves the goals above?"), CERTAIN),
    (_("I can decide on my own how to go about my work."), AGREE),
    (_("I have considerable freedom in how I do it."), AGREE),
)


class OpenPulseForm(forms.Form):
    until = forms.DateField(
        label=_("Until when?"),
        widget=DayInput(),
        help_text=_("The last day on which people can answer. Results come after it."),
        error_messages={
            "required": _("Choose the last day on which people can answer."),
            "invalid": _("Write a day like 2026-12-04."),
        },
    )
    every_weeks = forms.TypedChoiceField(
        label=_("Ask again by itself?"),
        choices=[
            ("", _("No, only this time")),
            ("4", _("Every four weeks")),
            ("8", _("Every eight weeks")),
            ("13", _("Every thirteen weeks")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the rhythms in the list.")},
    )


class ClosePulseForm(forms.Form):
    pass


class AnswerPulseForm(forms.Form):
    """Four questions; nothing is prefilled, and every one is answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, (question, (low, high)) in enumerate(QUESTIONS):
            self.fields[f"question_{place}"] = forms.TypedChoiceField(
                label=question,
                choices=[(str(step), str(step)) for step in range(1, STEPS + 1)],
                coerce=int,
                widget=Scale(low=low, high=high),
                error_messages=dict.fromkeys(
                    ["required", "invalid_choice"],
                    gettext("Question %(n)d: choose a number from 1 to 6.") % {"n": place + 1},
                ),
            )

    @property
    def answers(self) -> Sequence[int]:
        return [self.cleaned_data[f"question_{place}"] for place in range(len(QUESTIONS))]
