"""What became of a key result at the end of its cycle: computed, never typed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.objectives import scoring
from apps.objectives.models import Cycle, Objective
from apps.objectives.readings import pictures
from apps.objectives.readings.reading import Reading
from apps.objectives.readings.sentences import said
from apps.objectives.scoring import Hold

ALMOST = Decimal("0.99")


class Outcome(StrEnum):
    """Every key result comes to one of these."""

    BEYOND = "beyond"
    REACHED = "reached"
    SHORT = "short"
    BELOW_START = "below-start"
    HELD = "held"
    HELD_AT_THE_END = "held-at-the-end"
    NOT_HELD = "not-held"
    NOT_MEASURED = "not-measured"
    NO_ROAD = "no-road"
    DROPPED = "dropped"
    ABANDONED = "abandoned"


WORDS = {
    Outcome.BEYOND: gettext_lazy("Beyond target"),
    Outcome.REACHED: gettext_lazy("Reached"),
    Outcome.SHORT: gettext_lazy("Short of the target"),
    Outcome.BELOW_START: gettext_lazy("Below the start"),
    Outcome.HELD: gettext_lazy("Held all the time"),
    Outcome.HELD_AT_THE_END: gettext_lazy("Held at the end, not all the time"),
    Outcome.NOT_HELD: gettext_lazy("Not held at the end"),
    Outcome.NOT_MEASURED: gettext_lazy("Never measured"),
    Outcome.NO_ROAD: gettext_lazy("Start or target missing"),
    Outcome.DROPPED: gettext_lazy("Dropped"),
    Outcome.ABANDONED: gettext_lazy("Abandoned with its objective"),
}
# Its mark: a shape beside the word.
MARKS = {
    Outcome.BEYOND: "reached",
    Outcome.REACHED: "reached",
    Outcome.SHORT: "behind",
    Outcome.BELOW_START: "far-behind",
    Outcome.HELD: "holding",
    Outcome.HELD_AT_THE_END: "holding",
    Outcome.NOT_HELD: "not-holding",
}


class Against(NamedTuple):
    """A target, and the score by it."""

    words: str
    score: str


class Counted(NamedTuple):
    outcome: str
    mark: str
    word: str
    n: int


@dataclass(frozen=True)
class Result:
    reading: Reading

    @cached_property
    def outcome(self) -> Outcome:
        reading, key_result = self.reading, self.reading.key_result
        if key_result.dropped_at is not None:
            return Outcome.DROPPED
        if key_result.objective.state == Objective.State.ABANDONED:
            return Outcome.ABANDONED
        if not reading.is_measured:
            return Outcome.NOT_MEASURED
        if reading.holds:
            return self._kept()
        share = reading.share
        if share is None:
            return Outcome.NO_ROAD
        if share < scoring.ZERO:
            return Outcome.BELOW_START
        if share < scoring.ONE:
            return Outcome.SHORT
        return Outcome.REACHED if share == scoring.ONE else Outcome.BEYOND

    def _kept(self) -> Outcome:
        """By its last value, however old: a guardrail is judged, not scored."""
        limits, held = self.reading.limits, self.reading.held
        state = scoring.hold(value=self.reading.value, low=limits.low, high=limits.high)
        if state != Hold.HOLDING:
            return Outcome.NOT_HELD
        return Outcome.HELD if held.days_held == held.days else Outcome.HELD_AT_THE_END

    @property
    def word(self) -> str:
        return str(WORDS[self.outcome])

    @property
    def mark(self) -> str:
        return MARKS.get(self.outcome, "not-measured")

    def bullet(self) -> SafeString:
        return pictures.score(self.reading, self.mark)

    @property
    def is_scored(self) -> bool:
        return self.reading.shown is not None and self.outcome != Outcome.DROPPED

    @property
    def score(self) -> str:
        """“0.93” by the target that stood at the end; nothing where there is none."""
        shown = self.reading.shown
        return _two_decimals(shown) if shown is not None and self.is_scored else ""

    @property
    def against(self) -> list[Against]:
        """The target at the end, and beside it the one that was committed to first."""
        reading = self.reading
        if not self.is_scored or not reading.is_measured_in_numbers:
            return []
        now = {"target": reading.target_text}
        if reading.was is None:
            return [Against(_("Against %(target)s") % now, self.score)]
        by_first = scoring.progress(
            kind=reading.kind, baseline=reading.baseline, target=reading.was, value=reading.value
        )
        return [
            Against(_("Against %(target)s, as amended") % now, self.score),
            Against(
                _("Against %(target)s, as first committed") % {"target": reading.was_text},
                "–" if by_first.shown is None else _two_decimals(by_first.shown),
            ),
        ]

    @property
    def road(self) -> str:
        """“From 52% to 65%, amended from 60%.”"""
        reading = self.reading
        words = {
            "start": reading.baseline_text,
            "target": reading.target_text,
            "was": reading.was_text,
            "due": said(reading.due),
        }
        if reading.holds:
            return _("To hold: %(target)s.") % words
        if reading.kind == scoring.Kind.MILESTONE:
            return _("Due on %(due)s.") % words
        if reading.kind == scoring.Kind.STAGES:
            return _("In three stages.")
        if reading.was is not None:
            return _("From %(start)s to %(target)s, amended from %(was)s.") % words
        return _("From %(start)s to %(target)s.") % words

    @property
    def final(self) -> str:
        """The last value, of which day, and whether it came late."""
        reading = self.reading
        if reading.last_day is None:
            return _("Never measured in this cycle.")
        words = {"value": reading.now_text, "day": said(reading.last_day)}
        if reading.key_result.objective.is_committed and reading.cycle.state == Cycle.State.RUNNING:
            return _("So far %(value)s, %(day)s.") % words
        if reading.late_on:
            words["late"] = said(reading.late_on)
            return _("Final value %(value)s, %(day)s, entered late on %(late)s.") % words
        return _("Final value %(value)s, %(day)s.") % words

    @property
    def held(self) -> str:
        """“Held on 72 of 86 days”."""
        found = self.reading.held
        if self.outcome in {Outcome.DROPPED, Outcome.NOT_MEASURED} or not found.days:
            return self.word
        return ngettext(
            "Held on %(held)d of %(days)d day", "Held on %(held)d of %(days)d days", found.days
        ) % {"held": found.days_held, "days": found.days}


def results_of(readings: Iterable[Reading]) -> list[Result]:
    return [Result(reading) for reading in readings]


def counted(results: Iterable[Result]) -> list[Counted]:
    """How many came to what, without what none came to; together they are all there are."""
    counts = Counter(result.outcome for result in results)
    return [
        Counted(str(outcome), MARKS.get(outcome, "not-measured"), str(word), counts[outcome])
        for outcome, word in WORDS.items()
        if counts[outcome]
    ]


def _two_decimals(share: Decimal) -> str:
    """What is short of the target never reads as 1.00."""
    rounded = round(share, 2)
    return number_format(ALMOST if rounded == 1 and share < 1 else rounded, decimal_pos=2)
