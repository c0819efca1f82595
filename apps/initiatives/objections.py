"""The objections to an initiative, as pages show them: found with it, in no query of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from apps.initiatives.models import (
    OBJECTION_WORDS,
    Initiative,
    InitiativeQuerySet,
    Objection,
    ObjectionMove,
    ObjectionQuerySet,
)
from apps.objectives.models import Constraint, Objective
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may


class Said(NamedTuple):
    """A step of an objection, as the initiative's history tells it among its own."""

    verb: str
    because: str
    by: User
    at: datetime
    step: str = ""

    @property
    def who(self) -> str:
        return self.by.name

    @property
    def words(self) -> str:
        return str(OBJECTION_WORDS[self.verb])


@dataclass(frozen=True)
class Told:
    """An objection with its words; `bound` is where the constraint stands."""

    objection: Objection
    bound: Objective | Team
    moves: list[Said]

    @property
    def answers(self) -> list[Said]:
        """What was said of it after it was raised."""
        return [move for move in self.moves if move.verb != "raise"]


@dataclass(frozen=True)
class Objected:
    """Told, with the buttons to offer."""

    told: Told
    may_answer: bool
    may_withdraw: bool


def with_objections(initiatives: InitiativeQuerySet, today: date) -> QuerySet[Any]:
    found = Objection.objects.filter(initiative=OuterRef("pk"))
    return initiatives.annotate(objected=ArraySubquery(_in_json(found, today)))


def told(objection: Objection, today: date) -> Told:
    """One query."""
    return _told(_in_json(Objection.objects.filter(pk=objection.pk), today).get()["json"])


def objections_of(initiative: Any, user: User) -> list[Objected]:
    """Of an initiative of with_objections(). Open ones first."""
    answers = may(user, Do.ANSWER_OBJECTION, initiative.team)
    withdraws = may(user, Do.WITHDRAW_OBJECTION, initiative.team)
    rows = [_told(row) for row in initiative.objected]
    rows.sort(key=lambda row: not row.objection.is_open)
    return [
        Objected(
            row,
            may_answer=answers and row.objection.is_open,
            may_withdraw=withdraws and row.objection.is_open and row.objection.is_of(user),
        )
        for row in rows
    ]


def may_object(initiative: Initiative, user: User) -> bool:
    return initiative.is_live and may(user, Do.OBJECT_TO_INITIATIVE, initiative.team)


def _in_json(objections: ObjectionQuerySet, today: date) -> QuerySet[Any]:
    moves = ObjectionMove.objects.filter(objection=OuterRef("pk")).values(
        json=JSONObject(verb="verb", text="text", by="by__name", at="at")
    )
    return objections.with_standing(today).values(
        json=JSONObject(
            pk="pk", reason="reason", state="state", lapsed_because="lapsed_because",
            raised_by_id="raised_by_id", raised_by="raised_by__name", raised_at="raised_at",
            constraint="constraint__sentence", objective="constraint__objective_id",
            title="constraint__objective__title", team="constraint__team__slug",
            moves=ArraySubquery(moves),
        )
    )  # fmt: skip


def _told(row: dict[str, Any]) -> Told:
    objection = Objection(
        pk=row["pk"], reason=row["reason"], state=row["state"],
        raised_by=User(pk=row["raised_by_id"], name=row["raised_by"]),
        raised_at=datetime.fromisoformat(row["raised_at"]),
        constraint=Constraint(sentence=row["constraint"]),
    )  # fmt: skip
    objection.lapsed_because = row["lapsed_because"]
    if row["objective"]:
        bound: Objective | Team = Objective(pk=row["objective"], title=row["title"])
    else:
        bound = Team(slug=row["team"])
    return Told(
        objection,
        bound,
        [
            Said(m["verb"], m["text"], User(name=m["by"]), datetime.fromisoformat(m["at"]))
            for m in row["moves"]
        ],
    )
