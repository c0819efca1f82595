"""Where the level lines of a plot stand: few, and at round numbers of any magnitude."""

import math
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from apps.objectives.charts.course import Scale

MOST = 5.5  # steps in the height of a plot
ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))


class Gridline(NamedTuple):
    level: float
    number: Decimal


def gridlines(scale: Scale, decimals: int) -> list[Gridline]:
    """No finer than the decimals in which its labels are written."""
    step = _step(scale.span, decimals)
    first = math.floor(scale.low / float(step)) + 1
    lines: list[Gridline] = []
    for times in count(first):
        level = times * float(step)
        if level >= scale.high:
            return lines
        lines.append(Gridline(level, times * step))
    return lines


def _step(span: float, decimals: int) -> Decimal:
    finest = Decimal(1).scaleb(-decimals)
    for exponent in count(math.floor(math.log10(span / MOST))):
        for factor in ROUND:
            step = factor.scaleb(exponent)
            if span / float(step) <= MOST and step % finest == 0:
                return step
    raise AssertionError("some power of ten is coarse enough")
