"""A key result as it is defined, and how its forecast is made, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.objectives.forecast import Forecast
from apps.objectives.models import KeyResult
from apps.objectives.readings import Reading
from apps.objectives.units import UnitKind


def road(reading: Reading) -> str:
    """The title of its drawing."""
    if reading.holds:
        return _("To hold: %(limits)s") % {"limits": reading.target_text}
    if not reading.is_measured_in_numbers or reading.gap_words:
        return _("Over the cycle")
    return _("From %(start)s to %(target)s") % {
        "start": reading.baseline_text, "target": reading.target_text,
    }  # fmt: skip


def remarks(reading: Reading) -> list[str]:
    """What one must know to read the drawing."""
    told = []
    for step in reading.steps[1:]:
        told.append(_("Target amended on %(day)s.") % {"day": _day(step.since)})
    if reading.effect_from > reading.cycle.starts and not reading.holds:
        told.append(
            _("No movement was expected before %(day)s.") % {"day": _day(reading.effect_from)}
            if reading.effect_from <= reading.today
            else _("No movement is expected before %(day)s.") % {"day": _day(reading.effect_from)}
        )
    return told


def forecast_made(reading: Reading) -> str:
    """How; nothing where there is none."""
    found = reading.forecast
    if not isinstance(found, Forecast):
        return ""
    left = (reading.cycle.ends - reading.today).days
    text = ngettext(
        "The median of the slopes between all pairs of the last %(n)d values (Theil 1950, "
        "Sen 1968), drawn on for %(left)d day. Even odds: %(low)s to %(high)s. Four in five: "
        "%(lowest)s to %(highest)s.",
        "The median of the slopes between all pairs of the last %(n)d values (Theil 1950, "
        "Sen 1968), drawn on for %(left)d days. Even odds: %(low)s to %(high)s. Four in five: "
        "%(lowest)s to %(highest)s.",
        left,
    )
    (low, high), (lowest, highest) = found.even, found.wide
    write = reading.write
    whence = (
        _("How wide that is comes from our own forecasts that came due.")
        if reading.own_error
        else _("How wide that is comes from 36 series of others.")
    )
    told = text % {
        "n": found.n, "left": left, "low": write(low), "high": write(high),
        "lowest": write(lowest), "highest": write(highest),
    }  # fmt: skip
    return f"{told} {whence}"


def definition(reading: Reading) -> list[tuple[str, str]]:
    """(what, words) of all that is defined."""
    key_result = reading.key_result
    rows = [
        (_("Kind"), key_result.get_kind_display() or _("not said")),
        (_("Ambition"), _ambition(key_result)),
        (_("Counted"), key_result.metric),
        (_("How, and by whom"), key_result.measured_by),
        (_("Reported by"), key_result.team.name),
        (_("Unit"), _unit(key_result)),
        *_goal(reading),
        (_("Can be"), _bounds(reading)),
    ]
    if key_result.effect_from:
        rows.append((_("Effect from"), _day(key_result.effect_from)))
    if key_result.due:
        rows.append((_("Due"), _day(key_result.due)))
    return [(what, words) for what, words in rows if words]


def _unit(key_result: KeyResult) -> str:
    """“Percent”; “Money, CHF”; “Score, of 10”; of a unit of one's own, that alone."""
    unit = key_result.unit_beside()
    if key_result.unit_kind == UnitKind.FREE:
        return unit
    kind = key_result.get_unit_kind_display()
    if not unit or key_result.unit_kind == UnitKind.PERCENT:
        return str(kind)
    return _("%(kind)s, %(unit)s") % {"kind": kind, "unit": unit}


def _goal(reading: Reading) -> list[tuple[str, str]]:
    key_result = reading.key_result
    match key_result.kind:
        case KeyResult.Kind.STAGES:
            return [
                (_("Commit (0.3)"), key_result.stage_commit),
                (_("Target (0.7)"), key_result.stage_target),
                (_("Stretch (1.0)"), key_result.stage_stretch),
            ]
        case KeyResult.Kind.MILESTONE:
            return []
    if reading.holds:
        return [(_("To hold"), reading.target_text)]
    target = reading.target_text
    if reading.was_text:
        target = _("%(target)s, was %(was)s") % {"target": target, "was": reading.was_text}
    return [
        (_("Start"), _start(reading)),
        (_("Target"), _("not said") if reading.target is None else target),
    ]


def _ambition(key_result: KeyResult) -> str:
    """Lists of other tools don't say it."""
    return "" if key_result.objective.is_imported else key_result.get_ambition_display()


def _start(reading: Reading) -> str:
    by = reading.key_result.baseline_by
    if reading.baseline is not None:
        return reading.baseline_text
    return _("to be measured by %(day)s") % {"day": _day(by)} if by else _("not said")


def _bounds(reading: Reading) -> str:
    low, high = reading.key_result.bound_low, reading.key_result.bound_high
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": reading.write(low), "high": reading.write(high)}


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
