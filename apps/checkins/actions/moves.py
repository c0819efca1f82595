"""The moves of initiatives that a check-in brings along, each by the move's own action."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.initiatives import actions as means
from apps.initiatives.models import Initiative, KillCriterion
from apps.organisation.models import Team, User

# In this order, so that what ends or rests makes room for what begins.
VERBS: dict[str, Callable[..., object]] = {
    "kill": means.kill,
    "finish": means.finish,
    "pause": means.pause,
    "swap": means.swap,
    "resume": means.resume,
}
# What is final: whoever sends it is shown it and confirms it.
ENDS = {"kill", "finish", "swap"}
BEGINS = {"swap", "resume"}


class Move(NamedTuple):
    """What becomes of one initiative: the verb, and what its own action is told."""

    verb: str
    said: Mapping[str, Any]


Moves = Mapping[Initiative, Move]


class GoOn(NamedTuple):
    """The answer to a stop mark that has come due: we go on, because …"""

    criterion: KillCriterion
    because: str
    # Where no number says whether it has come to this.
    is_reached: bool | None = None


def carry_out(moves: Moves, *, team: Team, by: User, now: datetime) -> None:
    """In the name of whoever sends the check-in. What is refused stands at that initiative."""
    order = list(VERBS)
    for initiative, move in sorted(moves.items(), key=lambda row: order.index(row[1].verb)):
        initiative.team = team
        try:
            VERBS[move.verb](initiative, by=by, now=now, **move.said)
        except ValidationError as refused:
            raise ValidationError(
                {f"move-{initiative.pk}": _in_words(refused, initiative, team)}
            ) from refused


def answer_stops(answers: Iterable[GoOn], *, team: Team, by: User, now: datetime) -> None:
    """What is refused stands at that stop mark."""
    for criterion, because, is_reached in answers:
        criterion.initiative.team = team
        try:
            means.go_on(criterion, because=because, is_reached=is_reached, by=by, now=now)
        except ValidationError as refused:
            raise ValidationError({f"because-{criterion.pk}": refused.messages}) from refused


def _in_words(refused: ValidationError, initiative: Initiative, team: Team) -> list[str]:
    if any(getattr(error, "code", "") == "limit" for error in _each(refused)):
        return [
            _(
                "%(team)s has set itself a limit of %(limit)s active initiatives. "
                "Pause or end another one in this check-in, and “%(title)s” has room."
            )
            % {"team": team.name, "limit": team.active_limit, "title": initiative}
        ]
    return refused.messages


def _each(refused: ValidationError) -> list[ValidationError]:
    if hasattr(refused, "error_dict"):
        return [error for errors in refused.error_dict.values() for error in errors]
    return list(refused.error_list)
