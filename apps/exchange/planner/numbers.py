"""Values and confidences of key results, one a day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from apps.exchange import notation
from apps.exchange.plan import Cycle, KeyResult, Team, World
from apps.exchange.planner.cells import Cells, text
from apps.exchange.planner.places import Places
from apps.exchange.problems import Code
from apps.exchange.reader import Row
from apps.objectives.scoring import STAGES, Kind

# The numbers that a kind knows.
ALLOWED = {Kind.STAGES: set(STAGES.values()), Kind.MILESTONE: {Decimal(0), Decimal(1)}}

Number = TypeVar("Number", Decimal, int)
Named = Mapping[tuple[Team, Cycle, str], list[KeyResult]]


class Said(NamedTuple):
    row: Row
    value: Decimal | None
    confidence: int | None


class Numbers:
    def __init__(self, cells: Cells, world: World, places: Places) -> None:
        self.cells, self.world, self.places = cells, world, places
        named = by_name(world)
        last: dict[tuple[KeyResult, date], Said] = {}
        for row in cells.rows("measurements"):
            # Each cell is looked at, whatever is wrong with those beside it.
            cells.number(row, "baseline")
            cells.number(row, "target")
            day, value, confidence = self._day(row), cells.number(row, "value"), self._sure(row)
            zone = self._zone(row)
            if not (row["value"] or row["zone"] or row["confidence_0_10"]):
                cells.note(row, Code.NOTHING_MEASURED, "value")
            key_result = self._key_result(row, named)
            if key_result is None or day is None:
                continue
            value = self._value(row, key_result, value, zone)
            if (key_result, day) in last:
                cells.note(row, Code.TWO_VALUES, "date")
            last[key_result, day] = Said(row, value, confidence)
        for (key_result, day), said in last.items():
            self._add(key_result, day, said)

    def _day(self, row: Row) -> date | None:
        if not row["date"]:
            self.cells.note(row, Code.MISSING, "date")
            return None
        day = self.cells.day(row, "date")
        if day and day > self.world.today:
            self.cells.note(row, Code.DAY_TO_COME, "date")
            return None
        return day

    def _sure(self, row: Row) -> int | None:
        said = row["confidence_0_10"]
        if not said:
            return None
        if said not in map(str, range(11)):
            self.cells.note(row, Code.CONFIDENCE, "confidence_0_10")
            return None
        return int(said)

    def _key_result(self, row: Row, named: Named) -> KeyResult | None:
        found = self.cells.needed(row, "team", "cycle", "key_result")
        if not found:
            return None
        team, cycle_name, title = found
        cycle = self.places.known_cycle(cycle_name)
        fitting = [
            key_result
            for known in self.places.known_teams(team)
            if cycle
            for key_result in named.get((known, cycle, title), [])
            if row["objective"] == "" or key_result.objective.title == text(row, "objective")
        ]
        if len(fitting) == 1:
            return fitting[0]
        code = Code.KEY_RESULT_AMBIGUOUS if fitting else Code.KEY_RESULT_UNKNOWN
        self.cells.note(row, code, "key_result", team=team, cycle=cycle_name)
        return None

    def _zone(self, row: Row) -> Decimal | None:
        zone = notation.ZONES.get(row["zone"].upper())
        if row["zone"] and zone is None:
            self.cells.note(row, Code.ZONE, "zone")
        return zone

    def _value(
        self, row: Row, key_result: KeyResult, value: Decimal | None, zone: Decimal | None
    ) -> Decimal | None:
        """The number, or what its zone stands for."""
        if zone is not None:
            if key_result.kind != Kind.STAGES:
                self.cells.note(row, Code.ZONE_WITHOUT_STAGES, "zone")
            elif value not in {None, zone}:
                self.cells.note(row, Code.VALUE_AND_ZONE, "value")
            return zone
        allowed = ALLOWED.get(Kind(key_result.kind)) if key_result.kind else None
        if value is not None and allowed and value not in allowed:
            figures = ", ".join(notation.write_figure(number) for number in sorted(allowed))
            self.cells.note(row, Code.STAGE_VALUE, "value", allowed=figures)
        return value

    def _add(self, key_result: KeyResult, day: date, said: Said) -> None:
        standing, new = key_result.standing, key_result.new
        value = self._new(said.row, "value", said.value, standing.values.get(day))
        sure = self._new(
            said.row, "confidence_0_10", said.confidence, standing.confidences.get(day)
        )
        if value is None and sure is None:
            return
        objective = key_result.objective
        if not objective.takes_more:
            self.cells.note(said.row, Code.NOT_IMPORTED, "key_result")
        elif self.places.is_open(said.row, objective.team, objective.cycle):
            if value is not None:
                new.values[day] = value
            if sure is not None:
                new.confidences[day] = sure

    def _new(
        self, row: Row, column: str, said: Number | None, stands: Number | None
    ) -> Number | None:
        """What it adds; what stands already is never overwritten."""
        if stands is None:
            return said
        if said is not None and said != stands:
            self.cells.note(row, Code.VALUE_STANDS, column, stands=stands)
        return None


def by_name(world: World) -> Named:
    named: dict[tuple[Team, Cycle, str], list[KeyResult]] = {}
    for (team, cycle, _title), objective in world.objectives.items():
        for key_result in objective.key_results.values():
            named.setdefault((team, cycle, key_result.title), []).append(key_result)
    return named
