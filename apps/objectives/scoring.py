"""How far along we are: arithmetic on plain numbers, with no ORM and no clock.

Callers fetch the numbers and pass in today's date; this module only does the sums, so
every rule in it can be tested by calling it. Decimal throughout: 0.35 − 0.45 must be
−0.10 and not a hair less. Nothing is rounded here. What comes of it all by the end of the
cycle is next door, in forecast.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

ZERO, ONE = Decimal(0), Decimal(1)
WEEK = 7

AHEAD = Decimal("0.10")
ON_PACE = Decimal("-0.10")
BEHIND = Decimal("-0.25")
STILL = Decimal("0.10")  # moved no further than this counts as not moved yet
OPENING = Decimal("0.05")  # the expected range opens by this much a week, until it is AHEAD wide

UNDER_WAY = Decimal("0.5")  # what an initiative counts in the blend until someone moves it


class Kind(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"
    MILESTONE = "milestone"
    STAGES = "stages"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    WITHIN = "within"
    UNKNOWN = ""  # of what was imported without a start or a target, until someone says it

    @property
    def moves(self) -> bool:
        """The others are guardrails: to hold, never to average."""
        return self not in {Kind.AT_LEAST, Kind.AT_MOST, Kind.WITHIN}


STAGES = {"none": ZERO, "commit": Decimal("0.3"), "target": Decimal("0.7"), "stretch": ONE}


class Pace(StrEnum):
    NOT_MEASURED = "not-measured"
    STALE = "stale"
    REACHED = "reached"
    TOO_EARLY = "too-early"
    AHEAD = "ahead"
    ON_PACE = "on-pace"
    BEHIND = "behind"
    FAR_BEHIND = "far-behind"


class Hold(StrEnum):
    NOT_MEASURED = "not-measured"
    STALE = "stale"
    HOLDING = "holding"
    NOT_HOLDING = "not-holding"


class Belief(StrEnum):
    """A confidence from 0 to 10 in a word."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Flag(StrEnum):
    """What the words beside a bar must add to its length."""

    NONE = ""
    REACHED = "reached"
    BEYOND_TARGET = "overshoot"
    BELOW_START = "regressed"
    NOT_MEASURED = "no_data"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"
    NO_ROAD = "invalid_baseline_equals_target"
    WRONG_WAY = "invalid_target_on_wrong_side"


class Value(NamedTuple):
    """The effective value of a day. A series of them is in order of days, one a day."""

    day: date
    value: Decimal


class Step(NamedTuple):
    """A target and the day from which on it is the one. An amendment adds a step."""

    since: date
    target: Decimal


class Limits(NamedTuple):
    """What a guardrail must hold, and the day from which on. An amendment adds a step."""

    since: date
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Progress:
    """raw may be below 0 and above 1; shown is what a bar can show of it."""

    raw: Decimal | None
    shown: Decimal | None
    flag: Flag


@dataclass(frozen=True)
class Held:
    """Days within the limits, of the days since the first measurement."""

    days_held: int
    days: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.days_held) / self.days if self.days else None


@dataclass(frozen=True)
class RollUp:
    """An objective's key results in one line: never the mean without the other three."""

    mean: Decimal | None
    minimum: Decimal | None
    measured: int
    of: int


@dataclass(frozen=True)
class Blend:
    """Means averaged into goals, to show how misleading that is."""

    blended: Decimal | None
    outcome: Decimal | None

    @property
    def misleading_by(self) -> Decimal | None:
        if self.blended is None or self.outcome is None:
            return None
        return self.blended - self.outcome


def target_on(steps: Sequence[Step], day: date) -> Decimal:
    """Before the first step, its target counts already."""
    return next((s.target for s in reversed(steps) if s.since <= day), steps[0].target)


def limits_on(steps: Sequence[Limits], day: date) -> Limits:
    """Before the first step, its limits count already."""
    return next((step for step in reversed(steps) if step.since <= day), steps[0])


def progress(
    *, kind: Kind, baseline: Decimal | None, target: Decimal | None, value: Decimal | None
) -> Progress:
    """The share of the road travelled, which may run downhill.

    A milestone's value is 0 or 1 and a stage's one of STAGES: both are their own share.
    None while nothing is measured: that isn't the same as 0.
    """
    if value is None:
        return Progress(None, None, Flag.NOT_MEASURED)
    if kind in {Kind.MILESTONE, Kind.STAGES}:
        return _travelled(value)
    if baseline is None:
        return Progress(None, None, Flag.NO_BASELINE)
    if target is None:
        return Progress(None, None, Flag.NO_TARGET)
    if target == baseline:
        return Progress(None, None, Flag.NO_ROAD)
    if (target > baseline) is not (kind == Kind.INCREASE):
        return Progress(None, None, Flag.WRONG_WAY)
    return _travelled((value - baseline) / (target - baseline))


def _travelled(raw: Decimal) -> Progress:
    if raw < ZERO:
        flag = Flag.BELOW_START
    elif raw == ONE:
        flag = Flag.REACHED
    else:
        flag = Flag.BEYOND_TARGET if raw > ONE else Flag.NONE
    return Progress(raw, _clamp(raw), flag)


