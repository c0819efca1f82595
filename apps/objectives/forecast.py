"""Where a key result will end if its last values go on like this: sums, like scoring.py.

The slope is the median of all pairwise slopes (Theil 1950, Sen 1968), so one wild value
does not bend it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from statistics import median

from apps.objectives.scoring import WEEK, Value

MOST_VALUES, FEWEST_VALUES, FEWEST_DAYS = 13, 4, 21
QUARTER = 91


class Verdict(StrEnum):
    LIKELY = "likely"
    OPEN = "open"
    UNLIKELY = "unlikely"


class Missing(StrEnum):
    FOUR_VALUES = "need_4_points"
    THREE_WEEKS = "need_21_days"


@dataclass(frozen=True)
class Error:
    """How far forecasts come out wrong over a quarter, as a share of the road."""

    even: Decimal  # half of them come closer than this
    wide: Decimal  # four in five do


# From a back-test on 36 real series; an organisation's own record replaces it in time.
PRIOR = Error(even=Decimal("0.29"), wide=Decimal("1.20"))


@dataclass(frozen=True)
class Forecast:
    n: int  # of values it was made from
    slope_per_week: Decimal
    value: Decimal
    even: tuple[Decimal, Decimal]
    wide: tuple[Decimal, Decimal]
    verdict: Verdict


@dataclass(frozen=True)
class TooLittle:
    """No forecast, and what it would take."""

    n: int
    days: int
    missing: Missing


def forecast(
    values: Sequence[Value],
    *,
    ends: date,
    baseline: Decimal,
    target: Decimal,
    bounds: tuple[Decimal | None, Decimal | None] = (None, None),
    error: Error = PRIOR,
) -> Forecast | TooLittle:
    """values: the cycle's effective ones. bounds: what the metric can be at all."""
    values = values[-MOST_VALUES:]
    days = (values[-1].day - values[0].day).days if values else 0
    if len(values) < FEWEST_VALUES:
        return TooLittle(len(values), days, Missing.FOUR_VALUES)
    if days < FEWEST_DAYS:
        return TooLittle(len(values), days, Missing.THREE_WEEKS)

    last = values[-1]
    left = max(0, (ends - last.day).days)
    slope = slope_per_week(values)
    end = last.value + slope * left / WEEK
    reach = abs(target - baseline) * (Decimal(left) / QUARTER).sqrt()

    def band(half: Decimal) -> tuple[Decimal, Decimal]:
        return _clip(end - half * reach, bounds), _clip(end + half * reach, bounds)

    even = band(error.even)
    return Forecast(
        n=len(values),
        slope_per_week=slope,
        value=_clip(end, bounds),
        even=even,
        wide=band(error.wide),
        verdict=_verdict(even, rising=target > baseline, target=target),
    )


def slope_per_week(values: Sequence[Value]) -> Decimal:
    """Of two values at least."""
    return median(
        (later.value - earlier.value) * WEEK / (later.day - earlier.day).days
        for earlier, later in combinations(values, 2)
    )


def _clip(value: Decimal, bounds: tuple[Decimal | None, Decimal | None]) -> Decimal:
    low, high = bounds
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _verdict(even: tuple[Decimal, Decimal], *, rising: bool, target: Decimal) -> Verdict:
    low, high = even
    if low >= target if rising else high <= target:
        return Verdict.LIKELY
    return Verdict.UNLIKELY if (high < target if rising else low > target) else Verdict.OPEN
