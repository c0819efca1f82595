"""The blended list of an objective, line by line, beside what was reached."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.initiatives.blending import Tried, Try, blended
from apps.notices.rows import Row
from apps.objectives import charts
from apps.objectives.figures import write_number, write_value
from apps.objectives.scoring import Blend


class Line(NamedTuple):
    title: str
    share: str
    bar: SafeString
    is_means: bool


class Case(NamedTuple):
    """What one might do, and what each of the two ways would say of it."""

    what: str
    note: str
    blended: str
    query: str


def percent(share: Decimal | None) -> str:
    if share is None:
        return _("no figure")
    return write_value(share * 100, "%", 0, str(get_language()))


def outcomes_of(rows: Sequence[Row]) -> list[Decimal | None]:
    return [row.reading.shown for row in rows]


def lines(rows: Sequence[Row], tried: Sequence[Tried]) -> list[Line]:
    """As they would stand below each other; what nobody has measured has no line to add."""
    found = [
        _line(row.key_result.title, row.reading.shown, is_means=False)
        for row in rows
        if row.reading.shown is not None
    ]
    for one in tried:
        found += [
            _line(one.initiative.title, one.shown if share is None else share, is_means=True)
            for share in one.shares
        ]
    return found


def _line(title: str, share: Decimal, *, is_means: bool) -> Line:
    label = _("%(title)s: %(share)s") % {"title": title, "share": percent(share)}
    bar = charts.share(float(share), label=label, is_means=is_means)
    return Line(title, percent(share), mark_safe(bar), is_means)  # noqa: S308 - our own drawing


def sum_of(rows: Sequence[Row], tried: Sequence[Tried]) -> str:
    """(0 + 0 + 90 + 90) / 4"""
    language = str(get_language())
    shares = [row.reading.shown for row in rows if row.reading.shown is not None]
    shares += [one.shown if share is None else share for one in tried for share in one.shares]
    if not shares:
        return ""
    terms = " + ".join(write_number(share * 100, 0, language) for share in shares)
    return f"({terms}) / {len(shares)}"


def cases(rows: Sequence[Row], initiatives: Sequence[Tried]) -> list[Case]:
    """Of the initiatives as they stand; the furthest of those under way is the one to lie with."""
    outcomes = outcomes_of(rows)
    found = [
        Case(
            _("As it stands"), _("Goals and means in one list."),
            percent(blended(outcomes, initiatives).blended), "",
        )
    ]  # fmt: skip
    under_way = [one for one in initiatives if not one.is_done]
    if not under_way:
        return found
    pk = under_way[0].initiative.pk
    words = {"initiative": under_way[0].initiative.title}
    everything = ngettext(
        "Ship it, and nobody cares", "Ship all of them, and nobody cares", len(under_way)
    )
    for what, note, moves in [
        (
            _("Kill “%(initiative)s”") % words, _("We learned something. No outcome moved."),
            {pk: Try.KILL},
        ),
        (
            _("Split “%(initiative)s” in two") % words, _("Nothing changed at all."),
            {pk: Try.SPLIT},
        ),
        (
            everything, _("Much is delivered, and nobody is better off."),
            {one.initiative.pk: Try.SHIP for one in under_way},
        ),
    ]:  # fmt: skip
        tried = [
            Tried(one.initiative, one.share, moves.get(one.initiative.pk, Try.LEAVE))
            for one in initiatives
        ]
        query = urlencode({f"move-{moved}": move.value for moved, move in moves.items()})
        found.append(Case(what, note, percent(blended(outcomes, tried).blended), query))
    return found


def verdict(found: Blend) -> str:
    """How far the two are apart, in a sentence."""
    gap = found.misleading_by
    if found.blended is None:
        return _("There is nothing to blend yet.")
    if gap is None:
        return _("No outcome has a number yet; every part of the figure is work.")
    points = write_number(abs(gap) * 100, 0, str(get_language()))
    if points == "0":
        return _("The two agree today, and by chance.")
    if gap > 0:
        return _("It looks better than the outcomes by %(points)s points.") % {"points": points}
    return _("It looks worse than the outcomes by %(points)s points.") % {"points": points}
