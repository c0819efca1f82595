"""Where to write "expected range": beside the band, where it touches least."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from apps.objectives.charts.course import Band, Stretch, level_at
from apps.objectives.charts.marks import Point

WIDEST = 0.42  # of the cycle; longer words may reach a little beyond the plot
OFF = 5  # percent between the band and the middle of the words
CLEAR = 8  # percent: farther is no better
FAINT = 4  # percent that a grid line may be nearer than the rest: the words' halo hides it


class Spot(NamedTuple):
    x: float
    level: float
    above: bool
    ends_there: bool  # the words end at x; else they begin there


def range_label(
    bands: Sequence[Band],
    *,
    wide: float,
    grid: Sequence[float],
    targets: Sequence[Stretch],
    path: Sequence[Point],
    uprights: Sequence[float],
    fan: Sequence[Point],
    y: Callable[[float], float],
) -> Spot:
    """wide: the room that the words need, as a share of the cycle.

    On the side that the band leans away from, farthest from targets, values and forecast, and
    from the grid as far as that is free; ties go to the earlier day. No upright line may cross
    the words."""
    rises = bands[-1].upper[-1][1] > bands[0].upper[0][1]
    wide = min(wide, WIDEST)
    best, best_score = None, 0.0
    for place in range(5, 20):
        for above in (True, False):
            spot = _spot(bands, place / 20, above=above, ends_there=above == rises)
            left, right = (spot.x - wide, spot.x) if spot.ends_there else (spot.x, spot.x + wide)
            if left < 0.04 or right > 1 or any(left < x < right for x in uprights if x):
                continue
            middle = y(spot.level) + (-OFF if above else OFF)
            near = [abs(middle - y(line)) + FAINT for line in grid]
            near += [
                abs(middle - y(t.target)) for t in targets if t.begins < right and left < t.until
            ]
            for x in (left, (left + right) / 2, right):
                if path and path[0][0] <= x <= path[-1][0]:
                    near.append(abs(middle - y(level_at(path, x))))
                elif fan and x >= fan[0][0]:
                    near.append(_distance(middle, fan, x, y))
            score = min(min(near, default=CLEAR), CLEAR)
            if best is None or score > best_score + 0.01:
                best, best_score = spot, score
    return best or _spot(bands, 1.0, above=rises, ends_there=True)


def _spot(bands: Sequence[Band], x: float, *, above: bool, ends_there: bool) -> Spot:
    band = next((band for band in bands if x <= band.upper[-1][0]), bands[-1])
    return Spot(x, level_at(band.upper if above else band.lower, x), above, ends_there)


def _distance(middle: float, fan: Sequence[Point], x: float, y: Callable[[float], float]) -> float:
    (start, level), _, (_, high), (_, low) = fan
    share = (x - start) / (1 - start) if start < 1 else 1
    top, bottom = sorted(y(level + (edge - level) * share) for edge in (high, low))
    return 0 if top < middle < bottom else min(abs(middle - top), abs(middle - bottom))
