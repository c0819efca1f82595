"""The end of a cycle: objectives to review and close, look-backs to write, initiatives that
outlived their goals."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.initiatives.models import Initiative
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import Cycle, LookBack, Objective
from apps.organisation.models import Team


def _to_review(whose: Whose) -> QuerySet[Objective]:
    """Of those who answer for it: its owner, and the leaders of its team."""
    user = whose.user
    return Objective.objects.to_review(whose.today).filter(
        Q(owner=user) | Q(team__in=user.standing.leads)
    )


def _review(row: dict[str, Any], whose: Whose) -> Waiting:
    ends = date.fromisoformat(row["ends"])
    return Waiting(
        day=ends,
        due=days.due(ends, whose.today),
        title=_("Review and close"),
        goal=row["title"],
        text=_("%(cycle)s has come to its end.") % {"cycle": row["cycle"]},
        url=reverse("objectives:review", args=[row["pk"]]),
        verb=_("Review"),
    )


def _to_look_back(whose: Whose) -> QuerySet[Cycle]:
    """A cycle and a team of one's own that reported a number in it, and has not looked back."""
    wrote = LookBack.objects.filter(cycle=OuterRef("pk"), team=OuterRef("reporting"))
    standing = Team.objects.standing().filter(pk=OuterRef("reporting"))
    return (
        Cycle.objects.to_review(whose.today)
        .filter(
            objectives__key_results__team__in=whose.user.standing.works_in,
            objectives__key_results__dropped_at=None,
            objectives__state__in=Objective.FIXED,
        )
        .annotate(
            reporting=F("objectives__key_results__team"),
            team_name=F("objectives__key_results__team__name"),
            team_slug=F("objectives__key_results__team__slug"),
        )
        .filter(~Exists(wrote), Exists(standing))
        .distinct()
    )


def _look_back(row: dict[str, Any], whose: Whose) -> Waiting:
    ends = date.fromisoformat(row["ends"])
    return Waiting(
        day=ends,
        due=days.due(ends, whose.today),
        title=_("%(team)s: look back on %(cycle)s") % {"team": row["team"], "cycle": row["cycle"]},
        text=_("Three questions, for the team to answer together."),
        url=reverse("dashboards:look_back", args=[row["slug"], row["of"]]),
        verb=_("Look back"),
    )


def _outlived(whose: Whose) -> QuerySet[Initiative]:
    return (
        Initiative.objects.outlived(whose.today)
        .filter(team__in=whose.user.standing.works_in)
        .annotate(ended=Min("links__key_result__objective__cycle__ends"))
    )


def _decide(row: dict[str, Any], whose: Whose) -> Waiting:
    ends = date.fromisoformat(row["ends"])
    return Waiting(
        day=ends,
        due=days.due(ends, whose.today),
        title=_("“%(title)s” has outlived its goal") % {"title": row["title"]},
        text=_("Link it to a goal that goes on, pause, kill or finish it."),
        url=reverse("dashboards:team", args=[row["slug"]]) + "#outlived",
        verb=_("Decide"),
    )


KINDS = [
    Kind(
        "review to write",
        _to_review,
        {"pk": "pk", "title": "title", "ends": "cycle__ends", "cycle": "cycle__name"},
        _review,
    ),
    Kind(
        "look-back to write",
        _to_look_back,
        {"of": "slug", "cycle": "name", "ends": "ends", "team": F("team_name"),
         "slug": F("team_slug")},
        _look_back,
    ),
    Kind(
        "initiative that outlived its goal",
        _outlived,
        {"title": "title", "slug": "team__slug", "ends": F("ended")},
        _decide,
    ),
]  # fmt: skip
