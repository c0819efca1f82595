"""The numbers that a line says itself: "from … to …", or a target alone. Nothing is guessed."""

from dataclasses import dataclass
from decimal import Decimal

from apps.objectives.figures import NumberError, read_number
from apps.objectives.wording import small_words as small
from apps.objectives.wording.deeds import change, falls
from apps.objectives.wording.line import Line

FROM = frozenset({"from", "von"})
LEADS_ON = frozenset({"→", "->", "=>", "to", "auf"})
WRITTEN = {
    "percent": "%", "prozent": "%", "eur": "€", "euro": "€", "usd": "$", "chf": "CHF",
    "kchf": "CHF", "k€": "€", "keur": "€", "m€": "€",
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    falls: bool = False


def figures_of(line: Line) -> Figures:
    starts = [place for place in line.numbers if _is_start(line, place)]
    changes = [place for place in line.numbers if line.at(place - 1) in small.BY]
    others = [place for place in line.numbers if place not in {*starts, *changes}]
    ends = [place for place in others if line.at(place - 1) in small.TO]
    measured = [place for place in others if place in line.measures]
    baseline = next(iter(starts), None)
    target = next(iter([*ends, *measured] if starts else [*measured, *ends]), None)
    start, end = _value(line, baseline), _value(line, target)
    both = start is not None and end is not None
    units = (_unit(line, place) for place in (target, baseline) if place is not None)
    return Figures(
        baseline=start,
        target=end,
        unit=next(filter(None, units), ""),
        falls=end < start if both else _falls(line, target),  # type: ignore[operator]
    )


def _is_start(line: Line, place: int) -> bool:
    if line.at(place - 1) in FROM or not small.NOW.isdisjoint(
        line.words[max(0, place - 3) : place]
    ):
        return True
    after = place + 1 + line.unit_is_beside(place)
    return line.at(after) in LEADS_ON and not {after + 1, after + 2}.isdisjoint(line.numbers)


def _falls(line: Line, target: int | None) -> bool:
    moved = change(line)
    if moved is not None:
        return falls(line, moved)
    comparator = None if target is None else line.compared(target)
    return comparator is not None and line.words[comparator] in small.MOST


def _value(line: Line, place: int | None) -> Decimal | None:
    if place is None:
        return None
    token = line.tokens[place]
    try:
        value = read_number(token.figure, "de" if line.is_german else "en")
    except NumberError:
        return None
    return value * small.SCALES.get(token.unit, 1)


def _unit(line: Line, place: int) -> str:
    """As it was written; a thousand or a million is in the value already."""
    unit = line.tokens[place].unit
    if unit in WRITTEN:
        return WRITTEN[unit]
    if unit in small.SCALES or unit.startswith("/"):
        return ""
    return line.tokens[place + 1].raw if line.unit_is_beside(place) else unit
