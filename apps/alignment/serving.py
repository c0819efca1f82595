"""Who works on which goal: the one answer, as querysets that any page can put into its own."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from apps.alignment.models import BriefedTeam, BriefingState, Contribution
from apps.initiatives.models import LIVE, Initiative, InitiativeLink
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team

# What others know of: a contribution by a draft is still its team's own business.
KNOWN = (Objective.State.INPUT, *Objective.FIXED)


def teams_on(objective: Any) -> QuerySet[Team]:
    """Those asked by its briefing, those that report one of its key results, and those with a
    live initiative or a contribution on it. `objective`: one, or a reference to the outer query.
    """
    asked = BriefedTeam.objects.filter(
        briefing__objective=objective, briefing__state=BriefingState.ISSUED
    )
    reporting = KeyResult.objects.counted().filter(objective=objective)
    betting = Initiative.objects.live().filter(
        links__key_result__objective=objective, links__key_result__dropped_at=None
    )
    contributing = Contribution.objects.live().filter(towards=objective, objective__state__in=KNOWN)
    return Team.objects.standing().filter(
        Q(pk__in=asked.values("team"))
        | Q(pk__in=reporting.values("team"))
        | Q(pk__in=betting.order_by().values("team"))
        | Q(pk__in=contributing.order_by().values("objective__team"))
    )


def works_in(cycle: Cycle) -> list[tuple[QuerySet[Any], str, str]]:
    """The same, for all goals of a cycle at once: rows, each with the names of its team and of
    its objective. A team that works on a goal in two ways stands in two of them."""
    asked = BriefedTeam.objects.filter(briefing__state=BriefingState.ISSUED)
    reporting = KeyResult.objects.counted()
    betting = InitiativeLink.objects.filter(
        initiative__status__in=LIVE, key_result__dropped_at=None
    )
    contributing = Contribution.objects.live().filter(objective__state__in=KNOWN)
    ways: list[tuple[QuerySet[Any], str, str]] = [
        (asked, "team", "briefing__objective"),
        (reporting, "team", "objective"),
        (betting, "initiative__team", "key_result__objective"),
        (contributing, "objective__team", "towards"),
    ]
    return [
        (rows.filter(**{f"{goal}__cycle": cycle, f"{team}__archived_at": None}), team, goal)
        for rows, team, goal in ways
    ]


def works_on(team: Any) -> Q:
    """The same, from the side of a team (or a reference to one): which objectives it works on."""
    return _works_on("", team)


def any_works_on(teams: Collection[int]) -> Q:
    return _works_on("__in", teams)


def _works_on(lookup: str, teams: Any) -> Q:
    team = {f"team{lookup}": teams}
    asked = BriefedTeam.objects.filter(briefing__state=BriefingState.ISSUED, **team)
    reporting = KeyResult.objects.counted().filter(**team)
    betting = Initiative.objects.live().filter(links__key_result__dropped_at=None, **team)
    contributing = Contribution.objects.live().filter(
        objective__state__in=KNOWN, **{f"objective__team{lookup}": teams}
    )
    return (
        Q(pk__in=asked.values("briefing__objective"))
        | Q(pk__in=reporting.values("objective"))
        | Q(pk__in=betting.order_by().values("links__key_result__objective"))
        | Q(pk__in=contributing.order_by().values("towards"))
    )
