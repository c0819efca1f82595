"""Initiatives that ask their team: a suggestion, a stop mark, a verdict, a pause that is over."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.initiatives.models import Initiative, InitiativeLink, KillCriterion, Status
from apps.initiatives.stops import read_stop
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import KeyResult

THE_BET = {"initiative_id": "initiative_id", "title": "initiative__title"}


def _theirs(whose: Whose) -> Q:
    return Q(team__in=whose.user.standing.works_in, team__archived_at=None)


def _suggested(whose: Whose) -> QuerySet[Initiative]:
    return Initiative.objects.filter(
        _theirs(whose), status=Status.PROPOSED, from_outside=True, taken_over_at=None
    )


def _to_take_over(row: dict[str, Any], whose: Whose) -> Waiting:
    arrived = timezone.localdate(datetime.fromisoformat(row["at"]))
    return Waiting(
        day=arrived,
        due=days.short(arrived),
        title=_("%(name)s suggests “%(title)s”") % row,
        text=_("Take it over, or decline it with a word."),
        url=Initiative(pk=row["pk"], title=row["title"]).get_absolute_url(),
        verb=_("Look at it"),
    )


def _to_look_at_again(whose: Whose) -> QuerySet[Initiative]:
    paused = Initiative.objects.filter(_theirs(whose), status=Status.PAUSED)
    return paused.filter(look_again_on__lte=whose.today)


def _look_again(row: dict[str, Any], whose: Whose) -> Waiting:
    day = date.fromisoformat(row["day"])
    return Waiting(
        day=day,
        due=days.due(day, whose.today),
        title=_("“%(title)s” was paused until now") % row,
        text=_("Resume it, or say how long it waits on."),
        url=reverse("initiatives:resume", args=[row["pk"]]),
        verb=_("Look at it"),
    )


def _watched(whose: Whose) -> QuerySet[KillCriterion]:
    """Those on a key result among them; their values say whether one has come to it."""
    return KillCriterion.objects.watched(whose.user.standing.works_in, whose.today).for_page()


def _stop_or_go_on(row: dict[str, Any], whose: Whose) -> Waiting | None:
    """None: it has not come to the mark, or the team has answered."""
    initiative = Initiative(
        pk=row["initiative_id"], title=row["title"], status=row["status"],
        started_at=datetime.fromisoformat(row["started_at"]),
    )  # fmt: skip
    criterion = KillCriterion(
        pk=row["pk"], initiative=initiative, observable=row["observable"], limit=row["limit"],
        comparator=row["comparator"], on=date.fromisoformat(row["on"]),
        key_result=_key_result(row), limit_value=_number(row["limit_value"]),
    )  # fmt: skip
    criterion.series, criterion.answered = row["series"], row["answered"]
    stop = read_stop(criterion, initiative, today=whose.today)
    if not stop.waits:
        return None
    day = min(criterion.on, whose.today)
    return Waiting(
        day=day,
        due=days.due(day, whose.today),
        title=_("Kill “%(title)s” or go on?") % row,
        text=stop.question,
        url=stop.go_on_url,
        verb=_("Answer"),
    )


def _key_result(row: dict[str, Any]) -> KeyResult | None:
    if row["key_result_id"] is None:
        return None
    return KeyResult(
        pk=row["key_result_id"], title=row["key_result"], unit=row["unit"],
        decimals=row["decimals"], baseline=_number(row["baseline"]),
    )  # fmt: skip


def _number(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _verdicts(whose: Whose) -> QuerySet[InitiativeLink]:
    due = InitiativeLink.objects.with_verdict().verdict_due(whose.today)
    return due.filter(
        initiative__team__in=whose.user.standing.works_in, initiative__team__archived_at=None
    )


def _judge(row: dict[str, Any], whose: Whose) -> Waiting:
    day = date.fromisoformat(row["by_when"] or row["ends"])
    return Waiting(
        day=day,
        due=days.due(day, whose.today),
        title=_("Did “%(title)s” move it?") % row,
        goal=row["key_result"],
        text=_("The verdict is due: with what you saw, and other causes."),
        url=reverse("initiatives:give_verdict", args=[row["pk"]]),
        verb=_("Give the verdict"),
    )


# What comes due by a day or a number.
DUE = [
    Kind(
        "stop mark to answer", _watched,
        THE_BET | {
            "pk": "pk", "status": "initiative__status", "started_at": "initiative__started_at",
            "observable": "observable", "comparator": "comparator", "limit": "limit", "on": "on",
            "limit_value": Cast("limit_value", TextField()), "key_result_id": "key_result_id",
            "key_result": "key_result__title", "unit": "key_result__unit",
            "decimals": "key_result__decimals",
            "baseline": Cast("key_result__baseline", TextField()),
            "series": F("series"), "answered": F("answered"),
        },
        _stop_or_go_on,
    ),
    Kind(
        "verdict to give", _verdicts,
        THE_BET | {
            "pk": "pk", "key_result": "key_result__title", "by_when": "by_when",
            "ends": "key_result__objective__cycle__ends",
        },
        _judge,
    ),
]  # fmt: skip
KINDS = [
    Kind(
        "suggestion to take over or decline", _suggested,
        {"pk": "pk", "title": "title", "name": "proposed_by__name", "at": "proposed_at"},
        _to_take_over,
    ),
    Kind(
        "pause that is over", _to_look_at_again,
        {"pk": "pk", "title": "title", "day": "look_again_on"}, _look_again,
    ),
    *DUE,
]  # fmt: skip
