"""The one clock under every page title."""

from datetime import timedelta

from apps.objectives.charts.course import Timeline
from apps.objectives.charts.marks import at, drawing, mark, pct, text
from apps.objectives.scoring import WEEK


def ruler(timeline: Timeline, *, first: str, middle: str, last: str, label: str) -> str:
    """middle stands at today; before and after the cycle, in the middle."""
    now = timeline.now * 100
    body = mark("line", "tick", x1="0", x2="100%", y1=13, y2=13)
    body += mark("rect", "ink", x="0", y=11.5, width=pct(now), height=3)
    for x in (0, *_ticks(timeline), 100):
        body += mark("line", "tick", x1=pct(x), x2=pct(x), y1=5 if x in (0, 100) else 8, y2=13)
    if timeline.is_running:
        body += at(now, "0", '<path d="M-5 1h10L0 10z" class="ink"/>')
    else:
        now = 50
    if now > 28:
        body += text(first, x="0", y=29)
    if now < 72:
        body += text(last, "end", x="100%", y=29)
    body += _words(middle, now)
    return drawing("ruler", 33, label, body)


def _ticks(timeline: Timeline) -> list[float]:
    if timeline.tells_months:
        days = timeline.months()[1:]
    else:
        days = [
            timeline.starts + timedelta(days=number) for number in range(WEEK, timeline.days, WEEK)
        ]
    return [timeline.share(day) * 100 for day in days]


def _words(words: str, x: float) -> str:
    """Under the pointer, but never beyond the edge."""
    if x < 14:
        return text(words, "t-ink", x="0", y=29)
    if x > 86:
        return text(words, "end t-ink", x="100%", y=29)
    return text(words, "mid t-ink", x=pct(x), y=29)
