"""Briefings that a team has still to answer, answers that wait for a leader, and requests."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alignment.models import (
    ANSWERED,
    Backbrief,
    BackbriefMove,
    BackbriefState,
    Briefing,
    ContributionRequest,
)
from apps.alignment.serving import any_works_on, teams_on
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import Cycle, Objective


def _to_give(whose: Whose) -> QuerySet[Any]:
    """Each briefing in force, once for each of one's own teams that works on the goal and has
    not answered."""
    answers = Backbrief.objects.filter(
        objective=OuterRef(OuterRef("objective")), team=OuterRef("pk")
    )
    mine = (
        teams_on(OuterRef(OuterRef("objective")))
        .filter(pk__in=whose.user.standing.works_in)
        .annotate(answer=Subquery(answers.values("state")[:1]))
        .filter(Q(answer=None) | ~Q(answer__in=ANSWERED))
        .order_by("name")
        .values(json=JSONObject(name="name", slug="slug", answer="answer"))
    )
    briefed = Briefing.objects.in_force().filter(
        objective__in=Objective.objects.filter(any_works_on(whose.user.standing.works_in))
    )
    return briefed.annotate(team=Func(ArraySubquery(mine), function="unnest", set_returning=True))


def _give(row: dict[str, Any], whose: Whose) -> Waiting:
    since, team = _day(row["at"]), row["team"]
    words = {"team": team["name"], "name": row["by"], "n": row["number"]}
    match team["answer"]:
        case BackbriefState.STALE:
            title = _("%(team)s: the briefing has changed; your backbrief is stale")
        case BackbriefState.RETURNED:
            title = _("%(team)s: your backbrief came back")
        case _others:
            title = _("%(team)s: give your backbrief")
    told = _("Revision %(n)d, by %(name)s.") % words
    return Waiting(
        day=since,
        due=days.said(since, whose.today),
        title=title % words,
        goal=row["goal"],
        text=" ".join([told, *_waited(since, whose.today)]),
        url=reverse("alignment:give_backbrief", args=[row["objective"], team["slug"]]),
        verb=_("Write it"),
    )


def _to_answer(whose: Whose) -> QuerySet[Any]:
    """For the owner, and for those who lead the objective's own team."""
    mine = Q(objective__owner=whose.user) | Q(objective__team__in=whose.user.standing.leads)
    given = BackbriefMove.objects.filter(
        backbrief=OuterRef("pk"), to_state=BackbriefState.GIVEN
    ).order_by("-pk")
    return (
        Backbrief.objects.awaiting_leaders()
        .filter(mine)
        .annotate(given_at=Subquery(given.values("at")[:1]))
    )


def _answer(row: dict[str, Any], whose: Whose) -> Waiting:
    since = _day(row["at"])
    return Waiting(
        day=since,
        due=days.said(since, whose.today),
        title=_("%(team)s has given its backbrief") % {"team": row["team"]},
        goal=row["goal"],
        text=" ".join([_("Is that what you meant?"), *_waited(since, whose.today)]),
        url=f"{reverse('alignment:backbriefs', args=[row['objective']])}#team-{row['slug']}",
        verb=_("Answer"),
    )


def _asked_of(whose: Whose) -> QuerySet[ContributionRequest]:
    """Until the cycle of its goal is closed: then it can only be read."""
    asked = ContributionRequest.objects.open().filter(asked_team__in=whose.user.standing.works_in)
    return asked.exclude(towards__cycle__state=Cycle.State.CLOSED)


def _contribute(row: dict[str, Any], whose: Whose) -> Waiting:
    by_when = date.fromisoformat(row["by_when"])
    return Waiting(
        day=by_when,
        due=days.due(by_when, whose.today),
        title=_("%(team)s asks %(asked)s for a contribution")
        % {"team": row["team"], "asked": row["asked"]},
        text=_("“%(text)s”") % {"text": row["what"]},
        url=reverse("alignment:contribution_request", args=[row["pk"]]),
        verb=_("Answer"),
    )


def _day(instant: str) -> date:
    return timezone.localdate(datetime.fromisoformat(instant))


def _waited(since: date, today: date) -> Iterator[str]:
    n = (today - since).days
    if n:
        yield ngettext("Waiting for %(n)d day.", "Waiting for %(n)d days.", n) % {"n": n}


KINDS = [
    Kind(
        "backbrief to give",
        _to_give,
        {"objective": "objective__pk", "goal": "objective__title", "number": "number",
         "by": "issued_by__name", "at": "issued_at", "team": F("team")},
        _give,
    ),
    Kind(
        "backbrief to answer",
        _to_answer,
        {"objective": "objective__pk", "goal": "objective__title", "team": "team__name",
         "slug": "team__slug", "at": F("given_at")},
        _answer,
    ),
    Kind(
        "contribution asked",
        _asked_of,
        {"pk": "pk", "what": "what", "by_when": "by_when", "team": "team__name",
         "asked": "asked_team__name"},
        _contribute,
    ),
]  # fmt: skip
