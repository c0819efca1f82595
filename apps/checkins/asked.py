"""The single questions of a check-in: a key result, an initiative, and what is known of each."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.checkins.cadence import WEEK, monday, week_number
from apps.initiatives.cards import ON_A_CARD
from apps.initiatives.effects import write_change
from apps.initiatives.models import KillCriterion, Status
from apps.initiatives.stops import StopMark
from apps.objectives.figures import MOST_DECIMALS, write_value
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import Reading, read
from apps.objectives.scoring import Kind
from apps.objectives.units import unit_beside
from apps.objectives.values import written

TARGETS = {
    Kind.INCREASE: gettext_lazy("Target above %(target)s."),
    Kind.DECREASE: gettext_lazy("Target below %(target)s."),
    Kind.UNKNOWN: gettext_lazy("Target %(target)s."),
}
SAYING_NOTHING = {"not-measured", "stale", "too-early"}


@dataclass(frozen=True)
class KeyResultQuestion:
    """A key result of questions.with_last_reports(), read on a day of the week."""

    key_result: Any
    cycle: Cycle
    week: date
    day: date

    @property
    def pk(self) -> int:
        return int(self.key_result.pk)

    @cached_property
    def reading(self) -> Reading:
        return read(self.key_result, today=self.day)

    def went(self, value: Decimal) -> tuple[str, str] | None:
        """How it read with the last number, and how it reads with this one; None where that is
        the same, or where one of the two says nothing yet."""
        earlier = {day: known for day, known in self._values.items() if day != self._own_day}
        before, now = (self._read_with(values) for values in (earlier, earlier | {self.day: value}))
        if before.state == now.state or {before.state, now.state} & SAYING_NOTHING:
            return None
        return before.state_word, now.state_word

    def _read_with(self, values: dict[date, Decimal]) -> Reading:
        other = copy(self.key_result)
        other.series = [
            {"day": day.isoformat(), "value": str(values[day])} for day in sorted(values)
        ]
        return read(other, today=self.day)

    @property
    def spark(self) -> SafeString:
        return self.reading.spark(height=48)

    @property
    def road(self) -> str:
        """Where it should be, in one line."""
        reading = self.reading
        if reading.holds:
            return _("To hold: %(limits)s.") % {"limits": reading.target_text}
        if reading.kind == Kind.MILESTONE:
            return _("Due on %(day)s.") % {"day": month_day(reading.due)}
        if reading.target is None or not reading.is_measured_in_numbers:
            return ""
        target = TARGETS[reading.kind] % {"target": self.write(reading.target)}
        if self.day < reading.effect_from:
            pace = _("Movement is expected from %(day)s.") % {"day": month_day(reading.effect_from)}
        elif reading.range_text:
            pace = _("On pace this week: %(range)s.") % {"range": reading.range_text}
        else:
            pace = reading.gap_words
        return f"{target} {pace}"

    def write(self, value: Decimal) -> str:
        return write(self.key_result, value)

    @cached_property
    def _values(self) -> dict[date, Decimal]:
        return {
            date.fromisoformat(entry["day"]): Decimal(entry["value"])
            for entry in self.key_result.series
        }

    @cached_property
    def _own_day(self) -> date | None:
        """The day for which this week's check-in gave a number."""
        said = self.key_result.said
        return date.fromisoformat(said["day"]) if said and said["day"] else None

    @property
    def last(self) -> str:
        """The last number before this one, for comparison."""
        known = [day for day in self._values if day <= self.day and day != self._own_day]
        if not known:
            start = self.key_result.baseline
            return (
                _("Start value: %(value)s") % {"value": self.write(start)}
                if start is not None
                else ""
            )
        day = max(known)
        words = {"value": self.write(self._values[day])}
        if day >= self.week or not self.cycle.starts <= day <= self.cycle.ends:
            return _("%(day)s: %(value)s") % (words | {"day": date_format(day, "MONTH_DAY_FORMAT")})
        if monday(day) == self.week - WEEK:
            return _("Last week: %(value)s") % words
        number = week_number(day, self.cycle.starts, self.cycle.ends)
        return _("Week %(week)s: %(value)s") % (words | {"week": number})

    def is_possible(self, value: Decimal) -> bool:
        low, high = self.key_result.bound_low, self.key_result.bound_high
        return (low is None or low <= value) and (high is None or value <= high)

    @property
    def example(self) -> Decimal:
        """A number that would be right here."""
        key_result = self.key_result
        known = [
            *self._values.values(),
            key_result.baseline,
            key_result.target,
            key_result.low,
            key_result.high,
        ]
        return next((value for value in reversed(known) if value is not None), Decimal("56.4"))

    @property
    def sent(self) -> dict[str, str]:
        """What this week's check-in says, as the form's fields hold it."""
        said = self.key_result.said
        if not said:
            return {}
        fields = {f"sentence-{self.pk}": said["sentence"]}
        if said["confidence"] is not None:
            fields[f"confidence-{self.pk}"] = str(said["confidence"])
        if self._own_day:
            fields[f"value-{self.pk}"] = plain(self._values[self._own_day])
        return fields


