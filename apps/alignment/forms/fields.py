"""Questions that several forms of alignment ask."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import User
from apps.organisation.widgets import Words

# A text that anyone still reads; the form refuses more, and keeps what was typed.
LONGEST = 4000


def words(label: Any, *, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=rows), max_length=LONGEST, **more)


def texts_of(stored: Any, names: Iterable[str]) -> Any:
    """Of a row, for a form that shows what is stored now: its texts, and nothing that is a list."""
    return SimpleNamespace(
        version=stored.version, **{name: getattr(stored, name) for name in names}
    )


def told(stored: Iterable[models.Model], ticked: Iterable[models.Model]) -> str | None:
    """What is stored now of a list to tick, by name; None where the same was ticked."""
    rows = list(stored)
    if set(rows) == set(ticked):
        return None
    return ", ".join(str(row) for row in rows) or _("None")


class GoalField(forms.ChoiceField):
    """An objective as a whole, or one of its key results. Some are offered; any that the person
    can see may be meant."""

    def __init__(self, *, user: User, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Which goal?"),
            error_messages={"required": gettext_lazy("Choose a goal.")},
            **kwargs,
        )
        self.user = user

    def offer(self, objectives: Iterable[Objective]) -> None:
        self.choices = [("", _("Choose one")), *(self._group(one) for one in objectives)]

    @staticmethod
    def _group(objective: Objective) -> tuple[str, list[tuple[str, str]]]:
        counted = (row for row in objective.key_results.all() if row.dropped_at is None)
        name = _("%(objective)s (%(team)s)") % {"objective": objective, "team": objective.team}
        return name, [
            (f"o-{objective.pk}", _("The objective as a whole")),
            *((f"k-{row.pk}", row.title) for row in counted),
        ]

    def valid_value(self, value: Any) -> bool:
        return True

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if not chosen:
            return None
        kind, _dash, digits = chosen.partition("-")
        found: Objective | KeyResult | None = None
        if digits.isdecimal() and len(digits) < 19:
            if kind == "o":
                objectives = Objective.objects.visible_to(self.user)
                found = objectives.select_related("team", "cycle").filter(pk=digits).first()
            elif kind == "k":
                key_results = KeyResult.objects.visible_to(self.user)
                rows = key_results.select_related("objective__team", "objective__cycle")
                found = rows.filter(pk=digits).first()
        if found is None:
            raise ValidationError(_("This goal is not there any more. Choose another."))
        return found
