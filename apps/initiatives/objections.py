"""The objections to an initiative, as its page shows them to this person."""

from dataclasses import dataclass
from datetime import date

from apps.initiatives.models import Initiative, Objection, ObjectionMove
from apps.organisation.models import User
from apps.organisation.permissions import Do, may


@dataclass(frozen=True)
class Objected:
    """One of Objection.for_page(), with the buttons to offer."""

    objection: Objection
    may_answer: bool
    may_withdraw: bool

    @property
    def answers(self) -> list[ObjectionMove]:
        """What was said of it after it was raised."""
        return [move for move in self.objection.moves.all() if move.verb != "raise"]


def objections_of(initiative: Initiative, *, user: User, today: date) -> list[Objected]:
    """Open ones first. Two queries, however many there are."""
    team = initiative.team
    answers = may(user, Do.ANSWER_OBJECTION, team)
    withdraws = may(user, Do.WITHDRAW_OBJECTION, team)
    found = [
        Objected(
            objection,
            may_answer=answers and objection.is_open,
            may_withdraw=withdraws and objection.is_open and objection.is_of(user),
        )
        for objection in initiative.objections.for_page(today)
    ]
    return sorted(found, key=lambda objected: not objected.objection.is_open)


def may_object(initiative: Initiative, user: User) -> bool:
    return initiative.is_live and may(user, Do.OBJECT_TO_INITIATIVE, initiative.team)
