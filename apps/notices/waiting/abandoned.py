"""Live initiatives whose goal was abandoned: their team says what becomes of them."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from apps.initiatives.models import Initiative
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import Amendment


def _of_their_teams(whose: Whose) -> QuerySet[Any]:
    """Of everyone in the team: whoever of them decides it, it waits for none of them."""
    said = Amendment.objects.filter(
        kind=Amendment.Kind.ABANDONMENT,
        objective__key_results__links__initiative=OuterRef("pk"),
    ).order_by("-at")
    return (
        Initiative.objects.without_their_goal()
        .filter(team__in=whose.user.standing.works_in)
        .annotate(
            abandoned_on=Subquery(said.values("day")[:1]),
            goal=Subquery(said.values("objective__title")[:1]),
        )
    )


def _decide(row: dict[str, Any], whose: Whose) -> Waiting:
    on = date.fromisoformat(row["on"])
    initiative = Initiative(pk=row["pk"], title=row["title"])
    return Waiting(
        day=on,
        due=days.said(on, whose.today),
        title=_("“%(initiative)s”: its goal was abandoned") % {"initiative": initiative},
        goal=row["goal"],
        text=_("Kill it, swap it, or link it to another goal."),
        url=initiative.get_absolute_url(),
        verb=_("Decide"),
    )


KINDS = [
    Kind(
        "goal abandoned",
        _of_their_teams,
        {"pk": "pk", "title": "title", "on": F("abandoned_on"), "goal": F("goal")},
        _decide,
    )
]
