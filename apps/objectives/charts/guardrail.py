"""A thing to hold, not to move: the allowed band, the value in steps, the time outside it.

No target, no corridor, no way to go. The last value is carried forward. Where the limits were
amended, the band makes a step on that day.
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
from apps.objectives.scoring import Limits, Value, carried, limits_on, within

AIR = 0.28
PLOT = 0.86  # of the height; the strip of days held lies below
STRIP = 7
EARLY = 0.45  # of the cycle: on a phone a limit's name reaches as far


@dataclass(frozen=True)
class GuardWords:
    """low, high: the limits of today as they are written, where there are any."""

    today: str
    low: str = ""
    high: str = ""


def guardrail(
    timeline: Timeline,
    values: Sequence[Value],
    *,
    steps: Sequence[Limits],
    words: GuardWords,
    write: Callable[[Decimal], str],
    label: str,
    height: int = 128,
    right: float = 86,
) -> str:
    inside = [value for value in values if timeline.starts <= value.day <= timeline.ends]
    limits = [limit for step in steps for limit in (step.low, step.high) if limit is not None]
    scale = Scale.around((float(n) for n in (*limits, *(v.value for v in inside))), AIR, AIR)

    def y(level: Decimal) -> float:
        return scale.y(float(level)) * PLOT

    back = ""
    uprights = [timeline.clipped(step.since) for step in steps[1:]]
    for step, begins, until in zip(steps, [0.0, *uprights], [*uprights, 1.0], strict=True):
        if begins == until:
            continue  # amended twice on one day, or before the cycle began
        x1, x2 = begins * right, until * right
        top = 0 if step.high is None else y(step.high)
        bottom = 100 * PLOT if step.low is None else y(step.low)
        back += mark(
            "rect", "safe", x=pct(x1), y=pct(top), width=pct(x2 - x1), height=pct(bottom - top)
        )
        for limit in (step.high, step.low):
            if limit is not None:
                back += across("limit", x1, x2, y(limit))
        if begins:
            back += upright("amend", x1)
    now = limits_on(steps, timeline.today)
    back += _names(now, timeline, inside, words, right=right, amended=len(steps) > 1, y=y)
    back += mark("rect", "track", x="0", y="92%", width=pct(right), height=STRIP)

    path = points = ""
    measured = {value.day for value in inside}
    for stretch in carried(inside, steps, today=timeline.today):
        begin, end = timeline.share(stretch.since), min(timeline.share(stretch.until), timeline.now)
        level = y(stretch.value) * 10
        path += f"{'L' if path else 'M'}{begin * right * 10:.1f} {level:.1f}"
        path += f"H{max(begin, end) * right * 10:.1f}"
        if stretch.since in measured:
            points += dot(begin * right * 10, level, "pt" if stretch.holds else "pt bad")
        back += mark(
            "rect", "held" if stretch.holds else "lost",
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


def _names(
    limits: Limits,
    timeline: Timeline,
    values: Sequence[Value],
    words: GuardWords,
    *,
    right: float,
    amended: bool,
    y: Callable[[Decimal], float],
) -> str:
    """At the start of their lines; at the end where a value or an older limit stands there."""
    early = [value for value in values if timeline.share(value.day) < EARLY]
    crossed = any(not within(value, low=limits.low, high=limits.high) for _, value in early)
    # The days to come are free of values.
    ends = amended or (crossed and timeline.now < 1 - EARLY)
    x, cls = (pct(right), "end t-ink halo") if ends else ("0", "t-ink halo")
    return "".join(
        text(name, cls, x=x, y=pct(y(limit)), dy=dy)
        for limit, name, dy in ((limits.high, words.high, -5), (limits.low, words.low, 14))
        if limit is not None
    )
