"""Questions that several forms about initiatives ask."""

from collections.abc import Iterable, Sized
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.initiatives.actions import Stop
from apps.initiatives.models import EndReason, KillCriterion
from apps.objectives.fields import NumberField
from apps.objectives.figures import MOST_DECIMALS, write_number
from apps.objectives.models import KeyResult
from apps.organisation.models import Team
from apps.organisation.widgets import Choices, DayInput, Words

# A text that anyone still reads; the form refuses more, and keeps what was typed.
LONGEST = 4000
LONGEST_LEARNING = 10_000
MOST_ROWS = 12
MOST_WATCHABLE = 40


def words(label: Any, *, rows: int = 2, max_length: int = LONGEST, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=Words(rows=rows), max_length=max_length, **more)


def learning_field(**more: Any) -> forms.CharField:
    return words(
        gettext_lazy("What did you learn?"),
        rows=3,
        max_length=LONGEST_LEARNING,
        help_text=gettext_lazy(
            "One or two sentences another team could use. What would you do differently?"
        ),
        error_messages={"required": gettext_lazy("Say in one sentence what you learned.")},
        **more,
    )


def reason_field(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=EndReason,
        widget=Choices(**more),
        error_messages={"required": gettext_lazy("Choose the reason that comes nearest.")},
    )


class GoalChoice(forms.TypedChoiceField):
    """One key result of those on the table, under its objective; the team's own come first."""

    def __init__(
        self, *, goals: Iterable[KeyResult], chosen: KeyResult | None, **kwargs: Any
    ) -> None:
        by_pk = {str(goal.pk): goal for goal in goals}
        groups: dict[str, list[tuple[int, str]]] = {}
        for goal in by_pk.values():
            groups.setdefault(goal.objective.title, []).append((goal.pk, key_result_label(goal)))
        super().__init__(
            label=gettext_lazy("Which key result should it move?"),
            choices=[("", gettext_lazy("Choose one")), *groups.items()],
            coerce=by_pk.__getitem__,
            empty_value=None,
            initial=str(chosen.pk) if chosen else None,
            error_messages={"required": gettext_lazy("Choose a key result this should move.")},
            **kwargs,
        )


def key_result_label(goal: KeyResult) -> str:
    unit = goal.unit_beside()
    if not unit:
        return goal.title
    return _("%(key_result)s (in %(unit)s)") % {"key_result": goal, "unit": unit}


def goals_for(team: Team, *also: KeyResult) -> list[KeyResult]:
    """What the team may bet on: what it reports or serves first, then everyone else's."""
    mine = {team.pk, *team.ancestor_ids}
    goals = list(KeyResult.objects.on_the_table().select_related("objective__cycle"))
    goals += [goal for goal in also if goal not in goals]
    return sorted(
        goals,
        key=lambda goal: (
            goal.team_id != team.pk,
            goal.objective.team_id not in mine,
            goal.objective_id,
            goal.position,
        ),
    )


def watchable(goals: Iterable[KeyResult]) -> list[KeyResult]:
    """Whose values a number can be held against; the nearest of goals_for(), for a list that
    one can read."""
    numbers = (*KeyResult.MEASURED, *KeyResult.HOLDING)
    return [goal for goal in goals if goal.kind in numbers][:MOST_WATCHABLE]


STOP_PARTS = ("watched", "observable", "comparator", "limit", "on")
Comparator = KillCriterion.Comparator


