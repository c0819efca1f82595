"""What a key result's drawings share: the clock of its cycle, its values and its road."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Self

from apps.objectives.charts.marks import Point
from apps.objectives.scoring import AHEAD, OPENING, WEEK, Step, Value

MONTHS_FROM_WEEKS = 27  # a cycle of as many is told in months


@dataclass(frozen=True)
class Timeline:
    """A cycle as a scale: its first day is 0, its last is 1. All drawings stand on it."""

    starts: date
    ends: date
    today: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days

    def share(self, day: date) -> float:
        return (day - self.starts).days / self.days

    def clipped(self, day: date) -> float:
        return max(0.0, min(1.0, self.share(day)))

    @property
    def now(self) -> float:
        return self.clipped(self.today)

    @property
    def is_running(self) -> bool:
        return self.starts <= self.today <= self.ends

    @property
    def tells_months(self) -> bool:
        return round(self.days / WEEK) >= MONTHS_FROM_WEEKS

    def months(self) -> list[date]:
        """The days that open a month in it; the first day stands for its own month."""
        later = range(
            self.starts.year * 12 + self.starts.month, self.ends.year * 12 + self.ends.month
        )
        return [self.starts, *(date(n // 12, n % 12 + 1, 1) for n in later)]


class Stretch(NamedTuple):
    """A target between two amendments, on the timeline."""

    begins: float
    until: float
    target: float


class Band(NamedTuple):
    """The upper and the lower edge of the expected range."""

    upper: list[Point]
    lower: list[Point]

    @property
    def outline(self) -> list[Point]:
        return self.upper + self.lower[::-1]

    @property
    def middle(self) -> list[Point]:
        return [
            (x, (up + down) / 2) for (x, up), (_, down) in zip(self.upper, self.lower, strict=True)
        ]


@dataclass(frozen=True)
class Course:
    """evenly: expected to move day by day, as a milestone is not. rhythm: days between values."""

    timeline: Timeline
    values: Sequence[Value]
    state: str
    baseline: Decimal | None = None
    steps: Sequence[Step] = ()
    effect_from: date | None = None
    evenly: bool = True
    rhythm: int = WEEK

    @cached_property
    def points(self) -> list[Point]:
        """Those of the cycle, in plain floats; what lies before it is history."""
        line = self.timeline
        return [
            (line.share(day), float(value))
            for day, value in self.values
            if line.starts <= day <= line.ends
        ]

    @cached_property
    def path(self) -> list[Point]:
        """From the start value on."""
        if self.baseline is None or (self.points and self.points[0][0] == 0):
            return self.points
        return [(0.0, float(self.baseline)), *self.points]

    @cached_property
    def stretches(self) -> list[Stretch]:
        begins = [0.0, *(self.timeline.clipped(step.since) for step in self.steps[1:])]
        return [
            Stretch(begin, until, float(step.target))
            for begin, until, step in zip(begins, [*begins[1:], 1.0], self.steps, strict=False)
        ]

    @cached_property
    def effect(self) -> float:
        return 0.0 if self.effect_from is None else self.timeline.clipped(self.effect_from)

    @property
    def rises(self) -> bool:
        """Towards a target above, or with nothing to tell: as a rate would."""
        if self.baseline is None or not self.steps:
            return True
        return self.steps[-1].target > self.baseline

    def scope(self) -> list[float]:
        """Every level that the drawing must have room for."""
        levels = [level for _, level in self.path] + [s.target for s in self.stretches]
        return levels if self.baseline is None else [*levels, float(self.baseline)]

    def runs(self) -> tuple[list[list[Point]], list[list[Point]]]:
        """The path split where a report is missing: neighbours, and bridges over the gaps."""
        reach = 1.5 * self.rhythm / self.timeline.days
        runs: list[list[Point]] = [[point] for point in self.path[:1]]
        bridges: list[list[Point]] = []
        for before, point in pairwise(self.path):
            if point[0] - before[0] > reach:
                bridges.append([before, point])
                runs.append([point])
            else:
                runs[-1].append(point)
        return runs, bridges

    def corridor(self) -> list[Band]:
        """The expected range, one band per stretch: it opens over two weeks, then keeps its width.

        None without a start value, for a milestone, or where the effect is due on the last day.
        """
        if self.baseline is None or not self.evenly or self.effect >= 1:
            return []
        return [self._band(stretch) for stretch in self.stretches if stretch.begins < stretch.until]

    def _band(self, stretch: Stretch) -> Band:
        start, road = float(self.baseline or 0), stretch.target - float(self.baseline or 0)
        weeks = self.timeline.days / WEEK
        opened = self.effect + float(AHEAD / OPENING) / weeks
        bends = {stretch.begins, stretch.until, self.effect, opened}
        band = Band([], [])
        for x in sorted(x for x in bends if stretch.begins <= x <= stretch.until):
            since = max(0.0, x - self.effect)
            middle = start + road * since / (1 - self.effect)
            half = abs(road) * min(float(AHEAD), float(OPENING) * since * weeks)
            band.upper.append((x, middle + half))
            band.lower.append((x, middle - half))
        return band


@dataclass(frozen=True)
class Scale:
    """Levels from low (at the bottom) to high, with some air on either side."""

    low: float
    high: float

    @classmethod
    def around(cls, levels: Iterable[float], below: float, above: float) -> Self:
        levels = list(levels) or [0.0]
        low, high = min(levels), max(levels)
        if low == high:
            reach = abs(low) / 10 or 1.0
            low, high = low - reach, high + reach
        span = high - low
        return cls(low - span * below, high + span * above)

    @property
    def span(self) -> float:
        return self.high - self.low

    def y(self, level: float) -> float:
        """In percent from the top."""
        return 100 - (level - self.low) / self.span * 100


def level_at(line: Sequence[Point], x: float) -> float:
    """The height of a line at x; beyond its ends, that of the end."""
    for (x1, y1), (x2, y2) in pairwise(line):
        if x1 <= x <= x2 and x1 < x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return line[0][1] if x < line[0][0] else line[-1][1]
