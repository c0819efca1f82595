"""What becomes of an initiative, as a check-in asks it: a few radios, and what each needs."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.checkins.actions import ENDS, Move
from apps.checkins.asked import InitiativeQuestion
from apps.checkins.fields import LONGEST_TEXT, words
from apps.initiatives.models import EndReason, Initiative
from apps.organisation.widgets import DayInput, Segmented

LONGEST_TITLE = 120
# What each move needs, by the name of its field; the last two are not always needed.
NEEDED = {
    "pause": ("why", "again"),
    "swap": ("reason", "learning", "successor", "title"),
    "kill": ("reason", "learning"),
    "finish": ("delivered", "learning"),
    "resume": (),
}
WORDS = {
    "": gettext_lazy("Keep going"),
    "pause": gettext_lazy("Pause"),
    "resume": gettext_lazy("Resume"),
    "swap": gettext_lazy("Swap"),
    "kill": gettext_lazy("Kill"),
    "finish": gettext_lazy("Finish"),
}


class Opened(NamedTuple):
    """A question, and the moves that open it: “kill swap”."""

    field: BoundField
    by: str


class Ending(NamedTuple):
    """An end that is final, for whoever sends it to see and confirm."""

    token: str
    headline: str
    lines: list[str]


def fields_of(question: InitiativeQuestion, free: list[dict[str, Any]]) -> dict[str, forms.Field]:
    """By name, without the number of the initiative; `free` are proposed and could succeed it."""
    verbs = question.verbs
    if not verbs:
        return {}
    fields: dict[str, forms.Field] = {
        "move": forms.ChoiceField(
            label=_("What becomes of it?"),
            choices=[("", question.stay), *((verb, WORDS[verb]) for verb in verbs)],
            required=False,
            widget=Segmented(),
            error_messages={
                "invalid_choice": _("“%(title)s” stands differently by now. Choose again.")
                % {"title": question.initiative.title.replace("%", "%%")}
            },
        )
    }
    asked = {name for verb in verbs for name in NEEDED[verb]}
    for name, field in _all(free).items():
        if name in asked:
            fields[name] = field
    return fields


def _all(free: list[dict[str, Any]]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "why": words(_("Why pause?"), 200),
        "again": forms.DateField(label=_("Look again on"), required=False, widget=DayInput()),
        "delivered": words(_("What was delivered?"), LONGEST_TEXT),
        "reason": forms.ChoiceField(
            label=_("Why does it end?"), choices=[("", "–"), *EndReason.choices], required=False
        ),
        "learning": words(
            _("What did you learn?"),
            LONGEST_TEXT,
            help_text=_("One or two sentences another team could use."),
        ),
    }
    if free:
        fields["successor"] = forms.TypedChoiceField(
            label=_("What takes its place?"),
            choices=[("", _("Something new")), *((o["pk"], o["title"]) for o in free)],
            coerce=lambda pk: Initiative.objects.get(pk=pk),
            empty_value=None,
            required=False,
        )
    fields["title"] = forms.CharField(
        label=_("What do you want to try?"),
        help_text=_("It gets the key results of this one, and waits as proposed until you say "
                    "what you believe and when you would stop."),
        max_length=LONGEST_TITLE,
        required=False,
    )  # fmt: skip
    return fields


def opened(form: forms.Form, question: InitiativeQuestion) -> list[Opened]:
    found = []
    for name in ("why", "again", "delivered", "reason", "successor", "title", "learning"):
        if f"{name}-{question.pk}" in form.fields:
            by = " ".join(verb for verb in question.verbs if name in NEEDED[verb])
            found.append(Opened(form[f"{name}-{question.pk}"], by))
    return found


class MoveRead:
    """What was chosen for one initiative, with a word at each field that it lacks."""

    def __init__(self, form: forms.Form, question: InitiativeQuestion, *, today: date) -> None:
        self.form, self.question, self.today = form, question, today
        self.verb: str = self.given("move") or ""

    def given(self, name: str) -> Any:
        return self.form.cleaned_data.get(f"{name}-{self.question.pk}")

    def need(self, name: str, sentence: str) -> None:
        field = f"{name}-{self.question.pk}"
        if not self.given(name) and field not in self.form.errors:
            self.form.add_error(field, sentence)

    def check(self) -> None:
        learned = _("Say in one sentence what you learned.")
        match self.verb:
            case "pause":
                self.need("why", _("Say in a few words why it waits."))
                if self.given("again") and self.given("again") <= self.today:
                    field = f"again-{self.question.pk}"
                    self.form.add_error(field, _("Choose a day still to come."))
            case "finish":
                self.need("delivered", _("Say in one sentence what was delivered."))
            case "kill" | "swap":
                self.need("reason", _("Choose the reason that comes nearest."))
                self.need("learning", learned)
                if self.verb == "swap" and self.given("successor") is None:
                    self.need("title", _("Say in a few words what you want to try."))

    @property
    def move(self) -> Move | None:
        match self.verb:
            case "":
                return None
            case "pause":
                said = {"reason": self.given("why"), "look_again_on": self.given("again")}
            case "finish":
                said = {"delivered": self.given("delivered"), "learning": self.given("learning")}
            case "kill" | "swap":
                said = {"reason": self.given("reason"), "learning": self.given("learning")}
                if self.verb == "swap":
                    successor = self.given("successor")
                    title = "" if successor else self.given("title")
                    said |= {"successor": successor, "title": title}
            case _resume:
                said = {}
        return Move(self.verb, said)

    @property
    def done(self) -> str:
        """The word about it, once it is done."""
        words = {
            "title": self.question.initiative.title,
            "successor": self.given("successor") or self.given("title"),
        }
        return {
            "pause": _("“%(title)s” is paused."),
            "resume": _("“%(title)s” is active again."),
            "kill": _("“%(title)s” is killed. What you learned stays."),
            "finish": _("“%(title)s” is finished."),
            "swap": _("“%(title)s” has ended, for “%(successor)s”."),
        }[self.verb] % words

    @property
    def ending(self) -> Ending | None:
        if self.verb not in ENDS:
            return None
        title = {"title": self.question.initiative.title}
        match self.verb:
            case "kill":
                headline = _("Kill “%(title)s”") % title
            case "finish":
                headline = _("Finish “%(title)s”") % title
            case _swap:
                successor = self.given("successor") or self.given("title")
                title["successor"] = str(successor)
                headline = _("Swap “%(title)s” for “%(successor)s”") % title
        return Ending(f"{self.verb}-{self.question.pk}", headline, self._lines())

    def _lines(self) -> list[str]:
        lines = []
        if self.verb == "finish":
            lines.append(_("Delivered: %(text)s") % {"text": self.given("delivered")})
        else:
            reason = EndReason(self.given("reason")).label
            lines.append(_("Why: %(text)s") % {"text": reason})
        if learning := self.given("learning"):
            lines.append(_("Learned: %(text)s") % {"text": learning})
        return lines
