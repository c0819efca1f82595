"""A key result in the height of a line: the whole cycle wide, so that its empty right side
is the time left."""

from collections.abc import Iterable

from apps.objectives.charts.course import Course, Scale
from apps.objectives.charts.marks import Point, drawing, last_dot, mark, poly, stretched

AIR = 0.12
WITHOUT_TARGET = 0.91  # the target is a dash over the rest


def sparkline(course: Course, *, label: str, height: int = 34) -> str:
    scale = Scale.around(course.scope(), AIR, AIR)

    def place(points: Iterable[Point]) -> list[Point]:
        return [(x * 960 + 15, scale.y(level) * 10) for x, level in points]

    body = "".join(poly(place(band.outline), "corr", "polygon") for band in course.corridor())
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
