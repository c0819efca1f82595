"""A key result over its cycle: the road, the values on it, and where they lead.

Layers from the back: grid, expected range, forecast, values, targets, today. Everything
written comes in as words, or through `write`, a function from number to text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.objectives.charts.course import Band, Course, Scale, level_at
from apps.objectives.charts.grid import Gridline, gridlines
from apps.objectives.charts.marks import (
    Point,
    across,
    at,
    dot,
    drawing,
    last_dot,
    mark,
    pct,
    poly,
    stretched,
    text,
    upright,
    width,
)
from apps.objectives.charts.range_label import range_label
from apps.objectives.forecast import Forecast

RIGHT = 86  # percent of the width; the rest is for the forecast's words
NARROWEST, STRIP = 250, 40  # px of the plot, and of that rest, on the narrowest screen
BADGE = 18  # px across
LABEL, LABEL_WIDE = 16, 0.12  # px high, and as a part of the plot on a phone
NEAR = 7  # percent of the height: a label as close as this would touch

Write = Callable[[Decimal], str]


@dataclass(frozen=True)
class Words:
    """targets: one text a step, as "was 97%" and "Target 95%"."""

    targets: Sequence[str]
    expected: str
    today: str
    forecast: str
    early: str


def trajectory(
    course: Course,
    *,
    label: str,
    words: Words,
    write: Write,
    decimals: int = 1,
    forecast: Forecast | None = None,
    notes: Sequence[date] = (),
    months: Sequence[tuple[str, date]] = (),
    levels: Sequence[Decimal] = (),
    height: int = 300,
) -> str:
    """notes: days that carry a numbered badge; their texts stand below the drawing.
    levels: where lines stand, of what knows no numbers between them."""
    forecast = forecast if course.points else None
    scale = _scale(course, forecast)
    grid = [Gridline(float(level), level) for level in levels] or gridlines(scale, decimals)
    bands = course.corridor()

    def place(points: Iterable[Point]) -> list[Point]:
        return [(x * RIGHT * 10, scale.y(level) * 10) for x, level in points]

    back = _too_early(course, words) + _grid(grid, course, scale, write)
    curves = "".join(poly(place(band.outline), "corr", "polygon") for band in bands)
    curves += "".join(poly(place(band.middle), "exp") for band in bands)
    front = mark("line", "tick", x1="0", x2=pct(RIGHT), y1="100%", y2="100%")
    if forecast:
        fan = _fan(course, forecast)
        curves += poly(place([fan[0], *fan[2:]]), "fan", "polygon") + poly(place(fan[:2]), "fc")
        front += _forecast_label(forecast, words, scale, write)
    runs, bridges = course.runs()
    curves += "".join(poly(place(run), "act") for run in runs)
    curves += "".join(poly(place(bridge), "act gap") for bridge in bridges)
    curves += "".join(dot(x, y) for x, y in place(course.points[:-1]))
    if course.points:
        curves += last_dot(*place(course.points[-1:])[0], course.state)
    if bands:
        front += _expected_label(course, bands, scale, grid, forecast, words)
    front += _targets(course, scale, words, height)
    if course.timeline.is_running:
        front += _today(course.timeline.now, words)
    front += _months(course, months)
    below = _label_goes_below(course, scale, forecast)
    front += _last_value(course, scale, below, write)
    front += _badges(course, scale, notes, height, label_in_the_way=not below)
    return drawing("traj", height, label, back + stretched(curves) + front)


def _scale(course: Course, forecast: Forecast | None) -> Scale:
    levels = course.scope()
    if forecast:
        levels += [float(level) for level in (forecast.value, *forecast.even)]
    return Scale.around(levels, below=0.11 if course.rises else 0.15, above=0.15)


def _fan(course: Course, forecast: Forecast) -> list[Point]:
    """Where it sets out, where it ends, and the two ends of its even-odds band."""
    ends = (forecast.value, forecast.even[1], forecast.even[0])
    return [course.points[-1], *((1.0, float(level)) for level in ends)]


def _too_early(course: Course, words: Words) -> str:
    if not course.effect:
        return ""
    zone = mark("rect", "wait-zone", x="0", y="0", width=pct(course.effect * RIGHT), height="100%")
    return zone + text(words.early, x="0", y="100%", dx=4, dy=-7)


def _grid(grid: Sequence[Gridline], course: Course, scale: Scale, write: Write) -> str:
    body = ""
    for line in grid:
        y = scale.y(line.level)
        body += across("axis", 0, RIGHT, y)
        near = (0, *(scale.y(stretch.target) for stretch in course.stretches))
        if all(abs(y - other) > NEAR for other in near):
            body += text(write(line.number), "halo", x="0", y=pct(y), dy=-4)
    return body


def _forecast_label(forecast: Forecast, words: Words, scale: Scale, write: Write) -> str:
    """In the strip beside the plot; a long figure is pushed back from the edge instead."""
    figure, y = write(forecast.value), scale.y(float(forecast.value))
    beside: dict[str, float | str] = {"x": pct(RIGHT), "dx": 9}
    end = ""
    if max(width(figure), width(words.forecast)) > STRIP + 20:
        beside, end = {"x": "100%"}, "end "
    below = 19 if y < 90 else -11  # never into the names of the months
    return text(figure, f"{end}t-ink halo", y=pct(y), dy=4, **beside) + text(
        words.forecast, f"{end}halo", y=pct(y), dy=below, **beside
    )


def _expected_label(
    course: Course,
    bands: Sequence[Band],
    scale: Scale,
    grid: Sequence[Gridline],
    forecast: Forecast | None,
    words: Words,
) -> str:
    spot = range_label(
        bands,
        wide=width(words.expected) / NARROWEST,
        grid=[line.level for line in grid],
        targets=course.stretches,
        path=course.path,
        uprights=[
            course.timeline.now, course.effect, *(s.begins for s in course.stretches[1:])
        ],
        fan=_fan(course, forecast) if forecast else [],
        y=scale.y,
    )  # fmt: skip
    return text(
        words.expected, "end halo" if spot.ends_there else "halo",
        x=pct(spot.x * RIGHT), y=pct(scale.y(spot.level)),
        dx=-4 if spot.ends_there else 4, dy=-7 if spot.above else 17,
    )  # fmt: skip


def _targets(course: Course, scale: Scale, words: Words, height: int) -> str:
    """The line of each stretch; an amended one goes on dashed no further than its last day."""
    if not course.stretches:
        return ""
    body = ""
    *amended, last = course.stretches
    y_last = scale.y(last.target)
    for stretch, name in zip(amended, words.targets, strict=False):
        if stretch.begins == stretch.until:
            continue  # amended before the cycle began
        y = scale.y(stretch.target)
        body += across("tgt-l was", stretch.begins * RIGHT, stretch.until * RIGHT, y)
        body += upright("amend", stretch.until * RIGHT)
        touching = 0 <= y - y_last < 1600 / height
        x = pct(stretch.begins * RIGHT)
        body += text(name, "halo", x=x, y=pct(y), dy=16 if touching else -6)
    body += across("tgt-l", last.begins * RIGHT, RIGHT, y_last)
    body += at(RIGHT, pct(y_last), mark("rect", "tgt", x=-5, y=-5, width=10, height=10))
    dy = -6 if course.rises else 16
    name = words.targets[-1]
    if last.begins > 0.55:  # it would run into the forecast's words
        return body + text(name, "end t-ink halo", x=pct(RIGHT), y=pct(y_last), dx=-9, dy=dy)
    x, dx = pct(last.begins * RIGHT), 6 if last.begins else 0
    return body + text(name, "t-ink halo", x=x, y=pct(y_last), dx=dx, dy=dy)


def _today(now: float, words: Words) -> str:
    line = upright("now", now * RIGHT)
    if now > 0.8:
        return line + text(words.today, "end halo", x=pct(now * RIGHT), y="0", dx=-5, dy=8)
    return line + text(words.today, "halo", x=pct(now * RIGHT), y="0", dx=5, dy=8)


def _months(course: Course, months: Sequence[tuple[str, date]]) -> str:
    """As many as a phone has room for."""
    body = ""
    for name, day in months[:: 2 if len(months) > 7 else 1]:
        x = course.timeline.clipped(day)
        body += text(name, "mid" if x > 0.07 else "", x=pct(x * RIGHT), y="100%", dy=16)
    return body


def _label_goes_below(course: Course, scale: Scale, forecast: Forecast | None) -> bool:
    """The last value stands on the side that the line does not go on to, where there is room."""
    if not course.points:
        return True
    level = course.points[-1][1]
    goes_up = course.rises if forecast is None else float(forecast.value) >= level
    return goes_up and scale.y(level) < 88


def _last_value(course: Course, scale: Scale, below: bool, write: Write) -> str:
    if not course.points:
        return ""
    x, level = course.points[-1]
    y = scale.y(level)
    inside = next(v.value for v in reversed(course.values) if v.day <= course.timeline.ends)
    figure = write(inside)
    before = course.path[-2][0] if len(course.path) > 1 else 0.0
    to_the_right = x < 0.06 or _would_cover(before, x, figure)
    anchor = "" if to_the_right else " mid" if x < 0.92 else " end"
    return text(
        figure, f"t-ink halo{anchor}",
        x=pct(x * RIGHT), y=pct(y), dy=22 if below else -12,
    )  # fmt: skip


def _would_cover(before: float, x: float, figure: str) -> bool:
    """The point before the last, on a phone; as far as the right has room for the figure."""
    half = width(figure) / 2 / NARROWEST
    return x - before < half and x + 2 * half < 1 + STRIP / NARROWEST


def _badges(
    course: Course, scale: Scale, notes: Sequence[date], height: int, *, label_in_the_way: bool
) -> str:
    """Above the line and the last value's figure, should that stand there. Of two that would
    touch on a phone, one stands on the other's shoulders."""
    if not course.path:
        return ""
    body, before = "", (-1.0, 0.0)
    last = course.points[-1][0] if course.points and label_in_the_way else 2.0
    for number, day in enumerate(notes, 1):
        x = course.timeline.clipped(day)
        level = scale.y(level_at(course.path, x))
        middle = level * height / 100 - (20 + LABEL if abs(x - last) < LABEL_WIDE else 20)
        if x - before[0] < BADGE / NARROWEST and abs(middle - before[1]) < BADGE:
            middle = before[1] - BADGE
        before = (x, middle)
        lift = level * height / 100 - middle
        body += mark(
            "circle", "badge", cx=pct(x * RIGHT), cy=pct(level), r=8.5,
            transform=f"translate(0 -{lift:.0f})",
        )  # fmt: skip
        body += text(str(number), "badge-t", x=pct(x * RIGHT), y=pct(level), dy=4 - lift)
    return body
