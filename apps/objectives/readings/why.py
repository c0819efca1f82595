"""“Why this figure?”: the sums behind a pace, with their numbers."""

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
    if not reading.is_measured_in_numbers or value is None or baseline is None or target is None:
        return []
    rows = [
        (_("Way made"), _way(reading, value, baseline, target)),
        (_("Expected"), _days(reading)),
        *_pace(reading, (value - baseline) / (target - baseline)),
        *_speed(reading, value, target),
    ]
    if reading.was is not None:
        rows.append((_("Against the first target"), _way(reading, value, baseline, reading.was)))
    return rows


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
    """(82.9 − 81) / (95 − 81) = 0.136"""
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