def _clamp(share: Decimal) -> Decimal:
    return max(ZERO, min(ONE, share))


def expected(*, effect_from: date, ends: date, today: date, due: date | None = None) -> Decimal:
    """The share of the road that should lie behind us: a straight line from effect_from.

    A milestone has no road, only the day on which it is due.
    """
    if due is not None:
        return ONE if today >= due else ZERO
    if today >= ends:
        return ONE
    if today <= effect_from:
        return ZERO
    return Decimal((today - effect_from).days) / (ends - effect_from).days


def expected_value(*, baseline: Decimal, target: Decimal, expected: Decimal) -> Decimal:
    return baseline + (target - baseline) * expected


def half_range(*, effect_from: date, today: date) -> Decimal:
    """Half the width of the expected range, as a share of the road: it opens over two weeks."""
    begun = max(0, (today - effect_from).days)
    return min(AHEAD, OPENING * begun / WEEK)


def expected_range(
    *, baseline: Decimal, target: Decimal, expected: Decimal, half: Decimal
) -> tuple[Decimal, Decimal]:
    """The lower and the upper end, in the unit of the key result."""
    middle = expected_value(baseline=baseline, target=target, expected=expected)
    reach = abs(target - baseline) * half
    return middle - reach, middle + reach


def is_stale(*, last: date, today: date, rhythm: int = WEEK) -> bool:
    return (today - last).days > 2 * rhythm


def pace(
    *, raw: Decimal | None, expected: Decimal, effect_begun: bool, stale: bool = False
) -> Pace:
    if raw is None:
        return Pace.NOT_MEASURED
    if stale:
        return Pace.STALE
    if raw >= ONE:
        return Pace.REACHED
    if not effect_begun and abs(raw) <= STILL:
        return Pace.TOO_EARLY
    # Thirds have no last digit: 2/30 − 5/30 must be −0.10, too.
    gap = round(raw - expected, 12)
    if gap > AHEAD:
        return Pace.AHEAD
    if gap >= ON_PACE:
        return Pace.ON_PACE
    return Pace.BEHIND if gap >= BEHIND else Pace.FAR_BEHIND


def within(value: Decimal, *, low: Decimal | None, high: Decimal | None) -> bool:
    """The limit itself holds."""
    return (low is None or value >= low) and (high is None or value <= high)


def hold(
    *, value: Decimal | None, low: Decimal | None, high: Decimal | None, stale: bool = False
) -> Hold:
    if value is None:
        return Hold.NOT_MEASURED
    if stale:
        return Hold.STALE
    return Hold.HOLDING if within(value, low=low, high=high) else Hold.NOT_HOLDING


class Carried(NamedTuple):
    """A value over the days for which it stands under the same limits; `until` is no more of it."""

    since: date
    until: date
    value: Decimal
    holds: bool

    @property
    def days(self) -> int:
        return max(0, (self.until - self.since).days)


def carried(values: Sequence[Value], steps: Sequence[Limits], *, today: date) -> list[Carried]:
    """Each value to the next one, the last to today; cut where the limits were amended."""
    found = []
    ends = [value.day for value in values[1:]] + [today]
    for (begins, value), end in zip(values, ends, strict=False):
        cuts = [step.since for step in steps if begins < step.since < end]
        for since, until in pairwise([begins, *sorted(set(cuts)), end]):
            _since, low, high = limits_on(steps, since)
            found.append(Carried(since, until, value, within(value, low=low, high=high)))
    return found


def held(values: Sequence[Value], steps: Sequence[Limits], *, today: date) -> Held:
    """By the limits of each day, as a target is the one of its day."""
    stretches = [
        stretch._replace(until=min(stretch.until, today))
        for stretch in carried(values, steps, today=today)
    ]
    return Held(
        days_held=sum(stretch.days for stretch in stretches if stretch.holds),
        days=sum(stretch.days for stretch in stretches),
    )


def belief(confidence: int) -> Belief:
    if confidence < 4:
        return Belief.LOW
    return Belief.MEDIUM if confidence < 7 else Belief.HIGH


def needed_per_week(*, target: Decimal, value: Decimal, today: date, ends: date) -> Decimal | None:
    """None when there is no time left."""
    left = (ends - today).days
    return (target - value) * WEEK / left if left > 0 else None


def roll_up(shares: Sequence[Decimal | None]) -> RollUp:
    shown = [_clamp(share) for share in shares if share is not None]
    return RollUp(
        mean=_mean(shown),
        minimum=min(shown, default=None),
        measured=len(shown),
        of=len(shares),
    )


def blend(key_results: Sequence[Decimal | None], initiatives: Sequence[Decimal | None]) -> Blend:
    """An initiative that nobody has moved is None; a done one is 1."""
    outcome = [_clamp(share) for share in key_results if share is not None]
    means = [UNDER_WAY if share is None else share for share in initiatives]
    return Blend(blended=_mean(outcome + means), outcome=_mean(outcome))


def _mean(shares: Sequence[Decimal]) -> Decimal | None:
    return sum(shares, ZERO) / len(shares) if shares else None
