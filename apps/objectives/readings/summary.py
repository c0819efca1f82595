"""Many readings in a line: counts by state, a mean with its minimum, a sentence. Never a percentage
across objectives."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.objectives import scoring
from apps.objectives.models import Cycle
from apps.objectives.readings.reading import Reading
from apps.objectives.scoring import Hold, RollUp

WELL = {"ahead", "on-pace", "reached", "holding"}
SHOWN = {
    "reached": gettext_lazy("reached"),
    "ahead": gettext_lazy("ahead"),
    "on-pace": gettext_lazy("on pace"),
    "holding": gettext_lazy("holding"),
    "behind": gettext_lazy("behind"),
    "far-behind": gettext_lazy("far behind"),
    "not-holding": gettext_lazy("not holding"),
    "too-early": gettext_lazy("too early to tell"),
    "not-measured": gettext_lazy("without a number"),
}
EXCEPTIONS = {
    "far-behind": gettext_lazy("“%(key_result)s” is far behind."),
    "not-holding": gettext_lazy("“%(key_result)s” does not hold."),
    "stale": gettext_lazy("“%(key_result)s” has had no number since week %(week)s."),
    "not-measured": gettext_lazy("“%(key_result)s” has no number yet."),
    "behind": gettext_lazy("“%(key_result)s” is behind."),
}
MOST_EXCEPTIONS = 2
BEYOND_NINE = {10: gettext_lazy("ten"), 11: gettext_lazy("eleven"), 12: gettext_lazy("twelve")}
LONGEST_IN_A_SENTENCE = 90
YOUNG = 14  # days, in which numbers say little


class Count(NamedTuple):
    state: str
    word: str
    n: int


def situation(readings: Iterable[Reading]) -> list[Count]:
    """How many of each state, without those of which there is none; stale is without a number."""
    counts = Counter(
        "not-measured" if reading.state == "stale" else reading.state for reading in readings
    )
    return [
        Count(state, str(word), counts[state]) for state, word in SHOWN.items() if counts[state]
    ]


def roll_up_of(readings: Iterable[Reading]) -> RollUp:
    """Of the key results that move and still count; guardrails stand beside them."""
    return scoring.roll_up([reading.shown for reading in _counted(readings) if not reading.holds])


def guardrails_of(readings: Iterable[Reading]) -> tuple[int, int]:
    """How many hold, of how many."""
    states = [reading.state for reading in _counted(readings) if reading.holds]
    return states.count(Hold.HOLDING), len(states)


def _counted(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.key_result.dropped_at is None]


def lead_sentence(readings: Sequence[Reading], *, cycle: Cycle, today: date) -> tuple[str, str]:
    """How things stand: the strong part, and at most two exceptions by name, worst first."""
    if not readings:
        return _("There are no key results yet."), ""
    if today < cycle.starts:
        n = (cycle.starts - today).days
        return ngettext("The cycle starts in %(n)d day.", "The cycle starts in %(n)d days.", n) % {
            "n": n
        }, ""
    if today < cycle.ends and (today - cycle.starts).days < YOUNG:
        n = (today - cycle.starts).days + 1
        return ngettext("The cycle is %(n)d day old.", "The cycle is %(n)d days old.", n) % {
            "n": n
        }, _("Numbers say little yet.")
    if not any(reading.is_measured for reading in readings):
        return _nothing_measured(len(readings)), ""
    return _strong(readings), _exceptions(readings)


def _strong(readings: Sequence[Reading]) -> str:
    of, well = len(readings), sum(reading.state in WELL for reading in readings)
    if of == 2 and well == of:
        return _("Both key results are where they should be.")
    if of == 2 and not well:
        return _("Neither of the two key results is where it should be.")
    if well == of:
        return ngettext(
            "The one key result is where it should be.",
            "All %(of)s key results are where they should be.",
            of,
        ) % {"of": _count(of, of)}
    if not well:
        return ngettext(
            "The one key result is not where it should be.",
            "None of %(of)s key results is where it should be.",
            of,
        ) % {"of": _count(of, of)}
    return ngettext(
        "%(well)s of %(of)s key results is where it should be.",
        "%(well)s of %(of)s key results are where they should be.",
        well,
    ) % {"well": capfirst(_count(well, of)), "of": _count(of, of)}


def _count(n: int, of: int) -> str:
    """In words up to twelve; never one of two in words and the other in digits."""
    if of > max(BEYOND_NINE):
        return str(n)
    return str(BEYOND_NINE.get(n) or apnumber(n))


def short(title: str) -> str:
    """As much of it as a sentence bears."""
    return Truncator(title).chars(LONGEST_IN_A_SENTENCE)


def _nothing_measured(of: int) -> str:
    return ngettext(
        "The one key result has no number.", "None of %(of)s key results has a number.", of
    ) % {"of": _count(of, of)}


def _exceptions(readings: Sequence[Reading]) -> str:
    worst = sorted(
        (reading for reading in readings if reading.state in EXCEPTIONS),
        key=lambda reading: reading.sort_rank,
    )
    if not worst and (early := sum(reading.state == "too-early" for reading in readings)):
        return ngettext(
            "For %(n)s of them it is too early to tell.",
            "For %(n)s of them it is too early to tell.",
            early,
        ) % {"n": apnumber(early)}
    return " ".join(
        str(EXCEPTIONS[reading.state])
        % {"key_result": short(reading.key_result.title), "week": reading.last_week}
        for reading in worst[:MOST_EXCEPTIONS]
    )
