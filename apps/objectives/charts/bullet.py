"""How much of the way is done: the start at 0, the target at 1, always left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.objectives.charts.marks import at, drawing, mark, pct, text, tone
from apps.objectives.scoring import AHEAD

HEIGHT, FOOT = 26, 16
FARTHEST = 2.0  # beyond twice the way, and a whole way back, a bar just runs to the edge

Share = Decimal | float


@dataclass(frozen=True)
class BulletTexts:
    start: str
    expected: str
    target: str


def bullet(
    *,
    share: Share | None,
    expected: Share | None,
    state: str,
    label: str,
    half: Share = AHEAD,
    original: Share | None = None,
    stages: Sequence[Share] = (),
    texts: BulletTexts | None = None,
) -> str:
    """half: of the expected range. original: where the first target stood, before an amendment.
    expected None: nothing is (a score). stages: where on the way one is reached."""
    done = None if share is None else float(share)
    was = None if original is None else float(original)
    known = [level for level in (done, was) if level is not None]
    low = max(1 - FARTHEST, min(0.0, *known)) if known else 0.0
    top = min(FARTHEST, max(1.0, *known)) if known else 1.0

    def x(level: Share) -> float:
        return (min(top, max(low, float(level))) - low) / (top - low) * 98 + 0.5

    middle = HEIGHT / 2

    def bar(cls: str, begin: float, end: float, thick: int, rounded: float = 1) -> str:
        return mark(
            "rect", cls, x=pct(begin), y=middle - thick / 2,
            width=pct(end - begin), height=thick, rx=rounded,
        )  # fmt: skip

    def square(cls: str, level: float) -> str:
        return at(x(level), middle, mark("rect", cls, x=-3, y=-6, width=6, height=12))

    body = bar("track", x(low), x(top), 8)
    if expected is not None and half:
        begin, end = x(float(expected) - float(half)), x(float(expected) + float(half))
        body += bar("corr", begin, end, 18, 0)
    for stage in stages:
        body += _tick("tick", x(stage), middle, 7)
    if done is None:
        body += bar("bar-none", x(low), x(top), 8)
    else:
        begin, end = sorted((x(0), x(done)))
        body += bar(f"bar-{tone(state)}", begin, min(98.5, max(begin + 0.8, end)), 8)
    if expected is not None:
        body += _tick("expt", x(expected), middle, 9)
    if was is not None and was <= FARTHEST:
        body += square("tgt0", was)
    body += square("tgt", 1)
    if texts is None:
        return drawing("bullet", HEIGHT, label, body)
    body += _foot(
        texts, start=x(0), expected=None if expected is None else x(expected), target=x(1)
    )
    return drawing("bullet", HEIGHT + FOOT, label, body)


def _tick(cls: str, x: float, middle: float, reach: float) -> str:
    return mark("line", cls, x1=pct(x), x2=pct(x), y1=middle - reach, y2=middle + reach)


def _foot(texts: BulletTexts, *, start: float, expected: float | None, target: float) -> str:
    """Each under its mark. What is expected gives way to the target, the start to both."""
    base = HEIGHT + FOOT - 2.0
    body = text(texts.target, "mid t-ink", x=pct(target), y=base)
    if target > 90:
        body = text(texts.target, "end t-ink", x="100%", y=base)
    crowded = [target] if target < 66 else []
    if texts.expected and expected is not None and abs(target - expected) > 30:
        crowded.append(expected)
        body += text(
            texts.expected,
            "t-2 mid" if expected > 14 else "t-2",
            x=pct(expected if expected > 14 else 0),
            y=base,
        )
    if all(abs(place - start) > 30 for place in crowded):
        body += text(
            texts.start, "mid" if start > 14 else "", x=pct(start if start > 14 else 0), y=base
        )
    return body
