"""The unit of a key result: its kind, what is kept of it, and how it stands beside a number."""

import re
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from apps.objectives.figures import is_currency


class UnitKind(TextChoices):
    PERCENT = "percent", gettext_lazy("Percent")
    COUNT = "count", gettext_lazy("Count")
    MONEY = "money", gettext_lazy("Money")
    TIME = "time", gettext_lazy("Time")
    SCORE = "score", gettext_lazy("Score")
    FREE = "free", pgettext_lazy("unit", "Other")


# What is kept of a time, and how people write it, in English and in German.
SPELT = {
    "s": "s sec second seconds sek sekunde sekunden",
    "min": "min minute minutes minuten",
    "h": "h hour hours std stunde stunden",
    "days": "d day days tag tage",
    "weeks": "week weeks woche wochen",
    "months": "month months monat monate",
    "years": "year years jahr jahre",
}
TIMES = {word: kept for kept, words in SPELT.items() for word in words.split()}
OUT_OF = re.compile(r"(?:(?:out )?of|von|/) ?([1-9][0-9]{0,5})", re.IGNORECASE | re.ASCII)
BEST = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)

REFUSED = {
    UnitKind.PERCENT: gettext_lazy("A percentage has no other unit. Leave it empty."),
    UnitKind.COUNT: gettext_lazy("Say in words what is counted, like orders, or leave it empty."),
    UnitKind.MONEY: gettext_lazy("Say in which currency, like €, CHF or USD."),
    UnitKind.TIME: gettext_lazy(
        "Say in what it is measured: s, min, h, days, weeks, months or years."
    ),
    UnitKind.SCORE: gettext_lazy("Say out of how many, like 10, or leave it empty."),
}


class UnitError(ValueError):
    """What was typed is no unit of the kind that was chosen; its text is the sentence for it."""


def read_unit(text: str, kind: str = "") -> tuple[UnitKind, str]:
    """What is kept of what was typed: the currency, the measure of time, the best score, the
    thing counted. Where no kind was chosen, the text says it; it never says a count."""
    text = text.strip()
    told, kept = _told(text)
    if not kind:
        return told, kept
    chosen = UnitKind(kind)
    match chosen:
        case UnitKind.FREE:
            return chosen, text
        case UnitKind.PERCENT if not text:
            return chosen, "%"
        case UnitKind.SCORE if not text or BEST.fullmatch(text):
            return chosen, text
        case UnitKind.COUNT if told is UnitKind.FREE:
            return chosen, text
        case _other if told is chosen:
            return chosen, kept
    raise UnitError(str(REFUSED[chosen]))


def _told(text: str) -> tuple[UnitKind, str]:
    if text.lower() in {"%", "percent", "per cent", "prozent"}:
        return UnitKind.PERCENT, "%"
    if is_currency(text.upper()):
        return UnitKind.MONEY, text.upper()
    if time := TIMES.get(text.lower().rstrip(".")):
        return UnitKind.TIME, time
    if best := OUT_OF.fullmatch(text):
        return UnitKind.SCORE, best[1]
    return UnitKind.FREE, text


def told_in(kind: str, unit: str) -> str:
    """As a list says it that goes to another tool; read_unit() reads it as it stands."""
    return f"of {unit}" if kind == UnitKind.SCORE and unit else unit


def unit_beside(kind: str, unit: str, value: Decimal | None = None) -> str:
    """What stands after a number, or before one that is money; without a value by itself."""
    if kind == UnitKind.SCORE and unit:
        return _("of %(best)s") % {"best": unit}
    many = 1 if value is not None and abs(value) == 1 else 2
    match unit if kind == UnitKind.TIME else "":
        case "days":
            return ngettext("day", "days", many)
        case "weeks":
            return ngettext("week", "weeks", many)
        case "months":
            return ngettext("month", "months", many)
        case "years":
            return ngettext("year", "years", many)
    return unit
