"""One key result on one day. What it says in words and in drawings lies beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.objectives import scoring
from apps.objectives.figures import write_number, write_value
from apps.objectives.forecast import PRIOR, Error, Forecast, TooLittle, forecast
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import pictures, sentences
from apps.objectives.readings.why import why
from apps.objectives.scoring import Flag, Held, Hold, Kind, Limits, Pace, Progress, Step, Value
from apps.objectives.units import UnitKind
from apps.objectives.values import written
from apps.objectives.weeks import week_number

# Worst first.
RANKS: tuple[str, ...] = (
    Pace.FAR_BEHIND,
    Hold.NOT_HOLDING,
    Pace.STALE,
    Pace.NOT_MEASURED,
    Pace.BEHIND,
    Pace.TOO_EARLY,
    Pace.ON_PACE,
    Hold.HOLDING,
    Pace.AHEAD,
    Pace.REACHED,
)
SHORT_UNITS = {UnitKind.PERCENT, UnitKind.MONEY}
NO_NUMBER = "–"


def read(key_result: KeyResult, *, today: date, language: str | None = None) -> "Reading":
    """From KeyResult.objects.for_rows(). After the end of its cycle it reads as on the last day."""
    cycle = key_result.objective.cycle
    return Reading(
        key_result=key_result,
        today=min(today, cycle.ends),
        language=language or str(get_language()),
    )


@dataclass(frozen=True)
class Reading:
    key_result: KeyResult
    today: date
    language: str

    # Numbers

    @property
    def cycle(self) -> Cycle:
        return self.key_result.objective.cycle

    @cached_property
    def kind(self) -> Kind:
        return Kind(self.key_result.kind)

    @property
    def holds(self) -> bool:
        """A guardrail: to hold, not to move."""
        return not self.kind.moves

    @property
    def is_measured_in_numbers(self) -> bool:
        """To move, and by a figure: neither a milestone nor stages."""
        return self.kind in {Kind.INCREASE, Kind.DECREASE, Kind.UNKNOWN}

    @cached_property
    def _effective(self) -> list[dict[str, str]]:
        """Those of the cycle; what was measured before it is history."""
        first, last = self.cycle.starts, self.today
        return [
            row for row in self.key_result.series if first <= date.fromisoformat(row["day"]) <= last
        ]

    @cached_property
    def values(self) -> list[Value]:
        return [
            Value(date.fromisoformat(row["day"]), Decimal(row["value"])) for row in self._effective
        ]

    @property
    def value(self) -> Decimal | None:
        return self.values[-1].value if self.values else None

    @property
    def last_day(self) -> date | None:
        return self.values[-1].day if self.values else None

    @property
    def was_reported_here(self) -> bool:
        """Not what another tool's list brought in when its cycle was over already."""
        objective = self.key_result.objective
        if not objective.is_imported:
            return True
        return timezone.localdate(objective.committed_at) <= self.cycle.ends

    @cached_property
    def late_on(self) -> date | None:
        """The day on which the last value was entered, where that was after the cycle's end."""
        if not self._effective or not self.was_reported_here:
            return None
        entered = timezone.localdate(datetime.fromisoformat(self._effective[-1]["at"]))
        return entered if entered > self.cycle.ends else None

    @property
    def is_over(self) -> bool:
        """From the last day of its cycle on, what it reads stays so."""
        return self.today >= self.cycle.ends

    @property
    def has_anything_to_draw(self) -> bool:
        return self.is_measured or self.holds or self.target is not None

    @property
    def last_week(self) -> int | None:
        return self.week_of(self.last_day) if self.last_day else None

    def week_of(self, day: date) -> int:
        return week_number(day, self.cycle.starts, self.cycle.ends)

    @property
    def is_measured(self) -> bool:
        return bool(self.values)

    @property
    def is_stale(self) -> bool:
        if self.last_day is None or (self.kind == Kind.MILESTONE and self.value):
            return False  # a milestone that was reached stays so
        rhythm = self.key_result.team.days_between_numbers
        return scoring.is_stale(last=self.last_day, today=self.today, rhythm=rhythm)

    @cached_property
    def steps(self) -> list[Step]:
        """The target, and each amendment of it."""
        if self.holds:
            return []
        if not self.is_measured_in_numbers:
            return [Step(self.cycle.starts, scoring.ONE)]
        amended = [row for row in self._amended if row["field"] == "target"]
        if not amended:
            target = self.key_result.target
            return [] if target is None else [Step(self.cycle.starts, target)]
        return [
            Step(self.cycle.starts, Decimal(amended[0]["old"])),
            *(Step(date.fromisoformat(row["day"]), Decimal(row["new"])) for row in amended),
        ]

    @property
    def _amended(self) -> list[dict[str, str]]:
        """What an imported list left open was filled in, not amended."""
        return [row for row in self.key_result.steps if row["old"] and row["new"]]

    @cached_property
    def limit_steps(self) -> list[Limits]:
        """The limits to hold, and each amendment of them."""
        amended = [row for row in self._amended if row["field"] in {"low", "high"}]
        stands: dict[str, Decimal | None] = {
            "low": self.key_result.low, "high": self.key_result.high,
        }  # fmt: skip
        for row in reversed(amended):
            stands[row["field"]] = Decimal(row["old"])
        steps = [Limits(self.cycle.starts, stands["low"], stands["high"])]
        for row in amended:
            stands[row["field"]] = Decimal(row["new"])
            steps.append(Limits(date.fromisoformat(row["day"]), stands["low"], stands["high"]))
        return steps

    @property
    def limits(self) -> Limits:
        return scoring.limits_on(self.limit_steps, self.today)

    @property
    def target(self) -> Decimal | None:
        return scoring.target_on(self.steps, self.today) if self.steps else None

    @property
    def was(self) -> Decimal | None:
        """The target that was committed to, where it is not today's."""
        return self.steps[0].target if self.steps and self.steps[0].target != self.target else None

    @property
    def baseline(self) -> Decimal | None:
        if self.kind in {Kind.MILESTONE, Kind.STAGES}:
            return scoring.ZERO
        return self.key_result.baseline

    @cached_property
    def progress(self) -> Progress:
        return scoring.progress(
            kind=self.kind, baseline=self.baseline, target=self.target, value=self.value
        )

    @property
    def share(self) -> Decimal | None:
        return None if self.holds else self.progress.raw

    @property
    def shown(self) -> Decimal | None:
        return None if self.holds else self.progress.shown

    @property
    def flag(self) -> Flag:
        return Flag.NONE if self.holds else self.progress.flag

    @property
    def effect_from(self) -> date:
        return self.key_result.effect_from or self.cycle.starts

    @property
    def due(self) -> date:
        """Of a milestone."""
        return self.key_result.due or self.cycle.ends

    @cached_property
    def expected(self) -> Decimal:
        return scoring.expected(
            effect_from=self.effect_from,
            ends=self.cycle.ends,
            today=self.today,
            due=self.due if self.kind == Kind.MILESTONE else None,
        )

    @property
    def half_range(self) -> Decimal:
        if self.kind == Kind.MILESTONE:
            return scoring.ZERO
        return scoring.half_range(effect_from=self.effect_from, today=self.today)

    @property
    def expected_value(self) -> Decimal | None:
        if self.baseline is None or self.target is None:
            return None
        return scoring.expected_value(
            baseline=self.baseline, target=self.target, expected=self.expected
        )

    def range_on(self, day: date) -> tuple[Decimal, Decimal] | None:
        """What was expected on a day, by the target of that day."""
        if self.baseline is None or not self.steps or not self.is_measured_in_numbers:
            return None
        begun = self.effect_from
        return scoring.expected_range(
            baseline=self.baseline,
            target=scoring.target_on(self.steps, day),
            expected=scoring.expected(effect_from=begun, ends=self.cycle.ends, today=day),
            half=scoring.half_range(effect_from=begun, today=day),
        )

    @cached_property
    def forecast(self) -> Forecast | TooLittle | None:
        """None where none is made: for what holds or has no road, and once the time is up."""
        if not self.is_measured_in_numbers or self.is_stale or self.today >= self.cycle.ends:
            return None
        if self.baseline is None or self.target is None:
            return None
        return forecast(
            self.values,
            ends=self.cycle.ends,
            baseline=self.baseline,
            target=self.target,
            bounds=(self.key_result.bound_low, self.key_result.most),
            error=self.own_error or PRIOR,
        )

    @property
    def own_error(self) -> Error | None:
        """Of this organisation's forecasts, once enough of them have come due."""
        own = self.key_result.own_error
        if own is None or own["even"] is None:
            return None
        return Error(even=Decimal(str(own["even"])), wide=Decimal(str(own["wide"])))

    @cached_property
    def held(self) -> Held:
        return scoring.held(self.values, self.limit_steps, today=self.today)

    # The state, and what it is called

    @cached_property
    def state(self) -> str:
        if self.holds:
            return scoring.hold(
                value=self.value,
                low=self.limits.low,
                high=self.limits.high,
                stale=self.is_stale,
            )
        return scoring.pace(
            raw=self.share,
            expected=self.expected,
            effect_begun=self.today >= self.effect_from,
            stale=self.is_stale,
        )

    @property
    def state_word(self) -> str:
        gap = self.gap_words if self.is_measured else ""
        return gap or sentences.state_word(self.state)

    @property
    def gap_words(self) -> str:
        """What is missing from the definition, so that a value says nothing yet."""
        if not self.is_measured_in_numbers:
            return ""
        match self.baseline, self.target:
            case None, None:
                return _("Start value and target missing")
            case None, _target:
                return _("Start value missing")
            case _baseline, None:
                return _("No target")
        return _("Start and target are the same") if self.baseline == self.target else ""

    @property
    def sort_rank(self) -> tuple[int, Decimal]:
        """Worst first; within a state, by how far behind."""
        gap = scoring.ZERO if self.share is None else self.share - self.expected
        return RANKS.index(self.state), gap

    # Figures as text

    def write(self, value: Decimal) -> str:
        """Short, as in a table: a unit of several words stands in its head."""
        is_short = self.key_result.unit_kind in SHORT_UNITS
        unit = self.key_result.unit if is_short else ""
        return written(self.key_result, value, unit=unit, language=self.language)

    def write_share(self, share: Decimal) -> str:
        """As a percentage of the way."""
        return write_value(share * 100, "%", 0, self.language)

    def write_plain(self, value: Decimal, decimals: int = 3) -> str:
        return write_number(value, decimals, self.language)

    def _written(self, value: Decimal | None, otherwise: str = NO_NUMBER) -> str:
        return otherwise if value is None else self.write(value)

    @property
    def now_text(self) -> str:
        return self._written(self.value)

    @property
    def now_long(self) -> str:
        """With its whole unit: “7.5 of 10”."""
        if self.value is None:
            return self.now_text
        return written(self.key_result, self.value, language=self.language)

    @property
    def target_text(self) -> str:
        return sentences.limit_text(self) if self.holds else self._written(self.target)

    @property
    def baseline_text(self) -> str:
        return self._written(self.baseline)

    @property
    def was_text(self) -> str:
        return self._written(self.was, otherwise="")

    @property
    def expected_text(self) -> str:
        if self.kind == Kind.STAGES:
            return self.write_share(self.expected)
        return self._written(self.expected_value, otherwise="")

    @property
    def range_text(self) -> str:
        return sentences.range_text(self, self.today)

    @property
    def lead(self) -> str:
        return sentences.lead(self)

    @cached_property
    def outlook(self) -> str:
        return sentences.outlook(self)

    @cached_property
    def note(self) -> str:
        return sentences.note(self)

    @property
    def why(self) -> list[tuple[str, str]]:
        return why(self)

    @property
    def numbers(self) -> list[tuple[date, str, str]]:
        return sentences.numbers(self)

    # Drawings

    def spark(self, height: int = 34) -> SafeString:
        return pictures.spark(self, height)

    def bullet(self, labels: bool = False) -> SafeString:
        return pictures.bullet(self, labels)

    def labelled_bullet(self) -> SafeString:
        """For templates, which pass no arguments."""
        return pictures.bullet(self, labels=True)

    def trajectory(self, notes: Sequence[date] = (), height: int = 300) -> SafeString:
        return pictures.trajectory(self, notes, height)

    def guardrail(self) -> SafeString:
        return pictures.guardrail(self)
