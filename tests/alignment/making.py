"""Rounds of the pulse, made by the same actions as the pages use."""

from collections.abc import Iterable, Sequence
from datetime import date

from apps.alignment import actions
from apps.alignment.models import PulseRound
from apps.organisation.models import Team, User
from tests.factories import NOW, UserFactory, at

UNTIL = date(2026, 11, 27)
SURE = (6, 5, 5, 6)


def make_members(team: Team, n: int) -> list[User]:
    return [UserFactory(works_in=team) for _number in range(n)]


def make_open(by: User, *, until: date = UNTIL, every_weeks: int | None = None) -> PulseRound:
    return actions.open_pulse(until=until, every_weeks=every_weeks, by=by, now=NOW)


def answer(
    pulse_round: PulseRound, team: Team, people: Iterable[User], answers: Sequence[int] = SURE
) -> None:
    for person in people:
        actions.answer_pulse(pulse_round, team=team, answers=answers, by=person)


def close(pulse_round: PulseRound, by: User, *, day: date = date(2026, 11, 28)) -> None:
    actions.close_pulse(pulse_round, by=by, now=at(day))