@dataclass(frozen=True)
class InitiativeQuestion:
    """An initiative of questions.initiatives()."""

    initiative: Any
    cycle: Cycle
    # Its stop marks that ask the team for an answer.
    due: Sequence[StopMark] = ()

    @property
    def pk(self) -> int:
        return int(self.initiative.pk)

    @property
    def verbs(self) -> tuple[str, ...]:
        """The ways to move it from here."""
        return ON_A_CARD.get(Status(self.initiative.status), ())

    @property
    def stay(self) -> str:
        """What it is called to leave it as it is."""
        return _("Stay paused") if self.initiative.is_paused else _("Keep going")

    @property
    def lines(self) -> list[str]:
        return [self._standing, *self._expected, *self._stops]

    @property
    def _standing(self) -> str:
        initiative = self.initiative
        if not initiative.is_live:
            words = {
                "status": initiative.get_status_display(),
                "day": month_day(timezone.localdate(initiative.ended_at)),
            }
            return _("%(status)s on %(day)s.") % words
        if initiative.is_paused and initiative.look_again_on:
            return _("Paused. Look again on %(day)s.") % {
                "day": month_day(initiative.look_again_on)
            }
        if initiative.is_paused:
            return _("Paused.")
        started = timezone.localdate(initiative.started_at)
        if self.cycle.starts <= started <= self.cycle.ends:
            return _("Active since week %(week)s.") % {
                "week": week_number(started, self.cycle.starts, self.cycle.ends)
            }
        return _("Active since %(day)s.") % {"day": month_day(started)}

    @property
    def _expected(self) -> Iterator[str]:
        for aim in self.initiative.aims:
            words = {"key_result": aim["title"]}
            if aim["by_when"]:
                words["day"] = month_day(date.fromisoformat(aim["by_when"]))
            if aim["effect"]:
                effect = Decimal(aim["effect"])
                moved = KeyResult(unit_kind=aim["unit_kind"], unit=aim["unit"])
                words["change"] = write_change(effect, moved, MOST_DECIMALS)
            yield _should_move(words)

    @property
    def _stops(self) -> Iterator[str]:
        if not self.initiative.is_live:
            return
        due = {mark.criterion.pk for mark in self.due}
        for stop in self.initiative.stops:
            if stop["pk"] in due:
                continue
            words = {
                "observable": stop["key_result"] or stop["observable"], "limit": _limit(stop),
                "day": month_day(date.fromisoformat(stop["on"])),
            }  # fmt: skip
            match stop["comparator"]:
                case KillCriterion.Comparator.BELOW:
                    yield _("Stop if “%(observable)s” is below %(limit)s on %(day)s.") % words
                case KillCriterion.Comparator.ABOVE:
                    yield _("Stop if “%(observable)s” is above %(limit)s on %(day)s.") % words
                case _other:
                    yield _("Stop if “%(observable)s” is not done by %(day)s.") % words

    @property
    def sent(self) -> dict[str, str]:
        said = self.initiative.said or {}
        return {f"{name}-{self.pk}": text for name, text in said.items()}


def _limit(stop: dict[str, Any]) -> str:
    """As one says it, of something else; as a number in its own unit, of a key result."""
    if stop["limit_value"] is None:
        return str(stop["limit"])
    number = Decimal(stop["limit_value"])
    unit = unit_beside(stop["unit_kind"] or "", stop["unit"] or "", number)
    return write_value(number, unit, MOST_DECIMALS, str(get_language()))


def _should_move(words: dict[str, str]) -> str:
    if "change" in words and "day" in words:
        return _("Should move “%(key_result)s” by %(change)s by %(day)s.") % words
    if "change" in words:
        return _("Should move “%(key_result)s” by %(change)s.") % words
    if "day" in words:
        return _("Should move “%(key_result)s” by %(day)s.") % words
    return _("Should move “%(key_result)s”.") % words


def write(key_result: KeyResult, value: Decimal) -> str:
    """In full, as it was entered."""
    return written(key_result, value, decimals=MOST_DECIMALS)


def month_day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def plain(value: Decimal) -> str:
    """A number in no one's notation, as drafts hold it: 1200.5."""
    return f"{value.normalize():f}"
