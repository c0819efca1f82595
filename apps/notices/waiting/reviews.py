"""The end of a cycle: objectives to review and close, look-backs to write, initiatives that
outlived their goals."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.initiatives.models import Initiative
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import Cycle, LookBack, Objective
from apps.organisation.models import Team, TeamGrant


def _to_review(whose: Whose) -> QuerySet[Objective]:
    """Of those who answer for it: its owner, and the leaders of its team; where all of them
    have gone, those who lead above."""
    user, leads = whose.user, list(whose.user.standing.leads)
    leaders = TeamGrant.objects.filter(
        permission__codename="lead_team", user__is_active=True, content_object=OuterRef("team")
    )
    nobody = (Q(owner=None) | Q(owner__is_active=False)) & ~Exists(leaders)
    return Objective.objects.to_review(whose.today).filter(
        Q(owner=user) | Q(team__in=leads) | (Q(team__ancestor_ids__overlap=leads) & nobody)
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


def _outlived(whose: Whose) -> QuerySet[Team]:
    """A line for each of one's teams, however many of its initiatives are left over."""
    left = Initiative.objects.outlived(whose.today).filter(team=OuterRef("pk")).order_by()
    of_team = left.values("team")
    ends = of_team.annotate(ended=Min("links__key_result__objective__cycle__ends"))
    many = of_team.annotate(n=Count("pk", distinct=True))
    return (
        Team.objects.standing()
        .filter(pk__in=whose.user.standing.works_in)
        .annotate(ended=Subquery(ends.values("ended")), left_over=Subquery(many.values("n")))
        .exclude(left_over=None)
    )


def _decide(row: dict[str, Any], whose: Whose) -> Waiting:
    ends, n = date.fromisoformat(row["ends"]), row["n"]
    words = {"team": row["team"], "n": n}
    return Waiting(
        day=ends,
        due=days.due(ends, whose.today),
        title=ngettext(
            "%(team)s: %(n)d initiative has outlived its goal",
            "%(team)s: %(n)d initiatives have outlived their goals",
            n,
        )
        % words,
        text=_("Link each to a goal that goes on, pause, kill or finish it."),
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
        "initiatives that outlived their goals",
        _outlived,
        {"team": "name", "slug": "slug", "ends": F("ended"), "n": F("left_over")},
        _decide,
    ),
]  # fmt: skip
