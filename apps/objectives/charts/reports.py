"""What the team said, week by week: its check-ins as dots, and its confidence."""

from collections.abc import Sequence
from datetime import date

from apps.objectives.charts.course import Timeline
from apps.objectives.charts.marks import at, drawing, mark, pct, text

SURE = 10  # the most confident one can be
CROSS = '<path class="cell-n" d="M-3.6-3.6 3.6 3.6M3.6-3.6-3.6 3.6"/>'
DASH = '<path class="cell-o" d="M-3.6 0h7.2"/>'


def dots(codes: Sequence[str], *, label: str) -> str:
    """on-time, late, missed, off or to-come, by shape first: filled, open, cross, dash, speck.
    Where nothing was asked stands nothing."""
    # A year of weeks is narrow on a phone.
    full, open_, speck = (4.5, 4, 1.6) if len(codes) <= 27 else (2.2, 1.8, 1)
    body = ""
    for place, code in enumerate(codes):
        x = (place + 0.5) / len(codes) * 100
        if code == "missed":
            body += at(x, 9, CROSS)
        elif code == "off":
            body += at(x, 9, DASH)
        elif code == "not-asked":
            continue
        elif code == "on-time":
            body += mark("circle", "cell-y", cx=pct(x), cy=9, r=full)
        elif code == "late":
            body += mark("circle", "cell-l", cx=pct(x), cy=9, r=open_)
        else:
            body += mark("circle", "cell-f", cx=pct(x), cy=9, r=speck)
    return drawing("dots", 18, label, body)


def confidence(
    timeline: Timeline,
    values: Sequence[tuple[date, int]],
    *,
    label: str,
    height: int = 46,
    right: float = 86,
) -> str:
    """A dot a report between 0 and 10: never joined, never computed."""

    def y(value: int) -> float:
        return height - 4 - value / SURE * (height - 8)

    body = "".join(
        mark("line", "axis", x1="0", x2=pct(right), y1=y(level), y2=y(level))
        for level in (SURE, SURE // 2, 0)
    )
    inside = [(day, value) for day, value in values if timeline.starts <= day <= timeline.ends]
    for day, value in inside:
        x = pct(timeline.share(day) * right)
        body += mark("circle", "cell-y", cx=x, cy=y(value), r=3.6)
    if inside:
        day, value = inside[-1]
        x = pct(timeline.share(day) * right)
        body += text(str(value), "t-ink", x=x, y=y(value), dx=9, dy=4)
    body += text(str(SURE), x=pct(right + 1.5), y=8, dx=16)
    body += text("0", x=pct(right + 1.5), y=height, dx=16)
    return drawing("conf", height, label, body)
