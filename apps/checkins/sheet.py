"""The week's check-in of a team as a page needs it: what is asked, and what is known already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.checkins import questions
from apps.checkins.cadence import WEEK, due_day, monday, week_number, weeks
from apps.checkins.models import CheckIn, HelpRequest, InitiativeReport, KeyResultReport
from apps.initiatives.cards import ON_A_CARD, VERBS
from apps.initiatives.effects import write_change
from apps.initiatives.models import KillCriterion, Status
from apps.objectives.figures import MOST_DECIMALS, write_value
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import Reading, read
from apps.objectives.scoring import Kind
from apps.organisation.models import Organisation, Team


class Leader(NamedTuple):
    """Someone who can be asked for help, and the team that he or she leads."""

    pk: int
    name: str
    team: str

    @classmethod
    def of(cls, team: Any) -> list["Leader"]:
        """Of a team of questions.with_leaders()."""
        return [cls(**leader) for leader in team.leaders]


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
            return _("Due on %(day)s.") % {"day": _day(reading.due)}
        if reading.target is None or not reading.is_measured_in_numbers:
            return ""
        rising = reading.kind == Kind.INCREASE
        target = _("Target above %(target)s.") if rising else _("Target below %(target)s.")
        target %= {"target": self.write(reading.target)}
        if self.day < reading.effect_from:
            pace = _("Movement is expected from %(day)s.") % {"day": _day(reading.effect_from)}
        elif reading.range_text:
            pace = _("On pace this week: %(range)s.") % {"range": reading.range_text}
        else:
            pace = reading.gap_words
        return f"{target} {pace}"

    def write(self, value: Decimal) -> str:
        return _write(self.key_result, value)

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

    @property
    def pk(self) -> int:
        return int(self.initiative.pk)

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """The ways to move it, each on a page of its own."""
        return [
            (verb, str(VERBS[verb])) for verb in ON_A_CARD.get(Status(self.initiative.status), ())
        ]

    @property
    def lines(self) -> list[str]:
        return [self._standing, *self._expected, *self._stops]

    @property
    def _standing(self) -> str:
        initiative = self.initiative
        if not initiative.is_live:
            words = {
                "status": initiative.get_status_display(),
                "day": _day(timezone.localdate(initiative.ended_at)),
            }
            return _("%(status)s on %(day)s.") % words
        if initiative.is_paused and initiative.look_again_on:
            return _("Paused. Look again on %(day)s.") % {"day": _day(initiative.look_again_on)}
        if initiative.is_paused:
            return _("Paused.")
        started = timezone.localdate(initiative.started_at)
        if self.cycle.starts <= started <= self.cycle.ends:
            return _("Active since week %(week)s.") % {
                "week": week_number(started, self.cycle.starts, self.cycle.ends)
            }
        return _("Active since %(day)s.") % {"day": _day(started)}

    @property
    def _expected(self) -> Iterator[str]:
        for aim in self.initiative.aims:
            words = {"key_result": aim["title"]}
            if aim["by_when"]:
                words["day"] = _day(date.fromisoformat(aim["by_when"]))
            if aim["effect"]:
                effect = Decimal(aim["effect"])
                words["change"] = write_change(effect, KeyResult(unit=aim["unit"]), MOST_DECIMALS)
            yield _should_move(words)

    @property
    def _stops(self) -> Iterator[str]:
        if not self.initiative.is_live:
            return
        for stop in self.initiative.stops:
            words = {
                "observable": stop["observable"], "limit": stop["limit"],
                "day": _day(date.fromisoformat(stop["on"])),
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


@dataclass(frozen=True)
class AsSent:
    """What a check-in says of a key result, for those who read it."""

    report: KeyResultReport

    @property
    def number(self) -> str:
        measurement = self.report.measurement
        return _write(self.report.key_result, measurement.value) if measurement else ""

    @property
    def is_corrected(self) -> bool:
        """On the page of the key result, after the check-in was sent."""
        measurement = self.report.measurement
        return measurement is not None and hasattr(measurement, "superseded_by")


@dataclass(frozen=True)
class Sheet:
    """All that the page of a team's week shows. `check_in` may not be stored yet."""

    team: Team
    week: date
    cycle: Cycle
    organisation: Organisation
    today: date
    check_in: CheckIn
    earlier: list[CheckIn]
    leaders: list[Leader]

    @classmethod
    def find(
        cls, team: Any, week: date, *, organisation: Organisation, today: date
    ) -> "Sheet | None":
        """Of a team of questions.with_leaders(); None where there is no such week to report."""
        cycle = Cycle.objects.current(week + timedelta(days=3))
        if cycle is None or week > today or week not in weeks(cycle.starts, cycle.ends):
            return None
        check_ins = {
            check_in.week: check_in
            for check_in in CheckIn.objects.filter(team=team, week__lte=week)
            .filter(week__gte=weeks(cycle.starts, cycle.ends)[0])
            .select_related("submitted_by", "saved_by")
        }
        check_in = check_ins.pop(week, None) or CheckIn(team=team, week=week)
        earlier = [check_in for check_in in check_ins.values() if check_in.is_sent]
        leaders = Leader.of(team)
        return cls(team, week, cycle, organisation, today, check_in, earlier, leaders)

    @property
    def number(self) -> int:
        return week_number(self.week, self.cycle.starts, self.cycle.ends)

    @property
    def due(self) -> date:
        return due_day(self.week, self.organisation.checkin_weekday)

    @property
    def last_day(self) -> date:
        return self.week + WEEK - timedelta(days=1)

    @property
    def is_over(self) -> bool:
        return self.today > self.last_day

    @property
    def can_be_written(self) -> bool:
        """What was sent stands once its week is over; a closed cycle is read-only."""
        is_done = self.check_in.is_sent and self.is_over
        return self.cycle.is_open and self.team.archived_at is None and not is_done

    @property
    def url(self) -> str:
        return self.check_in.get_absolute_url()

    @property
    def place(self) -> dict[str, Any]:
        """What every action on it is told."""
        return {"team": self.team, "week": self.week, "cycle": self.cycle}

    @cached_property
    def key_results(self) -> list[KeyResultQuestion]:
        asked = questions.key_results(self.team, self.cycle)
        day = min(self.due if self.is_over else self.today, self.cycle.ends)
        return [
            KeyResultQuestion(key_result, self.cycle, self.week, day)
            for key_result in questions.with_last_reports(asked, team=self.team, week=self.week)
        ]

    @cached_property
    def initiatives(self) -> list[InitiativeQuestion]:
        asked = questions.initiatives(self.team, week=self.week)
        return [InitiativeQuestion(initiative, self.cycle) for initiative in asked]

    @property
    def sent(self) -> dict[str, str]:
        """What was sent, as the form's fields hold it; nothing where nothing was."""
        fields = {"in_the_way": self.check_in.in_the_way} if self.check_in.is_sent else {}
        for key_result in self.key_results:
            fields |= key_result.sent
        for initiative in self.initiatives:
            fields |= initiative.sent
        return fields

    @property
    def fields(self) -> dict[str, str]:
        return self.check_in.draft or self.sent

    @cached_property
    def help_requests(self) -> list[HelpRequest]:
        """Those that this check-in has raised."""
        if not self.check_in.is_sent:
            return []
        return list(self.check_in.help_requests.for_rows())

    @property
    def key_result_reports(self) -> list[AsSent]:
        reports = self.check_in.key_results.current().for_reading()
        return [AsSent(report) for report in reports]

    @property
    def initiative_reports(self) -> list[InitiativeReport]:
        reports = self.check_in.initiatives.filter(revision=self.check_in.revision)
        return list(reports.select_related("initiative").order_by("pk"))

    @property
    def story(self) -> str:
        """What came before, in one sentence."""
        if not self.earlier:
            return ""
        last = self.earlier[0]
        words = {
            "day": date_format(timezone.localdate(last.submitted_at), "DATE_FORMAT"),
            "name": last.submitted_by,
        }
        told = _("Last check-in: %(day)s, by %(name)s.") % words
        missing = [
            week_number(week, self.cycle.starts, self.cycle.ends)
            for week in weeks(self.cycle.starts, self.cycle.ends)
            if last.week < week < self.week
        ]
        if not missing:
            return told
        gap = ngettext("Week %(weeks)s is missing.", "Weeks %(weeks)s are missing.", len(missing))
        return f"{told} {gap % {'weeks': ', '.join(map(str, missing))}}"


def _should_move(words: dict[str, str]) -> str:
    if "change" in words and "day" in words:
        return _("Should move “%(key_result)s” by %(change)s by %(day)s.") % words
    if "change" in words:
        return _("Should move “%(key_result)s” by %(change)s.") % words
    if "day" in words:
        return _("Should move “%(key_result)s” by %(day)s.") % words
    return _("Should move “%(key_result)s”.") % words


def _write(key_result: KeyResult, value: Decimal) -> str:
    """In full, as it was entered."""
    match key_result.kind:
        case KeyResult.Kind.MILESTONE:
            return _("yes") if value else _("not yet")
        case KeyResult.Kind.STAGES:
            return write_value(value, "", 1, str(get_language()))
    return write_value(value, key_result.unit, MOST_DECIMALS, str(get_language()))


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def plain(value: Decimal) -> str:
    """A number in no one's notation, as drafts hold it: 1200.5."""
    return f"{value.normalize():f}"
