"""Where a name may stand beside its dot: numbers in, places out.

Texts keep their size while a plot gets wider. So we measure at the narrowest plot that is
drawn, and two boxes may stand only if they are apart in height, or apart sideways in the
order of their dots: a wider plot can then never bring them together.
"""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

NARROW = dict.fromkeys("fijlrtI.,:;'|!()[] -", 4.6)
WIDE = dict.fromkeys("mwMWÄÖÜ@%", 11.0)
LINE = 14  # px, the height of a line of 12 px type
NEAR = (90, 30)  # px, what crowds a dot


class Mark(NamedTuple):
    """Something round that no text may cover: x and y from 0 to 1 from the left top, r in px."""

    x: float
    y: float
    r: float


class Place(NamedTuple):
    """dx, dy: px from the dot to the middle of the line, at its start, middle or end."""

    dx: float
    dy: float
    anchor: str


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    of: float  # the x of the dot that it belongs to


def text_width(text: str) -> float:
    """Upper bound in px, at 12 px semibold system type."""
    return sum(NARROW.get(c) or WIDE.get(c) or _usual(c) for c in text)


def _usual(letter: str) -> float:
    if east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:  # Chinese, emoji
        return 16
    return 8.4 if letter.isupper() or letter.isdigit() else 7.1


def place_labels(
    dots: Sequence[Mark],
    texts: Sequence[str],
    others: Sequence[Mark],
    *,
    width: float,
    height: float,
    gap: float = 11,
    line: float = LINE,
    away: Sequence[int] = (),
    oblique: bool = False,
) -> list[Place | None]:
    """One place a dot, or None where there is no room.

    The most crowded dots choose first; ties go to the earlier one, so the same numbers always
    give the same picture. away: the side, -1 left or 1 right, that a dot tries first.
    oblique: first above and below, so that the dot's level is left to its interval.
    """
    marks = [Mark(x * width, y * height, r) for x, y, r in [*dots, *others]]
    taken: list[Box] = []
    places: list[Place | None] = [None] * len(dots)
    for i in sorted(range(len(dots)), key=lambda i: (-_crowd(marks, i), i)):
        dot = marks[i]
        off, side = gap + max(0, dot.r - 6), away[i] if away else 1
        for spot in _spots(off, side=side, oblique=oblique):
            box = _box(dot, spot, text_width(texts[i]), line)
            inside = box.left >= 2 and box.right <= width - 2
            if not inside or box.top < 1 or box.bottom > height - 1:
                continue
            if all(_apart(box, _around(mark)) for j, mark in enumerate(marks) if j != i) and all(
                _apart(box, other) for other in taken
            ):
                taken.append(box)
                places[i] = spot
                break
    return places


def _spots(off: float, *, side: int, oblique: bool) -> list[Place]:
    level = [Place(off, 0, "start"), Place(-off, 0, "end")]
    upright = [Place(0, -off - 5, "middle"), Place(0, off + 5, "middle")]
    slanting = [
        Place(off - 3, -12, "start"), Place(off - 3, 12, "start"),
        Place(3 - off, -12, "end"), Place(3 - off, 12, "end"),
    ]  # fmt: skip
    order = [*slanting, *level, *upright] if oblique else [*level, *upright, *slanting]
    return sorted(order, key=lambda place: place.dx * side < 0)  # stable: the rest keeps its order


def _crowd(marks: Sequence[Mark], i: int) -> int:
    x, y, _r = marks[i]
    return sum(abs(m.x - x) < NEAR[0] and abs(m.y - y) < NEAR[1] for m in marks) - 1


def _box(dot: Mark, place: Place, width: float, line: float) -> Box:
    x, y = dot.x + place.dx, dot.y + place.dy
    left = x - {"start": 0, "middle": width / 2, "end": width}[place.anchor]
    return Box(left, y - line / 2, left + width, y + line / 2, dot.x)


def _around(mark: Mark) -> Box:
    return Box(mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r, mark.x)


def _apart(a: Box, b: Box) -> bool:
    if a.bottom <= b.top or b.bottom <= a.top:
        return True
    return (a.right <= b.left and a.of <= b.of) or (b.right <= a.left and b.of <= a.of)
