"""Objectives, their key results and the initiatives beside them, from the rows of a list."""

from decimal import Decimal
from typing import NamedTuple

from apps.exchange.plan import ORDINAL, Initiative, KeyResult, Objective, World
from apps.exchange.planner.cells import Cells, text
from apps.exchange.planner.places import Places
from apps.exchange.problems import Code
from apps.exchange.reader import Row

LONGEST_STAGE = 500
DETAILS = ("metric", "unit", "baseline", "target")
NOTHING = (None, "")


class Said(NamedTuple):
    """What one row says of a key result; None for a text that is too long."""

    title: str | None
    metric: str
    unit: str | None
    baseline: Decimal | None
    target: Decimal | None

    @property
    def details(self) -> list[str]:
        return [name for name in DETAILS if getattr(self, name) not in NOTHING]


class Goals:
    def __init__(self, cells: Cells, world: World, places: Places) -> None:
        self.cells, self.world, self.places = cells, world, places
        self.owners_said: dict[Objective, str] = {}
        for row in cells.rows("okrs"):
            # Each cell is looked at, whatever is wrong with those beside it.
            said, initiative = self._said(row), cells.short(row, "initiative")
            objective = self._objective(row)
            if objective:
                key_result = self._key_result(row, objective, said)
                self._initiative(row, objective, key_result, initiative)
        for objective in world.objectives.values():
            for key_result in objective.key_results.values():
                if not key_result.pk:
                    key_result.kind = key_result.infer_kind()

    def _said(self, row: Row) -> Said:
        cells = self.cells
        said = Said(
            title=cells.short(row, "key_result"),
            metric=row["metric"],
            unit=cells.short(row, "unit"),
            baseline=cells.number(row, "baseline"),
            target=cells.number(row, "target"),
        )
        if said.title == "" and said.details:
            cells.note(row, Code.MISSING, "key_result")
        return said

    def _objective(self, row: Row) -> Objective | None:
        source = self.cells.short(row, "source")
        found = self.cells.needed(row, "team", "cycle", "objective")
        if not found:
            return None
        team_name, cycle_name, title = found
        team, cycle = self.places.team(row, team_name), self.places.cycle(row, cycle_name)
        if team is None or cycle is None:
            return None
        objective = self.world.objectives.get((team, cycle, title))
        if objective is None:
            if not self.places.is_open(row, team, cycle):
                return None
            objective = Objective(team, cycle, title, source or "")
            self.world.objectives[team, cycle, title] = objective
        if not objective.pk:
            self._own(row, objective)
        return objective

    def _own(self, row: Row, objective: Objective) -> None:
        """An owner whom nobody here answers to stays unknown."""
        said = text(row, "owner")
        if not said:
            return
        first = self.owners_said.setdefault(objective, said)
        people = self.world.people.get(said.casefold(), [])
        if first != said:
            self.cells.note(row, Code.OWNER_TWICE, "owner", kept=first)
        elif len(people) == 1:
            objective.owner = people[0]
        else:
            self.cells.note(row, Code.OWNER_UNKNOWN, "owner")

    def _may_add(self, row: Row, objective: Objective, column: str) -> bool:
        """Import adds to what came by import, and to nothing else."""
        if not objective.pk:
            return True
        if not objective.takes_more:
            self.cells.note(row, Code.OBJECTIVE_STANDS, column)
            return False
        return self.places.is_open(row, objective.team, objective.cycle)

    def _key_result(self, row: Row, objective: Objective, said: Said) -> KeyResult | None:
        if not said.title or said.unit is None:
            return None
        key_result = objective.key_results.get(said.title)
        if key_result:
            self._compare(row, key_result, said)
            return key_result
        if not self._may_add(row, objective, "key_result"):
            return None
        key_result = objective.key_results[said.title] = KeyResult(
            objective, said.title, said.metric, said.unit, said.baseline, said.target
        )
        self._look_at(row, key_result)
        return key_result

    def _look_at(self, row: Row, key_result: KeyResult) -> None:
        if key_result.unit == ORDINAL and key_result.stages is None:
            self.cells.note(row, Code.STAGES_UNREADABLE, "metric")
        longest = max(map(len, key_result.stages or ()), default=0)
        if longest > LONGEST_STAGE:
            self.cells.note(row, Code.CELL_TOO_LONG, "metric", most=LONGEST_STAGE, n=longest)
        if key_result.baseline is not None and key_result.baseline == key_result.target:
            self.cells.note(row, Code.NO_WAY, "target")

    def _compare(self, row: Row, key_result: KeyResult, said: Said) -> None:
        """A row that names it again may say what no row before it said."""
        for name in said.details:
            before, now = getattr(key_result, name), getattr(said, name)
            if now == before:
                continue
            if key_result.pk:
                self.cells.note(row, Code.KEY_RESULT_STANDS, name)
            elif before in NOTHING:
                setattr(key_result, name, now)
                self._look_at(row, key_result)
            else:
                self.cells.note(row, Code.SAID_TWICE, name)

    def _initiative(
        self, row: Row, objective: Objective, key_result: KeyResult | None, title: str | None
    ) -> None:
        if not title:
            return
        initiative = objective.initiatives.get(title)
        if initiative is None:
            if not self._may_add(row, objective, "initiative"):
                return
            initiative = objective.initiatives[title] = Initiative(objective, title)
        if key_result:
            if not initiative.pk and key_result not in initiative.key_results:
                initiative.key_results.append(key_result)
            linked = {"key_result": key_result.title}
            self.cells.note(row, Code.INITIATIVE_LINKED, "initiative", **linked)
