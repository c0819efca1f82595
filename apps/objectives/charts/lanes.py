"""Initiatives under a trajectory, on the same clock: did changing the means change the line?

The text has a strip of its own above the bar, and the today line is drawn through the bars
only, so no label crosses it at any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from apps.objectives.charts.course import Timeline
from apps.objectives.charts.marks import drawing, mark, pct, text

ROW, TOP, THICK = 36, 19, 9
LONGEST = 44
CLASSES = {"active": "on", "paused": "pau", "proposed": "prop", "ended": "end"}


@dataclass(frozen=True)
class Lane:
    """words: its state as it is written. kind: proposed, active, paused or ended."""

    title: str
    words: str
    kind: str
    starts: date
    ends: date | None = None
    by: date | None = None


def lanes(rows: Sequence[Lane], timeline: Timeline, *, label: str, right: float = 86) -> str:
    body = "".join(_row(lane, timeline, place * ROW, right) for place, lane in enumerate(rows))
    return drawing("lanes", ROW * len(rows) + 2, label, body)


def _row(lane: Lane, timeline: Timeline, above: float, right: float) -> str:
    y, cls = above + TOP, CLASSES[lane.kind]
    runs = lane.kind == "active" and lane.ends is None
    begin = timeline.clipped(lane.starts) * right
    end = max(begin, timeline.clipped(lane.ends or timeline.today) * right)
    end = min(right, max(begin + 0.8, end))
    begin = min(begin, end - 0.8)

    def bar(x: float, until: float, **more: float) -> str:
        return mark(
            "rect", f"lane {cls}", x=pct(x), y=y, width=pct(until - x), height=THICK, **more
        )

    title = shorten(lane.title, LONGEST, placeholder="…")
    words = text(f"{title} · {lane.words}", "t-ink" if runs else "t-2", x="0", y=TOP - 6)
    # An inner drawing ends where it ends: a long title on a narrow screen runs out of it.
    body = f'<svg x="0" y="{above}" width="100%" height="{TOP}">{words}</svg>'
    body += mark("line", "lane-base", x1="0", x2=pct(right), y1=y + THICK / 2, y2=y + THICK / 2)
    body += bar(begin, end, rx=THICK / 2)
    if runs:
        body += bar((begin + end) / 2, end)  # round at its start, cut flat at today
    if runs and lane.by is not None and lane.by > timeline.today:
        until = pct(timeline.clipped(lane.by) * right)
        for edge in (y + 0.7, y + THICK - 0.7):
            body += mark("line", "open", x1=pct(end), x2=until, y1=edge, y2=edge)
    if timeline.is_running:
        now = pct(timeline.now * right)
        body += mark("line", "now", x1=now, x2=now, y1=y - 3, y2=y + THICK + 3)
    return body
