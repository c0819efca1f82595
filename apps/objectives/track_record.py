"""How forecasts came out: sums, like forecast.py. An error is a share of the road, over a
quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles

from apps.objectives.forecast import QUARTER, Error

ENOUGH = 30  # forecasts, each of another key result: from here on they say more than the prior


@dataclass(frozen=True)
class Outcome:
    """A forecast that has come due, and what the key result came to."""

    value: Decimal
    even: tuple[Decimal, Decimal]
    wide: tuple[Decimal, Decimal]
    road: Decimal  # from the start to the target, never 0
    days_left: int  # never 0
    came_to: Decimal

    @property
    def error(self) -> Decimal:
        """In the measure of the bands: how wide the half of one would have had to be."""
        reach = abs(self.road) * (Decimal(self.days_left) / QUARTER).sqrt()
        return abs(self.came_to - self.value) / reach

    @property
    def held(self) -> bool:
        """The even-odds band; its ends belong to it."""
        return self.even[0] <= self.came_to <= self.even[1]

    @property
    def held_wide(self) -> bool:
        return self.wide[0] <= self.came_to <= self.wide[1]


def own_error(outcomes: Sequence[Outcome]) -> Error | None:
    """The median and the 80th percentile (between the two nearest, in proportion)."""
    if len(outcomes) < ENOUGH:
        return None
    errors = [outcome.error for outcome in outcomes]
    tenths = quantiles(errors, n=10, method="inclusive")
    return Error(even=median(errors), wide=tenths[7])
