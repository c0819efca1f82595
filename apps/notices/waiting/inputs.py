"""Objectives that are open for input: what one is asked, has to answer, and may commit to."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import Asked, Cycle, Input, Objective

OBJECTIVE = {"pk": "pk", "title": "title", "until": "input_until"}


def _open(whose: Whose) -> QuerySet[Any]:
    unanswered = Input.objects.unanswered().filter(objective=OuterRef("pk"))
    counted = unanswered.order_by().values("objective").annotate(n=Count("pk")).values("n")
    return (
        Objective.objects.visible_to(whose.user)
        .filter(state=Objective.State.INPUT)
        .exclude(cycle__state=Cycle.State.CLOSED)
        .annotate(to_answer=Subquery(counted))
    )


def _own(whose: Whose) -> QuerySet[Any]:
    """Of those who answer for it: its owner, and the leaders of its team."""
    user = whose.user
    return _open(whose).filter(Q(owner=user) | Q(team__in=user.standing.leads))


def _asked(whose: Whose) -> QuerySet[Any]:
    asked = Asked.objects.filter(objective=OuterRef("pk"), person=whose.user)
    given = Input.objects.standing().filter(objective=OuterRef("pk"), author=whose.user)
    return (
        _open(whose)
        .filter(~Exists(given), input_until__gte=whose.today)
        .annotate(asked_by=Subquery(asked.values("by__name")[:1]))
        .exclude(asked_by=None)
    )


def _unanswered(whose: Whose) -> QuerySet[Any]:
    return _own(whose).exclude(to_answer=None)


def _to_commit(whose: Whose) -> QuerySet[Any]:
    return _own(whose).filter(to_answer=None, input_until__lt=whose.today)


def _waiting(
    row: dict[str, Any], whose: Whose, *, part: str, title: str, text: str, verb: str
) -> Waiting:
    until = date.fromisoformat(row["until"])
    objective = Objective(pk=row["pk"], title=row["title"])
    return Waiting(
        day=until,
        due=days.due(until, whose.today),
        goal=objective.title,
        url=f"{objective.get_absolute_url()}#{part}",
        title=title,
        text=text,
        verb=verb,
    )


def _until(row: dict[str, Any]) -> str:
    return days.in_full(date.fromisoformat(row["until"]))


def _give(row: dict[str, Any], whose: Whose) -> Waiting:
    return _waiting(
        row, whose, part="give-input",
        title=_("%(name)s asks for your input") % {"name": row["asked_by"]},
        text=_("Open until %(day)s.") % {"day": _until(row)},
        verb=_("Give input"),
    )  # fmt: skip


def _answer(row: dict[str, Any], whose: Whose) -> Waiting:
    n = row["n"]
    return _waiting(
        row, whose, part="input",
        title=ngettext("%(n)d input to answer", "%(n)d inputs to answer", n) % {"n": n},
        text=_("You can commit when each has an answer."),
        verb=_("Answer"),
    )  # fmt: skip


def _commit(row: dict[str, Any], whose: Whose) -> Waiting:
    return _waiting(
        row, whose, part="commitment",
        title=_("Input has closed: commit, or ask again"),
        text=_("Closed on %(day)s.") % {"day": _until(row)},
        verb=_("Look at it"),
    )  # fmt: skip


KINDS = [
    Kind("input asked", _asked, {**OBJECTIVE, "asked_by": F("asked_by")}, _give),
    Kind("input to answer", _unanswered, {**OBJECTIVE, "n": F("to_answer")}, _answer),
    Kind("commitment", _to_commit, OBJECTIVE, _commit),
]
