"""The strokes that every drawing is made of: numbers in, SVG text out.

Straight things and text stand at percent coordinates, so text is never stretched; curves
lie in an inner drawing of 1000 × 1000 that is, with strokes that keep their width. A
number is written with a point in every language, and there is no style attribute: a
strict Content-Security-Policy holds.
"""

from collections.abc import Iterable
from html import escape

Point = tuple[float, float]

STRETCHED = (
    '<svg x="0" y="0" width="100%" height="100%" viewBox="0 0 1000 1000"'
    ' preserveAspectRatio="none" overflow="visible">'
)
LETTER = 7  # px, a generous guess at the width of one at 12 px

TONES = {
    "ahead": "good",
    "on-pace": "good",
    "reached": "good",
    "holding": "good",
    "behind": "warn",
    "far-behind": "bad",
    "not-holding": "bad",
    "too-early": "none",
    "not-measured": "none",
    "stale": "none",
}


def tone(state: str) -> str:
    return TONES[state]


def number(value: float) -> str:
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def pct(value: float) -> str:
    return f"{number(value)}%"


def mark(tag: str, cls: str = "", **attributes: float | str) -> str:
    """Floats are pixels; strings are percentages or keywords of our own, never people's words."""
    return f'<{tag} class="{cls}"{_written(attributes)}/>'


def across(cls: str, x1: float, x2: float, y: float) -> str:
    """A level line; all in percent."""
    return mark("line", cls, x1=pct(x1), x2=pct(x2), y1=pct(y), y2=pct(y))


def upright(cls: str, x: float) -> str:
    """From top to bottom at a percentage."""
    return mark("line", cls, x1=pct(x), x2=pct(x), y1="0", y2="100%")


def text(words: str, cls: str = "", **attributes: float | str) -> str:
    return f'<text class="{cls}"{_written(attributes)}>{escape(words)}</text>'


def _written(attributes: dict[str, float | str]) -> str:
    return "".join(
        f' {name}="{value if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
    )


def at(x: float, y: float | str, body: str) -> str:
    """A thing of fixed size whose origin stands at x percent."""
    top = y if isinstance(y, str) else number(y)
    return f'<svg x="{pct(x)}" y="{top}" width="1" height="1" overflow="visible">{body}</svg>'


def poly(points: Iterable[Point], cls: str, tag: str = "polyline") -> str:
    """Points on the stretched ground."""
    return f'<{tag} class="{cls}" points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in points)}"/>'


def dot(x: float, y: float, cls: str = "pt") -> str:
    """A stroke without length and with round caps: it stays round on stretched ground."""
    return f'<path class="{cls}" d="M{x:.0f} {y:.0f}h.01"/>'


def last_dot(x: float, y: float, state: str) -> str:
    """The newest point, in the colour of its state. Grey is never solid."""
    shade = tone(state)
    return dot(x, y, f"pt last {shade}") + (dot(x, y, "pt core") if shade == "none" else "")


def stretched(body: str) -> str:
    return f"{STRETCHED}{body}</svg>"


def drawing(cls: str, height: float, label: str, body: str) -> str:
    return (
        f'<svg class="ch {cls}" width="100%" height="{number(height)}" role="img"'
        f' aria-label="{escape(label)}">{body}</svg>'
    )


def width(words: str) -> int:
    return LETTER * len(words)
