"""What the pages about an un-blended list say of it."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from apps.exchange.unblend import Kind, Why
from apps.exchange.unblend_actions import falls, hangs_together
from apps.exchange.unblend_forms import KINDS, LineForm
from apps.exchange.unblended import Line, UnblendedList
from apps.objectives.figures import write_value
from apps.objectives.reasons import reason
from apps.objectives.scoring import blend

STEPS = {
    "paste": gettext_lazy("Paste"),
    "read": gettext_lazy("Read"),
    "sort": gettext_lazy("Sort"),
    "look": gettext_lazy("Look"),
    "create": gettext_lazy("Create"),
}
BY_PLACE = {
    Why.CALLED: gettext_lazy("Your list calls it so."),
    Why.ABOVE: gettext_lazy("No number, and other lines stand below it."),
    Why.FIRST: gettext_lazy("The first line, and without a number."),
}
MOST_KEY_RESULTS = 5


def steps(current: str) -> list[tuple[str, bool]]:
    return [(str(words), name == current) for name, words in STEPS.items()]


def why(line: Line) -> str:
    return str(BY_PLACE.get(line.sorted.why) or reason(line.sorted.judgement))


class SortLine:
    """A line with its radios and what else may be said of it."""

    def __init__(self, form: LineForm) -> None:
        self.form, self.line = form, form.line
        self.text, self.why = form.line.text, why(form.line)
        self.is_german = form.line.sorted.judgement.is_german
        self.chosen = str(form["kind"].value() or "")
        self.radios = [
            (str(kind), label, str(kind) == self.chosen) for kind, label in KINDS.items()
        ]


def counts(unblended: UnblendedList) -> list[str]:
    numbers = {kind: len(unblended.chosen(kind)) for kind in Kind}
    said = {
        Kind.OBJECTIVE: ngettext("%(n)s objective", "%(n)s objectives", numbers[Kind.OBJECTIVE]),
        Kind.KEY_RESULT: ngettext(
            "%(n)s key result", "%(n)s key results", numbers[Kind.KEY_RESULT]
        ),
        Kind.INITIATIVE: ngettext(
            "%(n)s initiative", "%(n)s initiatives", numbers[Kind.INITIATIVE]
        ),
        Kind.NOT_SURE: ngettext(
            "%(n)s we can’t tell", "%(n)s we can’t tell", numbers[Kind.NOT_SURE]
        ),
    }
    return [said[kind] % {"n": number} for kind, number in numbers.items() if number]


def advice(unblended: UnblendedList) -> str:
    """The question that leads to a missing key result."""
    unlinked = [line for line in unblended.chosen(Kind.INITIATIVE) if not line.choice.moves]
    number = len(unblended.chosen(Kind.KEY_RESULT))
    if not unlinked or number > MOST_KEY_RESULTS:
        return ""
    return _("How would you notice that “%(initiative)s” worked?") % {
        "initiative": unlinked[0].text
    }


@dataclass
class Block:
    """An objective as it will look, with what hangs on it."""

    title: str
    key_results: list[tuple[Line, str]] = field(default_factory=list)
    not_sure: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    blocks: list[Block]
    initiatives: list[Line]
    suggests: bool
    key_results: int
    blended: str  # what a blended list would say, before anything has moved


def look(unblended: UnblendedList, *, suggests: bool) -> Look:
    blocks = [
        Block(
            title,
            [(line, _step(line)) for line in lines if line.kind is Kind.KEY_RESULT],
            [line for line in lines if line.kind is Kind.NOT_SURE],
        )
        for title, lines in (
            (title, [unblended.lines[place] for place in places])
            for title, places in hangs_together(unblended)
        )
    ]
    key_results, initiatives = (
        len(unblended.chosen(kind)) for kind in (Kind.KEY_RESULT, Kind.INITIATIVE)
    )
    blended = blend([Decimal(0)] * key_results, [None] * initiatives).blended
    return Look(
        blocks,
        unblended.chosen(Kind.INITIATIVE),
        suggests,
        key_results,
        "" if blended is None else _percent(blended),
    )


def _percent(share: Decimal) -> str:
    return write_value(share * 100, "%", 0, str(get_language()))


def _step(line: Line) -> str:
    """Its figures in words; which are missing."""
    start, target = line.choice.figures
    words = {
        "start": "" if start is None else _written(start, line),
        "target": "" if target is None else _written(target, line),
    }
    if start is not None and target is not None:
        return _("From %(start)s to %(target)s") % words
    if target is not None and falls(line):
        return _("Down to %(target)s; start value missing") % words
    if target is not None:
        return _("Up to %(target)s; start value missing") % words
    if start is not None:
        return _("From %(start)s; target missing") % words
    return _("Start value and target are missing.")


def _written(value: Decimal, line: Line) -> str:
    return write_value(value, line.choice.unit, 6, str(get_language()))


@dataclass(frozen=True)
class Became:
    line: Line
    what: str
    url: str


PAGES = {
    "objective": "dashboards:objective",
    "key_result": "dashboards:key_result",
    "initiative": "initiatives:initiative",
}


def became(unblended: UnblendedList) -> list[Became]:
    found = []
    for line in unblended.lines:
        url = ""
        if line.became is not None:
            page, pk = line.became
            url = reverse(PAGES[page], args=[pk, page.replace("_", "-")])
        what = _("Kept with the objective") if line.kind is Kind.NOT_SURE else KINDS[line.kind]
        found.append(Became(line, str(what), url))
    return found
