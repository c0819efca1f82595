"""Stop marks as they stand: read from the record, in words; and those that ask for an answer.

Bearing raises the question and never kills by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.initiatives.models import Initiative, KillCriterion
from apps.initiatives.stopping import Found, Mark, StopState, check, check_without_number
from apps.objectives.values import written
from apps.organisation.models import Team


class Answer(NamedTuple):
    """A StopAnswer, as a page tells it."""

    is_reached: bool
    because: str
    name: str
    day: date


@dataclass(frozen=True)
class StopMark:
    """A kill criterion of for_page(), and how it stands today."""

    criterion: KillCriterion
    initiative: Initiative
    found: Found
    today: date

    @property
    def state(self) -> StopState:
        return self.found.state

    @property
    def asks_the_team(self) -> bool:
        """No number says whether it has come to this."""
        return self.criterion.key_result is None or self.found.value is None

    @cached_property
    def answers(self) -> list[Answer]:
        return answers_to(self.criterion)

    @property
    def is_answered(self) -> bool:
        """An answer given before the day holds until the day."""
        is_its_day = self.today >= self.criterion.on
        return any(not is_its_day or answer.day >= self.criterion.on for answer in self.answers)

    @property
    def waits(self) -> bool:
        """Kill now, or go on because …: one of both is asked for."""
        runs = self.initiative.is_active or self.initiative.is_paused
        is_raised = self.state in {StopState.REACHED, StopState.ASKED}
        return runs and is_raised and not self.is_answered

    @property
    def raised_at(self) -> datetime:
        """Of one that waits: its day; before that, when the value came in since which all have
        been beyond the limit."""
        if self.today >= self.criterion.on:
            return timezone.make_aware(datetime.combine(self.criterion.on, time()))
        mark = mark_of(self.criterion)
        until = [e for e in self.criterion.series if e["day"] <= self.today.isoformat()]
        *_later, first = takewhile(lambda e: mark.is_beyond(Decimal(e["value"])), reversed(until))
        return datetime.fromisoformat(first["at"])

    @property
    def value(self) -> str:
        """What the key result says, with its unit."""
        key_result = self.criterion.key_result
        if key_result is None or self.found.value is None:
            return ""
        return written(key_result, self.found.value)

    @property
    def word(self) -> str:
        """The state in words, and the value that says so."""
        if not self.initiative.is_live and self.criterion.on > self._ended_on:
            return _("Ended before")
        words = {"value": self.value}
        match self.state:
            case StopState.ON_COURSE:
                return _("On course to stop: %(value)s") % words
            case StopState.REACHED if self.value:
                return _("Reached: %(value)s") % words
            case StopState.REACHED:
                return _("Reached")
            case StopState.NOT_REACHED if self.value:
                return _("Not reached: %(value)s") % words
            case StopState.NOT_REACHED:
                return _("Not reached")
            case StopState.ASKED if self.today == self.criterion.on:
                return _("Today is its day")
            case StopState.ASKED:
                return _("Its day has passed: look and decide")
        return _("Too early")

    @property
    def _ended_on(self) -> date:
        return timezone.localdate(self.initiative.ended_at)

    @property
    def is_flagged(self) -> bool:
        return self.waits or (self.initiative.is_live and self.state == StopState.ON_COURSE)

    @property
    def left(self) -> str:
        days = (self.criterion.on - self.today).days
        if days <= 0 or not self.initiative.is_live:
            return ""
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}

    @property
    def question(self) -> str:
        """What the team is asked."""
        words = {"stop": self.criterion, "day": date_format(self.criterion.on, "MONTH_DAY_FORMAT")}
        if self.asks_the_team:
            return (
                _("You said you would stop if: %(stop)s on %(day)s. Has it come to this?") % words
            )
        return _("You said you would stop if: %(stop)s on %(day)s. It is %(value)s.") % (
            words | {"value": self.value}
        )

    @property
    def kill_url(self) -> str:
        return reverse("initiatives:kill", args=[self.initiative.pk])

    @property
    def go_on_url(self) -> str:
        return reverse("initiatives:go_on", args=[self.criterion.pk])


def answers_to(criterion: KillCriterion) -> list[Answer]:
    """Of a criterion of for_page()."""
    return [
        Answer(
            is_reached=said["is_reached"],
            because=said["because"],
            name=said["name"],
            day=timezone.localdate(datetime.fromisoformat(said["at"])),
        )
        for said in criterion.answered
    ]


def mark_of(criterion: KillCriterion) -> Mark:
    """Of one that watches a number."""
    is_below = criterion.comparator == KillCriterion.Comparator.BELOW
    return Mark(is_below, Decimal(criterion.limit_value or 0), criterion.on)


def read_stop(criterion: KillCriterion, initiative: Initiative, *, today: date) -> StopMark:
    """Once it has ended, as it stood on its last day."""
    begun = timezone.localdate(initiative.started_at) if initiative.started_at else None
    until = min(today, timezone.localdate(initiative.ended_at)) if initiative.ended_at else today
    if criterion.key_result is None or criterion.limit_value is None:
        said = [a.is_reached for a in answers_to(criterion) if a.day >= criterion.on]
        answered = said[-1] if said else None
        found = check_without_number(criterion.on, answered=answered, begun=begun, today=until)
    else:
        mark = mark_of(criterion)
        values = [(date.fromisoformat(e["day"]), Decimal(e["value"])) for e in criterion.series]
        baseline = criterion.key_result.baseline
        found = check(mark, values, baseline=baseline, begun=begun, today=until)
    return StopMark(criterion, initiative, found, today)


def stops_of(initiative: Initiative, *, today: date) -> list[StopMark]:
    """Of an initiative of for_page()."""
    return [read_stop(stop, initiative, today=today) for stop in initiative.kill_criteria.all()]


def criteria_due(teams: Iterable[Team | int], *, today: date) -> list[StopMark]:
    """Stop marks that ask these teams for an answer, the oldest day first. One query."""
    found = (
        KillCriterion.objects.watched(teams, today)
        .for_page()
        .select_related("initiative__team", "key_result")
        .order_by("on", "pk")
    )
    marks = (read_stop(criterion, criterion.initiative, today=today) for criterion in found)
    return [mark for mark in marks if mark.waits]
