"""What a reading says: whole sentences, for every state there is."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from apps.objectives.forecast import Forecast, Missing, TooLittle, Verdict
from apps.objectives.scoring import Kind
from apps.objectives.weeks import WEEK, monday, weeks

if TYPE_CHECKING:
    from apps.objectives.readings.reading import Reading

STATE_WORDS = {
    "ahead": gettext_lazy("Ahead"),
    "on-pace": gettext_lazy("On pace"),
    "behind": gettext_lazy("Behind"),
    "far-behind": gettext_lazy("Far behind"),
    "reached": gettext_lazy("Reached"),
    "too-early": gettext_lazy("Too early to tell"),
    "not-measured": gettext_lazy("No number"),
    "stale": gettext_lazy("No number"),
    "holding": gettext_lazy("Holding"),
    "not-holding": gettext_lazy("Not holding"),
}
VERDICTS = {
    Verdict.LIKELY: gettext_lazy("Likely as things go."),
    Verdict.OPEN: gettext_lazy("It can go either way."),
    Verdict.UNLIKELY: gettext_lazy("Unlikely as things go."),
}


def state_word(state: str) -> str:
    return str(STATE_WORDS[state])


def said(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def limit_text(reading: "Reading") -> str:
    """“at most 2%”."""
    _since, low, high = reading.limits
    words = {
        "low": "" if low is None else reading.write(low),
        "high": "" if high is None else reading.write(high),
    }
    if low is None:
        return _("at most %(high)s") % words if words["high"] else ""
    if high is None:
        return _("at least %(low)s") % words
    return _("from %(low)s to %(high)s") % words


def range_text(reading: "Reading", day: date) -> str:
    found = reading.range_on(day)
    if found is None:
        return ""
    low, high = (reading.write(edge) for edge in found)
    if low == high:
        return low
    return pgettext("a range", "%(low)s to %(high)s") % {"low": low, "high": high}


def lead(reading: "Reading") -> str:
    """Where it is, and where it should be."""
    words = {
        "now": reading.now_text,
        "expected": reading.expected_text,
        "target": reading.target_text,
        "week": reading.last_week,
        "day": said(reading.last_day or reading.today),
        "due": said(reading.due),
        "effect": said(reading.effect_from),
    }
    return _lead(reading) % words


def _lead(reading: "Reading") -> str:
    if reading.kind == Kind.MILESTONE:
        return _milestone(reading)
    if reading.holds:
        return _guardrail(reading)
    if reading.is_over and (said_at_end := _lead_at_end(reading)):
        return said_at_end
    if not reading.is_measured:
        if reading.expected and reading.expected_text:
            return _("Not measured yet, %(expected)s expected.")
        return _("Not measured yet.")
    if reading.is_stale:
        if reading.expected_text:
            return _("No number since week %(week)s: %(now)s then, %(expected)s expected today.")
        return _("No number since week %(week)s: %(now)s then.")
    if reading.gap_words:
        return _says_little(reading)
    if reading.state == "reached":
        return _("%(now)s; the target of %(target)s is reached.")
    if reading.state == "too-early":
        return _("%(now)s so far. No movement is expected before %(effect)s.")
    if reading.kind == Kind.STAGES:
        return _("Stage reached: %(now)s. By now, %(expected)s of the way is expected.")
    if reading.last_day == reading.today:
        return _("%(now)s today, %(expected)s expected.")
    return _("%(now)s on %(day)s, %(expected)s expected by now.")


def _says_little(reading: "Reading") -> str:
    match reading.baseline, reading.target:
        case None, None:
            return _("%(now)s so far; without a start value and a target that says little.")
        case None, _target:
            return _("%(now)s so far; without a start value that says little.")
        case _baseline, None:
            return _("%(now)s so far; without a target that says little.")
    return _("%(now)s so far; start and target are the same.")


def _lead_at_end(reading: "Reading") -> str:
    """Nothing is expected any more; what was reached or is missing is said as always."""
    if not reading.is_measured:
        return _("Not measured in this cycle.")
    if reading.gap_words or reading.state == "reached":
        return ""
    if reading.is_stale:
        return _("No number after week %(week)s: %(now)s then, the target was %(target)s.")
    if reading.kind == Kind.STAGES:
        return _("Stage reached at the end: %(now)s.")
    return _("%(now)s on %(day)s; the target was %(target)s.")


def _milestone(reading: "Reading") -> str:
    if reading.state == "reached":
        return _("Reached.")
    if reading.today >= reading.due:
        return _("Not reached. It was due on %(due)s.")
    return _("Not reached yet. It is due on %(due)s.")


def _guardrail(reading: "Reading") -> str:
    if not reading.is_measured:
        return _("Not measured yet; to hold: %(target)s.")
    if reading.is_stale:
        return _("No number since week %(week)s: %(now)s then; to hold: %(target)s.")
    return _("Now %(now)s; to hold: %(target)s.")


def outlook(reading: "Reading") -> str:
    """Where it leads, or what it would take to say so."""
    if reading.late_on:
        late = _("Its last number came late, on %(day)s.") % {"day": said(reading.late_on)}
        return f"{held(reading)} {late}" if reading.holds else late
    if reading.holds:
        return held(reading)
    found = reading.forecast
    if isinstance(found, Forecast):
        if reading.state in {"reached", "too-early"}:
            return _if_it_goes_on(reading, found)
        return f"{_if_it_goes_on(reading, found)} {VERDICTS[found.verdict]}"
    if isinstance(found, TooLittle):
        return _too_little(found)
    if reading.is_stale and reading.is_measured_in_numbers:
        return _("Without a fresh number there is no forecast.")
    return ""


def _if_it_goes_on(reading: "Reading", found: Forecast) -> str:
    low, high = found.even
    return _(
        "If the last %(n)d values go on like this: about %(value)s (%(low)s to %(high)s) "
        "on %(day)s; target %(target)s."
    ) % {
        "n": found.n,
        "value": reading.write(found.value),
        "low": reading.write(low),
        "high": reading.write(high),
        "day": said(reading.cycle.ends),
        "target": reading.target_text,
    }


def _too_little(found: TooLittle) -> str:
    if found.missing == Missing.THREE_WEEKS:
        return ngettext(
            "The values span %(days)d day so far: a forecast needs three weeks.",
            "The values span %(days)d days so far: a forecast needs three weeks.",
            found.days,
        ) % {"days": found.days}
    if not found.n:
        return _("A forecast needs four values, over three weeks.")
    return ngettext(
        "%(n)d value so far: a forecast needs four, over three weeks.",
        "%(n)d values so far: a forecast needs four, over three weeks.",
        found.n,
    ) % {"n": found.n}


def held(reading: "Reading") -> str:
    """“Held on 28 of 42 days (67%).”; beside it stands whether it holds now."""
    found = reading.held
    if found.share is None:
        return ""
    return ngettext(
        "Held on %(held)d of %(days)d day (%(share)s).",
        "Held on %(held)d of %(days)d days (%(share)s).",
        found.days,
    ) % {
        "held": found.days_held,
        "days": found.days,
        "share": reading.write_share(found.share),
    }


def note(reading: "Reading") -> str:
    """The short line under the word for its pace."""
    if reading.late_on:
        return _("Entered late, on %(day)s") % {"day": said(reading.late_on)}
    if reading.is_stale:
        return _("Last number in week %(week)s") % {"week": reading.last_week}
    if reading.gap_words and reading.key_result.baseline_by:
        return _("Start value by %(day)s") % {"day": said(reading.key_result.baseline_by)}
    if reading.kind == Kind.MILESTONE:
        return _("Due on %(day)s") % {"day": said(reading.due)}
    if not reading.is_measured:
        return _("Not measured yet")
    if reading.holds:
        if reading.held.share is None:
            return ""
        return _("%(held)d of %(days)d days") % {
            "held": reading.held.days_held, "days": reading.held.days,
        }  # fmt: skip
    if reading.state == "too-early":
        return _("Expected from %(day)s") % {"day": said(reading.effect_from)}
    if isinstance(reading.forecast, Forecast):
        return _("Forecast %(value)s") % {"value": reading.write(reading.forecast.value)}
    return ""


def numbers(reading: "Reading") -> list[tuple[date, str, str]]:
    """(day, value, expected range), week by week; a week without a value is named."""
    rows = [
        (value.day, reading.write(value.value), range_text(reading, value.day))
        for value in reading.values
    ]
    reported = {monday(value.day) for value in reading.values}
    weekday = reading.last_day.weekday() if reading.last_day else 4
    for week in weeks(reading.cycle.starts, reading.cycle.ends):
        day = week + timedelta(days=weekday)
        if week not in reported and week + WEEK <= reading.today:
            rows.append((day, _("no number"), range_text(reading, day)))
    return sorted(rows)