class StopRows:
    """Rows of kill criteria in a form: a key result's value or something else that one can
    see, below or above what, on which day."""

    def add_stops(
        self: Any, *, watchable: Iterable[KeyResult], stops: Iterable[KillCriterion] = ()
    ) -> None:
        known = list(stops)
        self.watchable = {str(key_result.pk): key_result for key_result in watchable}
        self.known_stops = len(known)
        self.stop_rows = self._rows("observable_", self.with_one_more(known))
        for row in range(self.stop_rows):
            stop = known[row] if row < len(known) else None
            self.fields |= {
                f"watched_{row}": forms.ChoiceField(
                    label=gettext_lazy("What do you watch?"), required=False,
                    choices=[("", gettext_lazy("Something else that one can see")),
                             *((pk, key_result_label(kr)) for pk, kr in self.watchable.items())],
                    initial=str(stop.key_result_id) if stop and stop.key_result_id else "",
                    widget=forms.Select({"class": "watched"}),
                ),
                f"observable_{row}": forms.CharField(
                    label=gettext_lazy("We stop if this"), max_length=200, required=False,
                    initial=stop and stop.observable,
                ),
                f"comparator_{row}": forms.ChoiceField(
                    label=gettext_lazy("is"), choices=Comparator, required=False,
                    initial=stop.comparator if stop else Comparator.BELOW,
                ),
                f"limit_{row}": forms.CharField(
                    label=gettext_lazy("Limit"), max_length=60, required=False,
                    initial=stop and _limit_as_typed(stop),
                ),
                f"on_{row}": forms.DateField(
                    label=gettext_lazy("on"), widget=DayInput(), required=False,
                    initial=stop and stop.on,
                ),
            }  # fmt: skip
            self.needed_sometimes = (
                *self.needed_sometimes,
                *(f"{name}_{row}" for name in STOP_PARTS),
            )

    @staticmethod
    def with_one_more(known: Sized) -> int:
        """Rows to show: one is always open, and one opens on demand."""
        return max(len(known), 1) + 1

    def _rows(self: Any, name: str, least: int) -> int:
        """As many as were sent, where something was."""
        sent = sum(key.startswith(name) for key in self.data)
        return min(max(sent, least), MOST_ROWS)

    @property
    def stops(self: Any) -> list[dict[str, Any]]:
        return self._laid_out(STOP_PARTS, self.stop_rows, self.known_stops)

    def _laid_out(self: Any, names: tuple[str, ...], rows: int, known: int) -> list[dict[str, Any]]:
        """For the template, a row each; an empty one after those that stand opens on demand."""
        return [
            {name: self[f"{name}_{row}"] for name in names}
            | {"is_one_more": 0 < row >= known and not self.is_bound}
            for row in range(rows)
        ]

    def clean_stops(self: Any, cleaned: dict[str, Any], *, today: date) -> list[Stop]:
        """Takes the rows out of what was cleaned; an empty row is no criterion."""
        stops = []
        for row in range(self.stop_rows):
            watched, observable, comparator, limit, on = (
                cleaned.pop(f"{name}_{row}", None) for name in STOP_PARTS
            )
            if not (watched or observable or limit or on):
                continue
            if on is None and f"on_{row}" not in self.errors:
                self.add_error(f"on_{row}", _("Choose the day on which you look."))
            if on is not None and on < today and f"on_{row}" in self.changed_data:
                self.add_error(f"on_{row}", _("This day is over. Choose one still to come."))
            if watched:
                stops.append(self._on_a_value(row, self.watchable[watched], comparator, limit, on))
                continue
            if not observable:
                self.add_error(f"observable_{row}", _("Say what you watch."))
            if not limit and comparator != Comparator.NOT_DONE:
                self.add_error(f"limit_{row}", _("Say below or above what, like 8% or 200."))
            stops.append(Stop(observable, on, comparator, limit or ""))
        return stops

    def _on_a_value(
        self: Any, row: int, key_result: KeyResult, comparator: str, limit: str, on: date
    ) -> Stop:
        """A limit that the values of this key result can be held against."""
        value = None
        if comparator == Comparator.NOT_DONE:
            self.add_error(f"comparator_{row}", _("A number is below or above a limit. Choose."))
        try:
            value = NumberField(example=Decimal("57.5")).clean(limit)
        except ValidationError as refused:
            self.add_error(f"limit_{row}", refused)
        return Stop("", on, Comparator(comparator), "", key_result, value)


def _limit_as_typed(stop: KillCriterion) -> str:
    if stop.limit_value is None:
        return stop.limit
    return write_number(stop.limit_value, MOST_DECIMALS, str(get_language()))
