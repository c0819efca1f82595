"""A list as what it would become here. What stands already has a key, what is new has 0."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from apps.exchange.notation import read_stages
from apps.exchange.problems import Problem
from apps.objectives.scoring import Kind

ORDINAL = "ordinal"


@dataclass(eq=False, slots=True)
class Team:
    name: str
    parent: "Team | None" = None
    pk: int = 0
    is_archived: bool = False


@dataclass(eq=False, slots=True)
class Cycle:
    name: str
    slug: str
    starts: date
    ends: date
    pk: int = 0
    is_open: bool = True


@dataclass(eq=False, slots=True)
class Objective:
    team: Team
    cycle: Cycle
    title: str
    source: str = ""
    owner: int | None = None
    pk: int = 0
    # What was not imported, or is not committed to any more, gets nothing added.
    takes_more: bool = True
    key_results: "dict[str, KeyResult]" = field(default_factory=dict)
    initiatives: "dict[str, Initiative]" = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Numbers:
    """Of a key result, one a day."""

    values: dict[date, Decimal] = field(default_factory=dict)
    confidences: dict[date, int] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class KeyResult:
    """As the list says it: `metric` may hold the three stages, and the unit then is ordinal."""

    objective: Objective
    title: str
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    kind: str = ""
    pk: int = 0
    standing: Numbers = field(default_factory=Numbers)
    new: Numbers = field(default_factory=Numbers)

    @property
    def stages(self) -> tuple[str, str, str] | None:
        return read_stages(self.metric) if self.unit == ORDINAL else None

    def infer_kind(self) -> str:
        """Only what start, target or stages say by themselves; nothing is invented."""
        if self.stages:
            return Kind.STAGES
        if self.baseline is None or self.target is None or self.baseline == self.target:
            return ""
        return Kind.INCREASE if self.target > self.baseline else Kind.DECREASE

    @property
    def decimals(self) -> int:
        """As many as its numbers have, so that each shows as it was said."""
        said = [self.baseline, self.target, *self.new.values.values()]
        exponents = [
            number.normalize().as_tuple().exponent for number in said if number is not None
        ]
        return max([-exponent for exponent in exponents if isinstance(exponent, int)] + [0])


@dataclass(eq=False, slots=True)
class Initiative:
    objective: Objective
    title: str
    key_results: list[KeyResult] = field(default_factory=list)
    pk: int = 0


@dataclass
class World:
    """What stands here, as far as a list touches it; a plan adds to it."""

    root: Team
    today: date
    teams: dict[str, list[Team]] = field(default_factory=dict)
    cycles: dict[str, Cycle] = field(default_factory=dict)
    # The address of each cycle that the list names.
    slugs: dict[str, str] = field(default_factory=dict)
    # By address and by name.
    people: dict[str, list[int]] = field(default_factory=dict)
    objectives: dict[tuple[Team, Cycle, str], Objective] = field(default_factory=dict)


@dataclass
class Plan:
    world: World
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_error]

    @property
    def teams(self) -> list[Team]:
        return [team for named in self.world.teams.values() for team in named if not team.pk]

    @property
    def cycles(self) -> list[Cycle]:
        return [cycle for cycle in self.world.cycles.values() if not cycle.pk]

    @property
    def objectives(self) -> list[Objective]:
        return [objective for objective in self.world.objectives.values() if not objective.pk]

    def all_key_results(self) -> Iterator[KeyResult]:
        for objective in self.world.objectives.values():
            yield from objective.key_results.values()

    @property
    def key_results(self) -> list[KeyResult]:
        return [key_result for key_result in self.all_key_results() if not key_result.pk]

    @property
    def initiatives(self) -> list[Initiative]:
        return [
            initiative
            for objective in self.world.objectives.values()
            for initiative in objective.initiatives.values()
            if not initiative.pk
        ]

    @cached_property
    def counts(self) -> dict[str, int]:
        """What it adds, whether that has been done since or not."""
        numbers = [key_result.new for key_result in self.all_key_results()]
        return {
            "teams": len(self.teams),
            "cycles": len(self.cycles),
            "objectives": len(self.objectives),
            "key_results": len(self.key_results),
            "initiatives": len(self.initiatives),
            "measurements": sum(len(new.values) for new in numbers),
            "confidences": sum(len(new.confidences) for new in numbers),
        }

    @property
    def gaps(self) -> dict[str, int]:
        """What the new key results do not say."""
        new = self.key_results
        numeric = [key_result for key_result in new if key_result.kind != Kind.STAGES]
        return {
            "kind": sum(not key_result.kind for key_result in new),
            "baseline": sum(key_result.baseline is None for key_result in numeric),
            "target": sum(key_result.target is None for key_result in numeric),
        }
