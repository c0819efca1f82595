"""Whether the mark is reached at which a team said it would stop: numbers and days in, a state out.

A criterion says "below 57.5 on 4 December". Where the key result stood on the wrong side when the
initiative began, that is what the initiative is to change, and its day decides. Where it stood on
the right side and a value came in beyond the limit, the mark is reached then, not first on its day.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

# No state is read into numbers before this share of the time to the day has gone by.
EARLY = Decimal("0.25")


class StopState(StrEnum):
    TOO_EARLY = "too-early"
    NOT_REACHED = "not-reached"
    ON_COURSE = "on-course"
    REACHED = "reached"
    ASKED = "asked"  # its day has come and no number answers: the team does


class Mark(NamedTuple):
    """Stop where the value is on this side of the limit on this day."""

    is_below: bool
    limit: Decimal
    on: date

    def is_beyond(self, value: Decimal) -> bool:
        return value < self.limit if self.is_below else value > self.limit


class Found(NamedTuple):
    state: StopState
    value: Decimal | None = None  # the one that decides, where there is one


def check(
    mark: Mark, values: Sequence[tuple[date, Decimal]], *, baseline: Decimal | None,
    begun: date | None, today: date,
) -> Found:  # fmt: skip
    """values: those of the key result by day, the earliest first; begun: None before the start."""
    if begun is None or today < begun:
        return Found(StopState.TOO_EARLY)
    until = min(today, mark.on)
    earlier = [value for day, value in values if day <= begun]
    seen = [value for day, value in values if begun < day <= until]
    before = earlier[-1] if earlier else baseline
    last = seen[-1] if seen else before
    if today >= mark.on:
        if last is None:
            return Found(StopState.ASKED)
        is_reached = mark.is_beyond(last)
        return Found(StopState.REACHED if is_reached else StopState.NOT_REACHED, last)
    if not seen or last is None:
        return Found(StopState.TOO_EARLY)
    if not mark.is_beyond(last):
        return Found(StopState.NOT_REACHED, last)
    if before is not None and not mark.is_beyond(before):
        return Found(StopState.REACHED, last)
    if (today - begun).days < EARLY * (mark.on - begun).days:
        return Found(StopState.TOO_EARLY, last)
    return Found(StopState.ON_COURSE, last)


def check_without_number(
    on: date, *, answered: bool | None, begun: date | None, today: date
) -> Found:
    """answered: what the team said on its day, reached or not; None: nothing yet."""
    if begun is None or today < on:
        return Found(StopState.TOO_EARLY)
    if answered is None:
        return Found(StopState.ASKED)
    return Found(StopState.REACHED if answered else StopState.NOT_REACHED)
