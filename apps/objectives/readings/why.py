"""“Why this figure?”: the sums behind a pace, with their numbers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.objectives import scoring
from apps.objectives.figures import MINUS
from apps.objectives.forecast import slope_per_week
from apps.objectives.readings.sentences import said

if TYPE_CHECKING:
    from apps.objectives.readings.reading import Reading

Rows = list[tuple[str, str]]

LIMITS = {
    "ahead": gettext_lazy("more than %(ahead)s: ahead"),
    "on-pace": gettext_lazy("from %(on_pace)s to %(ahead)s: on pace"),
    "behind": gettext_lazy("from %(behind)s to %(on_pace)s: behind"),
    "far-behind": gettext_lazy("below %(behind)s: far behind"),
}


def why(reading: "Reading") -> Rows:
    """(what, its sum), row by row; nothing where there is no sum."""
    if reading.holds:
        return _why_it_holds(reading)
    value, baseline, target = reading.value, reading.baseline, reading.target
    if value is None or baseline is None or target is None or baseline == target:
        return [(_("Way made"), _unknown(reading)), *_due_by_now(reading)]
    share = (value - baseline) / (target - baseline)
    rows = [
        (_("Way made"), _way(reading, value, baseline, target)),
        *_shown(reading, share),
        *_due_by_now(reading),
        *_pace(reading, share),
    ]
    if reading.is_measured_in_numbers:
        rows += _speed(reading, value, target)
    if reading.was is not None:
        rows.append((_("Against the first target"), _way(reading, value, baseline, reading.was)))
    return rows


def why_whole(readings: Sequence["Reading"]) -> Rows:
    """The sum behind an objective: of each key result that moves, then mean and minimum."""
    moving = [reading for reading in readings if not reading.holds]
    rows = [(reading.key_result.title, _share_of(reading)) for reading in moving]
    whole = scoring.roll_up([reading.shown for reading in moving])
    if whole.mean is None or whole.minimum is None:
        unknown = (_("Mean"), _("unknown: nothing is measured yet. That is not 0%."))
        return [*rows, unknown] if rows else []
    write = moving[0].write_plain
    terms = [write(reading.shown) for reading in moving if reading.shown is not None]
    mean = f"({' + '.join(terms)}) / {len(terms)} = {write(whole.mean)}"
    measured = _("%(measured)d of %(of)d")
    if whole.measured < whole.of:
        measured = _("%(measured)d of %(of)d; the others are left out, not counted as 0")
    words = {"measured": whole.measured, "of": whole.of}
    return [
        *rows,
        (_("Mean"), mean),
        (_("Minimum"), write(whole.minimum)),
        (_("Measured"), measured % words),
    ]


def _share_of(reading: "Reading") -> str:
    value, baseline, target = reading.value, reading.baseline, reading.target
    if value is None or baseline is None or target is None or baseline == target:
        return _unknown(reading)
    share = (value - baseline) / (target - baseline)
    way = _way(reading, value, baseline, target)
    for _label, shown in _shown(reading, share):
        return _("%(sum)s, counted as %(shown)s") % {"sum": way, "shown": shown}
    return way


def _unknown(reading: "Reading") -> str:
    """So that nobody takes a missing figure for 0 %."""
    if reading.is_measured:
        return _("unknown, for the road has no two ends: %(gap)s.") % {
            "gap": reading.gap_words.lower()
        }
    if reading.key_result.series:
        return _("unknown: its numbers are from before the cycle. That is not 0%.")
    return _("unknown: it has no number in this cycle yet. That is not 0%.")


def _shown(reading: "Reading", share: Decimal) -> Rows:
    """Where a bar can't show all of it."""
    shown = reading.shown
    if shown is None or shown == share:
        return []
    return [(_("Shown as"), reading.write_plain(shown))]


def _due_by_now(reading: "Reading") -> Rows:
    if reading.kind == scoring.Kind.MILESTONE:
        words = _("0 until %(day)s, 1 from then on: %(share)s") % {
            "day": said(reading.due), "share": reading.write_plain(reading.expected),
        }  # fmt: skip
        return [(_("Expected"), words)]
    return [(_("Expected"), _days(reading))]


def _why_it_holds(reading: "Reading") -> Rows:
    rows = [(_("To hold"), reading.target_text)]
    found = reading.held
    if found.share is not None:
        words = ngettext(
            "%(held)d of %(days)d day = %(share)s",
            "%(held)d of %(days)d days = %(share)s",
            found.days,
        )
        share = reading.write_plain(found.share)
        rows.append(
            (_("Held"), words % {"held": found.days_held, "days": found.days, "share": share})
        )
    return rows


def _way(reading: "Reading", value: Decimal, baseline: Decimal, target: Decimal) -> str:
    """(82.9 − 81) / (95 − 81) = 0.136; of a milestone or a stage its own share, 0.7"""
    if not reading.is_measured_in_numbers:
        return f"{reading.now_text} = {reading.write_plain(value)}"
    now, start, end = (
        reading.write_plain(number, reading.key_result.decimals)
        for number in (value, baseline, target)
    )
    start, made = _bracketed(start), (value - baseline) / (target - baseline)
    return f"({now} − {start}) / ({end} − {start}) = {reading.write_plain(made)}"


def _bracketed(figure: str) -> str:
    """A negative one, where it stands after a minus."""
    return f"({figure})" if figure.startswith(MINUS) else figure


def _days(reading: "Reading") -> str:
    begun = reading.effect_from
    days = (reading.cycle.ends - begun).days
    share = reading.write_plain(reading.expected)
    if not days:
        return share
    return ngettext(
        "%(gone)d of %(days)d day since %(day)s = %(share)s",
        "%(gone)d of %(days)d days since %(day)s = %(share)s",
        days,
    ) % {
        "gone": max(0, (reading.today - begun).days),
        "days": days,
        "day": said(begun),
        "share": share,
    }


def _pace(reading: "Reading", share: Decimal) -> Rows:
    if reading.state not in LIMITS:
        return []
    terms = (share, reading.expected, share - reading.expected)
    made, expected, gap = (reading.write_plain(number) for number in terms)
    # Rounded terms may miss the rounded difference by one: whoever recomputes it is told so.
    rounded = [round(number, 3) for number in terms]
    equals = "=" if rounded[0] - rounded[1] == rounded[2] else "≈"
    limits = {
        "ahead": reading.write_plain(scoring.AHEAD, 2),
        "on_pace": reading.write_plain(scoring.ON_PACE, 2),
        "behind": reading.write_plain(scoring.BEHIND, 2),
    }
    return [
        (_("Pace"), f"{made} − {expected} {equals} {gap}"),
        (_("Limit"), str(LIMITS[reading.state]) % limits),
    ]


def _speed(reading: "Reading", value: Decimal, target: Decimal) -> Rows:
    needed = scoring.needed_per_week(
        target=target, value=value, today=reading.today, ends=reading.cycle.ends
    )
    rows = []
    if needed is not None and reading.shown != scoring.ONE:
        words = _("%(number)s a week from now on")
        rows.append((_("Needed"), words % {"number": _signed(reading, needed)}))
    if len(reading.values) > 1:
        words = _("%(number)s a week (the middle one of all slopes)")
        slope = slope_per_week(reading.values)
        rows.append((_("Seen"), words % {"number": _signed(reading, slope)}))
    return rows


def _signed(reading: "Reading", number: Decimal) -> str:
    figure = reading.write_plain(number, reading.key_result.decimals + 1)
    return f"+{figure}" if number > 0 else figure
