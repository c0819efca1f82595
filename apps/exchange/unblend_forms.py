"""What is typed to un-blend a list: the list itself, and what each of its lines is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.exchange.unblend import Kind
from apps.exchange.unblend_actions import needs_objective
from apps.exchange.unblended import Choice, Line, UnblendedList
from apps.objectives.fields import NumberField
from apps.objectives.forms.objective import offer
from apps.objectives.models import Cycle
from apps.organisation.models import Team
from apps.organisation.widgets import Words
from apps.organisation.writes import VersionedForm

LONGEST_LIST = 100_000
LARGEST_FILE = 400_000
LONGEST_TEXT = 4000
FILES = (".txt", ".md", ".csv", ".tsv")

KINDS = {
    Kind.OBJECTIVE: gettext_lazy("Objective"),
    Kind.KEY_RESULT: gettext_lazy("Key result"),
    Kind.INITIATIVE: gettext_lazy("Initiative"),
    Kind.NOT_SURE: gettext_lazy("Not sure"),
}


class PasteForm(forms.Form):
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Whose list is it?"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a team.")},
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=gettext_lazy("Cycle"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a cycle.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy(
            "One thing a line, as it is: with bullets, numbers or indents, or copied from a table."
        ),
        required=False,
        max_length=LONGEST_LIST,
        strip=False,
        widget=Words(rows=12),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("Text, Markdown or CSV in UTF-8."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(FILES)}),
    )
    needed_sometimes = ("text",)

    def __init__(
        self, *args: Any, teams: Iterable[Team], cycles: Iterable[Cycle], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["team"], Team.objects.standing(), teams)
        offer(self.fields["cycle"], Cycle.objects.all(), cycles)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.pop("file", None)
        cleaned["is_table"] = False
        if file is not None:
            cleaned["text"], cleaned["is_table"] = self._read(file)
        elif not cleaned.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("Paste a list, or choose a file."))
        return cleaned

    def _read(self, file: Any) -> tuple[str, bool]:
        name = file.name.casefold()
        if not name.endswith(FILES):
            self.add_error(
                "file",
                _("Choose a file in text, Markdown or CSV. From a spreadsheet, copy the rows."),
            )
        elif file.size > LARGEST_FILE:
            self.add_error("file", _("This file is too large. Bring in a part of it at a time."))
        else:
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This file can’t be read. Save it in UTF-8."))
            else:
                if len(text) <= LONGEST_LIST and "\0" not in text:
                    return text, name.endswith((".csv", ".tsv"))
                self.add_error("file", _("This is no text, or too much of it at a time."))
        return "", False


class LineForm(forms.Form):
    """One line of the list. Drawn by hand: a list has up to 500 of them."""

    kind = forms.TypedChoiceField(choices=list(KINDS.items()), coerce=Kind)
    start = NumberField(label=gettext_lazy("From"), required=False)
    target = NumberField(label=gettext_lazy("To"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=20, required=False)
    moves = forms.CharField(label=gettext_lazy("Should move"), max_length=160, required=False)
    will = forms.CharField(
        label=gettext_lazy("Will, so we believe,"), max_length=LONGEST_TEXT, required=False
    )
    know_when = forms.CharField(
        label=gettext_lazy("How would we notice that it worked?"),
        max_length=LONGEST_TEXT,
        required=False,
    )

    def __init__(self, data: Any, *, line: Line, prefix: str) -> None:
        start, target = line.choice.figures
        initial = {
            "kind": line.kind, "start": start, "target": target, "unit": line.choice.unit,
            "moves": line.choice.moves, "will": line.choice.will,
            "know_when": line.choice.know_when,
        }  # fmt: skip
        super().__init__(data, initial=initial, prefix=prefix)
        self.line = line

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, target = cleaned.get("start"), cleaned.get("target")
        if cleaned.get("kind") is Kind.KEY_RESULT and start is not None and start == target:
            self.add_error("target", _("Target and start are the same. Change one of them."))
        return cleaned

    @property
    def choice(self) -> Choice:
        figures = {name: self.cleaned_data[name] for name in ("start", "target")}
        plain = {name: "" if value is None else f"{value:f}" for name, value in figures.items()}
        return Choice(**(self.cleaned_data | plain))


class SortForm(VersionedForm):
    objective_title = forms.CharField(
        label=gettext_lazy("Is the objective not in the list?"),
        help_text=gettext_lazy("Then write it here: what should be true at the end?"),
        max_length=160,
        required=False,
    )

    def __init__(self, data: Any, *, unblended: UnblendedList) -> None:
        initial = {"objective_title": unblended.objective_title}
        super().__init__(data, version=unblended.version, initial=initial)
        self.lines = [
            LineForm(data, line=line, prefix=f"line-{place}")
            for place, line in enumerate(unblended.lines)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refused = [line for line in self.lines if not line.is_valid()]
        if refused:
            raise ValidationError(_("Some lines need another look. What you chose is kept."))
        choices = [line.choice for line in self.lines]
        kinds = {choice.kind for choice in choices}
        if "objective_title" in cleaned:
            refusal = needs_objective(kinds, cleaned["objective_title"])
            if refusal:
                self.add_error("objective_title", refusal)
        return cleaned | {"choices": choices}


class CreateForm(VersionedForm):
    pass
