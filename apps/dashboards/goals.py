"""Key results under their objectives."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.notices.rows import Row, changes
from apps.objectives.models import Objective


@dataclass(frozen=True)
class Goal:
    """An objective with the key results that count for it."""

    objective: Objective
    rows: list[Row]
    today: date

    def told(self, whole: dict[int, Row]) -> "Goal":
        """From glances at its key results, with their whole rows in the place of those."""
        rows = [whole[row.key_result.pk] for row in self.rows]
        return replace(self, objective=rows[0].key_result.objective, rows=rows)

    @property
    def is_well(self) -> bool:
        """On a phone it folds to one line."""
        return all(row.is_well for row in self.rows)

    @cached_property
    def worst(self) -> Row:
        return min(self.rows, key=lambda row: row.reading.sort_rank)

    @property
    def how_many(self) -> str:
        n = len(self.rows)
        if n == 2:
            return _("both key results")
        return ngettext("the one key result", "all %(n)d key results", n) % {"n": n}

    @property
    def by(self) -> str:
        """Whose it is, and how many were heard."""
        owner = self.objective.owner
        name = owner.name if owner else _("Owner unknown")
        heard = self.rows[0].people_heard
        if not heard:
            return name
        words = ngettext(
            "%(owner)s, with input from %(n)d person",
            "%(owner)s, with input from %(n)d people",
            heard,
        )
        return words % {"owner": name, "n": heard}

    @property
    def means(self) -> str:
        return changes(self.rows, today=self.today)


def under_objectives(rows: list[Row], *, today: date, worst_first: bool = False) -> list[Goal]:
    """In the leaders' own order, or with what is worst off first."""
    found: dict[Objective, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key_result.objective, []).append(row)
    goals = [Goal(objective, of, today) for objective, of in found.items()]
    if not worst_first:
        return sorted(goals, key=lambda goal: (goal.objective.position, goal.objective.pk))
    for goal in goals:
        goal.rows.sort(key=lambda row: row.reading.sort_rank)
    return sorted(goals, key=lambda goal: goal.worst.reading.sort_rank)
