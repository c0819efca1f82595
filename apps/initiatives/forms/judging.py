"""How a bet does: the answer to a stop mark, evidence along the way, the verdict."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.initiatives.forms.fields import words
from apps.initiatives.models import Verdict
from apps.initiatives.stops import StopMark
from apps.organisation.widgets import Choices, DayInput
from apps.organisation.writes import VersionedForm


class GoOnForm(VersionedForm):
    """Where no number says whether it has come to this, the team does."""

    is_reached = forms.TypedChoiceField(
        label=gettext_lazy("Has it come to this?"),
        choices=[("yes", gettext_lazy("Yes, and we go on all the same")),
                 ("no", gettext_lazy("No, it has not come to this"))],
        coerce=lambda said: said == "yes", empty_value=None, widget=Choices(),
        error_messages={"required": gettext_lazy("Say whether it has come to this.")},
    )  # fmt: skip
    because = words(
        gettext_lazy("Why do you go on?"),
        help_text=gettext_lazy("What you saw, and what makes it worth going on."),
        error_messages={"required": gettext_lazy("Say in one sentence why you go on.")},
    )

    def __init__(self, *args: Any, stop: StopMark, **kwargs: Any) -> None:
        super().__init__(*args, version=stop.initiative.version, **kwargs)
        if not stop.asks_the_team:
            del self.fields["is_reached"]


class EvidenceForm(forms.Form):
    text = words(
        gettext_lazy("What did you see?"), rows=3,
        help_text=gettext_lazy("A figure, a sentence somebody said, something you watched."),
        error_messages={"required": gettext_lazy("Say in one sentence what you saw.")},
    )  # fmt: skip
    day = forms.DateField(
        label=gettext_lazy("On which day?"), widget=DayInput(),
        error_messages={"required": gettext_lazy("Choose the day on which you saw it.")},
    )  # fmt: skip
    url = forms.URLField(
        label=gettext_lazy("Link"), required=False, max_length=500, assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
        help_text=gettext_lazy("Where it is written down: a page that begins with https://"),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].initial = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class VerdictForm(VersionedForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Did it move the key result?"), choices=Verdict.Kind,
        widget=Choices(opens={Verdict.Kind.TOO_EARLY}),
        error_messages={"required": gettext_lazy("Choose the verdict that comes nearest.")},
    )  # fmt: skip
    ask_again_on = forms.DateField(
        label=gettext_lazy("When shall it be asked again?"), widget=DayInput(), required=False
    )
    evidence = words(
        gettext_lazy("What makes you say so?"), rows=3,
        help_text=gettext_lazy("What you saw, and which other causes there may be."),
        error_messages={"required": gettext_lazy("Say in one sentence what makes you say so.")},
    )  # fmt: skip
    needed_sometimes = ("ask_again_on",)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != Verdict.Kind.TOO_EARLY:
            cleaned["ask_again_on"] = None
        elif "ask_again_on" not in self.errors:
            day = cleaned["ask_again_on"]
            if day is None or day <= self.today:
                self.add_error("ask_again_on", _("Choose a day still to come."))
        return cleaned
