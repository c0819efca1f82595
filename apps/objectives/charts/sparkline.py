"""A key result in the height of a line: the whole cycle wide, so that its empty right side
is the time left."""

from collections.abc import Iterable
from decimal import Decimal

from apps.objectives.charts.course import Course, Scale
from apps.objectives.charts.marks import Point, drawing, last_dot, mark, poly, stretched

AIR = 0.12
WITHOUT_TARGET = 0.91  # the target is a dash over the rest


def sparkline(
    course: Course,
    *,
    label: str,
    low: Decimal | None = None,
    high: Decimal | None = None,
    height: int = 34,
) -> str:
    """low, high: the limits of a guardrail, whose road is the band between them."""
    limits = [float(limit) for limit in (low, high) if limit is not None]
    scale = Scale.around([*course.scope(), *limits], AIR, AIR)

    def place(points: Iterable[Point]) -> list[Point]:
        return [(x * 960 + 15, scale.y(level) * 10) for x, level in points]

    body = ""
    if limits:
        top = 0 if high is None else scale.y(float(high)) * 10
        bottom = 1000 if low is None else scale.y(float(low)) * 10
        body += mark("rect", "safe", x=15, y=top, width=960, height=bottom - top)
    for limit in limits:
        body += mark("line", "limit", x1=15, x2=975, y1=scale.y(limit) * 10, y2=scale.y(limit) * 10)
    body += "".join(poly(place(band.outline), "corr", "polygon") for band in course.corridor())
    if course.stretches:
        target = course.stretches[-1].target
        (x1, y), (x2, _) = place([(WITHOUT_TARGET, target), (1, target)])
        body += mark("line", "tgt-l", x1=x1, x2=x2, y1=y, y2=y)
    runs, bridges = course.runs()
    body += "".join(poly(place(run), "act thin") for run in runs)
    body += "".join(poly(place(bridge), "act gap") for bridge in bridges)
    if course.points:
        body += last_dot(*place(course.points[-1:])[0], course.state)
    return drawing("spark", height, label, stretched(body))
