"""The week's check-in of a team as a page needs it: what is asked, and what is known already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.checkins import questions
from apps.checkins.asked import InitiativeQuestion, KeyResultQuestion, month_day
from apps.checkins.cadence import WEEK, asks, due_day, week_number, weeks
from apps.checkins.models import CheckIn, HelpRequest
from apps.checkins.rhythm import beats
from apps.initiatives.stops import StopMark, criteria_due
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation


class Leader(NamedTuple):
    """Someone who can be asked for help, and the team that he or she leads."""

    pk: int
    name: str
    team: str

    @classmethod
    def of(cls, team: Any) -> list["Leader"]:
        """Of a team of questions.for_sheets(): each person once, for the nearest team."""
        leaders: dict[int, Leader] = {}
        for leader in team.leaders:
            leaders.setdefault(leader["pk"], cls(**leader))
        return list(leaders.values())


class HelpInShort(NamedTuple):
    """A help request beside the check-in that raised it."""

    pk: int
    text: str
    state: str
    asked: str
    by_when: str

    @property
    def url(self) -> str:
        return reverse("checkins:help", args=[self.pk])

    @property
    def how_it_stands(self) -> str:
        match self.state:
            case HelpRequest.State.ANSWERED:
                return _("It was answered.")
            case HelpRequest.State.WITHDRAWN:
                return _("It was withdrawn.")
        return _("%(name)s is asked to answer by %(day)s.") % {
            "name": self.asked, "day": month_day(date.fromisoformat(self.by_when)),
        }  # fmt: skip


def cycle_of(week: date, cycles: Iterable[Cycle]) -> Cycle | None:
    """The one of them that asks for a check-in in this week: the nearest to its Thursday."""
    thursday = week + timedelta(days=3)
    cycle = min(cycles, key=lambda cycle: cycle.distance(thursday), default=None)
    return cycle if cycle and week in weeks(cycle.starts, cycle.ends) else None


@dataclass(frozen=True)
class Sheet:
    """All that the page of a team's week shows. `check_in` may not be stored yet."""

    team: Any
    week: date
    cycle: Cycle
    organisation: Organisation
    today: date
    check_in: Any
    earlier: list[CheckIn]
    leaders: list[Leader]

    @classmethod
    def find(
        cls,
        team: Any,
        week: date,
        *,
        cycles: Iterable[Cycle],
        organisation: Organisation,
        today: date,
    ) -> "Sheet | None":
        """Of a team of questions.for_sheets(); None where there is no such week to report."""
        cycle = cycle_of(week, cycles)
        if cycle is None or week > today:
            return None
        check_ins = {
            check_in.week: check_in
            for check_in in CheckIn.objects.filter(team=team)
            .filter(week__range=(weeks(cycle.starts, cycle.ends)[0], week))
            .for_sheets()
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
        return reverse("checkins:check_in", args=[self.team.slug, self.week])

    @property
    def sent_url(self) -> str:
        """What everybody reads, also whoever could still write it."""
        return reverse("checkins:sent", args=[self.team.slug, self.week])

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
        asked = list(questions.initiatives(self.team, week=self.week))
        due = self._stops_due(asked)
        return [
            InitiativeQuestion(initiative, self.cycle, due.get(initiative.pk, []))
            for initiative in asked
        ]

    def _stops_due(self, initiatives: list[Any]) -> dict[int, list[StopMark]]:
        """By initiative, the stop marks that ask for an answer; read only where one could."""
        due: dict[int, list[StopMark]] = {}
        could_be = any(
            stop["key_result"] or date.fromisoformat(stop["on"]) <= self.today
            for initiative in initiatives
            for stop in initiative.stops
        )
        if self.offers_moves and could_be:
            for mark in criteria_due([self.team], today=self.today):
                due.setdefault(mark.initiative.pk, []).append(mark)
        return due

    @property
    def offers_moves(self) -> bool:
        """Means are moved today: in the check-in of this week, not in one that is caught up on."""
        return not self.is_over

    @property
    def can_be_corrected(self) -> bool:
        """After its week, with a reason."""
        stands = self.cycle.is_open and self.team.archived_at is None
        return stands and self.check_in.is_sent and self.is_over

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
        return self.check_in.draft_fields or self.sent

    @property
    def help_requests(self) -> list[HelpInShort]:
        """Those that this check-in has raised."""
        if not self.check_in.is_sent:
            return []
        return [HelpInShort(**asked) for asked in self.check_in.asked_for]

    def _was_asked(self, week: date) -> bool:
        asked = asks(week, beats(self.team), self.organisation.checkin_weekday)
        return asked and week not in self.team.off

    @property
    def story(self) -> str:
        """What came before, in one sentence."""
        if not self.earlier:
            return ""
        last = self.earlier[0]
        sent = timezone.localdate(last.submitted_at)
        told = _("Last check-in: %(weekday)s, %(day)s, by %(name)s.") % {
            "weekday": date_format(sent, "l"), "day": month_day(sent), "name": last.submitted_by,
        }  # fmt: skip
        missing = [
            week_number(week, self.cycle.starts, self.cycle.ends)
            for week in weeks(self.cycle.starts, self.cycle.ends)
            if last.week < week < self.week and self._was_asked(week)
        ]
        if not missing:
            return told
        gap = ngettext("Week %(weeks)s is missing.", "Weeks %(weeks)s are missing.", len(missing))
        return f"{told} {gap % {'weeks': ', '.join(map(str, missing))}}"
