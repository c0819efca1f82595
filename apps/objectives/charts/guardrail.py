"""A thing to hold, not to move: the allowed band, the value in steps, the time outside it.

No target, no corridor, no way to go. The last value is carried forward.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.objectives.charts.course import Scale, Timeline
from apps.objectives.charts.marks import (
    across,
    dot,
    drawing,
    mark,
    pct,
    stretched,
    text,
    upright,
)
from apps.objectives.scoring import Value, within

AIR = 0.28
PLOT = 0.86  # of the height; the strip of days held lies below
STRIP = 7
EARLY = 0.45  # of the cycle: on a phone a limit's name reaches as far


@dataclass(frozen=True)
class GuardWords:
    """low, high: the limits as they are written, where there are any."""

    today: str
    low: str = ""
    high: str = ""


def guardrail(
    timeline: Timeline,
    values: Sequence[Value],
    *,
    low: Decimal | None,
    high: Decimal | None,
    words: GuardWords,
    write: Callable[[Decimal], str],
    label: str,
    height: int = 128,
    right: float = 86,
) -> str:
    inside = [value for value in values if timeline.starts <= value.day <= timeline.ends]
    limits = [limit for limit in (low, high) if limit is not None]
    scale = Scale.around((float(n) for n in (*limits, *(v.value for v in inside))), AIR, AIR)

    def y(level: Decimal) -> float:
        return scale.y(float(level)) * PLOT

    top = 0 if high is None else y(high)
    bottom = 100 * PLOT if low is None else y(low)
    back = mark("rect", "safe", x="0", y=pct(top), width=pct(right), height=pct(bottom - top))
    early = [value for value in inside if timeline.share(value.day) < EARLY]
    crossed = any(not within(value, low=low, high=high) for _, value in early)
    name_ends = crossed and timeline.now < 1 - EARLY  # the days to come are free of values
    x, cls = (pct(right), "end t-ink halo") if name_ends else ("0", "t-ink halo")
    for limit, name, dy in ((high, words.high, -5), (low, words.low, 14)):
        if limit is not None:
            back += across("limit", 0, right, y(limit))
            back += text(name, cls, x=x, y=pct(y(limit)), dy=dy)
    back += mark("rect", "track", x="0", y="92%", width=pct(right), height=STRIP)

    path = points = ""
    ends = [timeline.share(value.day) for value in inside[1:]] + [timeline.now]
    for (day, value), end in zip(inside, ends, strict=False):
        begin, holds = timeline.share(day), within(value, low=low, high=high)
        level = y(value) * 10
        path += f"{'L' if path else 'M'}{begin * right * 10:.1f} {level:.1f}"
        path += f"H{max(begin, end) * right * 10:.1f}"
        points += dot(begin * right * 10, level, "pt" if holds else "pt bad")
        back += mark(
            "rect", "held" if holds else "lost",
            x=pct(begin * right), y="92%", width=pct(max(0, end - begin) * right), height=STRIP,
        )  # fmt: skip
    if timeline.is_running:
        back += upright("now", timeline.now * right)
        back += text(words.today, "halo", x=pct(timeline.now * right), y="0", dx=8, dy=9)
    if inside:
        last = inside[-1].value
        x = pct(timeline.now * right)
        back += text(write(last), "t-ink halo", x=x, y=pct(y(last)), dx=8, dy=4)
    curve = f'<path class="act" d="{path}"/>' if path else ""
    return drawing("guard", height, label, back + stretched(curve + points))
