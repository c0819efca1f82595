"""The alignment map: which goal is served by which team with which initiative.

Objectives come in pages and are opened one by one; opening some asks the same few queries,
however many teams serve them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.alignment.models import (
    ANSWERED,
    Backbrief,
    BriefedTeam,
    Briefing,
    BriefingState,
    Contribution,
)
from apps.alignment.serving import KNOWN, teams_on
from apps.initiatives.models import LIVE, Initiative, InitiativeLink, Status
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.readings import Reading, read
from apps.organisation.models import Team, User

# From so many on, teams that work on one key result have to say who leads.
MANY_TEAMS = 5


def objectives_in(cycle: Cycle, *, user: User) -> QuerySet[Objective]:
    """Those on the map: known to others, and not given up. The upper teams' first."""
    found = Objective.objects.visible_to(user).for_cycle(cycle).filter(state__in=KNOWN)
    return found.order_by("team__ancestor_ids__len", "position", "pk")


def called(name: str) -> Q:
    """Objectives that bear a name, or a key result, team or initiative of theirs does."""
    key_results = KeyResult.objects.counted().filter(
        Q(title__icontains=name) | Q(team__name__icontains=name)
    )
    bets = Initiative.objects.live().filter(
        Q(title__icontains=name) | Q(team__name__icontains=name)
    )
    contributions = Contribution.objects.live().filter(
        Q(objective__title__icontains=name) | Q(objective__team__name__icontains=name),
        objective__state__in=KNOWN,
    )
    return (
        Q(title__icontains=name)
        | Q(team__name__icontains=name)
        | Q(pk__in=key_results.values("objective"))
        | Q(pk__in=bets.order_by().values("links__key_result__objective"))
        | Q(pk__in=contributions.values("towards"))
    )


def with_counts(objectives: QuerySet[Objective]) -> QuerySet[Any]:
    """What a branch says of itself while it is closed."""
    this = OuterRef("pk")
    key_results = KeyResult.objects.counted().filter(objective=this)
    bets = Initiative.objects.live().filter(links__key_result__objective=this)
    issued = Briefing.objects.issued().filter(objective=this)
    return objectives.select_related("team", "owner", "cycle").annotate(
        key_results_n=counted(key_results),
        teams_n=counted(teams_on(OuterRef(this))),
        initiatives_n=counted(bets, distinct=True),
        unanswered=Case(
            When(Exists(issued), then=counted(still_to_answer())), default=Value(0)
        ),
        briefed=ArraySubquery(
            BriefedTeam.objects.filter(
                briefing__objective=this, briefing__state=BriefingState.ISSUED,
                team__archived_at=None,
            ).values(json=JSONObject(pk="team__pk", name="team__name", slug="team__slug"))
        ),
        contributors=ArraySubquery(_contributors(towards=this, key_result=None)),
    )  # fmt: skip


def still_to_answer() -> QuerySet[Team]:
    """Of an objective: the teams that work on it and have not answered its briefing."""
    this = OuterRef(OuterRef("pk"))
    answered = Backbrief.objects.filter(objective=this, state__in=ANSWERED)
    return teams_on(this).exclude(pk__in=answered.values("team"))


def counted(rows: QuerySet[Any], *, distinct: bool = False) -> Any:
    """As a subquery; none is 0."""
    counted = rows.order_by().annotate(
        n=Func(F("pk"), function="COUNT", template=_COUNT[distinct], output_field=IntegerField())
    )
    return Subquery(counted.values("n"), output_field=IntegerField())


_COUNT = {False: "COUNT(%(expressions)s)", True: "COUNT(DISTINCT %(expressions)s)"}


def _contributors(**to: Any) -> QuerySet[Any]:
    rows = Contribution.objects.live().filter(objective__state__in=KNOWN, **to)
    return rows.order_by("pk").values(
        json=JSONObject(
            title="objective__title", goal_pk="objective__pk", how="how",
            pk="objective__team__pk", name="objective__team__name", slug="objective__team__slug",
        )
    )  # fmt: skip


@dataclass
class Served:
    """A team under a goal: why it stands there, and what it tries."""

    team: Team
    reports: bool = False
    is_asked: bool = False
    contributes: list[str] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        told = [_("reports it")] if self.reports else []
        told += [_("contributes: %(goal)s") % {"goal": goal} for goal in self.contributes]
        if self.is_asked and not told and not self.initiatives:
            told.append(_("asked by the briefing"))
        if self.also:
            rest = len(self.also) - 1
            if rest:
                text = ngettext(
                    "also serves: %(goal)s; and %(n)d more",
                    "also serves: %(goal)s; and %(n)d more",
                    rest,
                )
            else:
                text = _("also serves: %(goal)s")
            told.append(text % {"goal": self.also[0], "n": rest})
        return told


@dataclass(frozen=True)
class KeyResultNode:
    key_result: KeyResult
    reading: Reading
    teams: list[Served]

    @property
    def is_crowded(self) -> bool:
        return len(self.teams) >= MANY_TEAMS

    @property
    def is_unreported(self) -> bool:
        return not any(served.reports for served in self.teams)


class Branch(NamedTuple):
    """An objective on the map. `key_results` is None while it is closed; `whole`: teams that
    serve it as a whole."""

    objective: Any
    key_results: list[KeyResultNode] | None
    whole: list[Served]

    @property
    def is_open(self) -> bool:
        return self.key_results is not None

    @property
    def is_served(self) -> bool:
        return bool(self.whole) or any(node.teams for node in self.key_results or [])


def branches(
    objectives: Iterable[Any], *, cycle: Cycle, open_ones: set[int], today: date
) -> list[Branch]:
    """Of with_counts(); two queries for those that are open, however many."""
    rows = list(objectives)
    nodes: dict[int, list[KeyResultNode]] = {pk: [] for pk in open_ones}
    for key_result in _key_results(open_ones) if open_ones else []:
        nodes[key_result.objective_id].append(_node(key_result, today))
    told = [_branch(row, nodes.get(row.pk)) for row in rows]
    _say_what_else(told, cycle)
    return told


def _key_results(objectives: set[int]) -> QuerySet[Any]:
    this = OuterRef("pk")
    bets = (
        InitiativeLink.objects.filter(key_result=this, initiative__status__in=LIVE)
        .order_by("initiative")
        .values(
            json=JSONObject(
                initiative="initiative__pk", title="initiative__title",
                status="initiative__status", pk="initiative__team__pk",
                name="initiative__team__name", slug="initiative__team__slug",
            )
        )
    )  # fmt: skip
    working = Team.objects.filter(pk=OuterRef("team"), archived_at=None)
    return (
        KeyResult.objects.counted()
        .for_rows()
        .filter(objective__in=objectives)
        .annotate(
            bets=ArraySubquery(bets),
            contributors=ArraySubquery(_contributors(key_result=this)),
            people=counted(
                working.filter(
                    grants__permission__codename__in=["lead_team", "belong_to_team"],
                    grants__user__is_active=True,
                )
            ),
        )
        .order_by("objective", "position", "pk")
    )


def _node(key_result: Any, today: date) -> KeyResultNode:
    teams: dict[int, Served] = {}
    if key_result.people:
        own = key_result.team
        teams[own.pk] = Served(own, reports=True)
    for row in key_result.bets:
        served = teams.setdefault(row["pk"], Served(_team(row)))
        served.initiatives.append(
            Initiative(pk=row["initiative"], title=row["title"], status=Status(row["status"]))
        )
    for row in key_result.contributors:
        teams.setdefault(row["pk"], Served(_team(row))).contributes.append(row["title"])
    return KeyResultNode(key_result, read(key_result, today=today), _in_order(teams))


def _branch(row: Any, nodes: list[KeyResultNode] | None) -> Branch:
    """Who contributes to it as a whole, and who was asked and stands under no key result."""
    if nodes is None:
        return Branch(row, None, [])
    named = {served.team.pk for node in nodes for served in node.teams}
    teams: dict[int, Served] = {}
    for found in row.contributors:
        teams.setdefault(found["pk"], Served(_team(found))).contributes.append(found["title"])
    for found in row.briefed:
        if found["pk"] not in named:
            teams.setdefault(found["pk"], Served(_team(found))).is_asked = True
    return Branch(row, nodes, _in_order(teams))


def _team(row: dict[str, Any]) -> Team:
    return Team(pk=row["pk"], name=row["name"], slug=row["slug"])


def _in_order(teams: dict[int, Served]) -> list[Served]:
    return sorted(teams.values(), key=lambda served: (not served.reports, served.team.name))


def _say_what_else(told: list[Branch], cycle: Cycle) -> None:
    """Of each team on the open branches, which other key results of the cycle it serves."""
    shown = [
        (node.key_result.pk, served)
        for branch in told
        for node in branch.key_results or []
        for served in node.teams
    ]
    shown += [(0, served) for branch in told for served in branch.whole]
    if not shown:
        return
    in_cycle = KeyResult.objects.counted().filter(
        objective__cycle=cycle, objective__state__in=KNOWN
    )
    this = OuterRef("pk")
    bets = InitiativeLink.objects.filter(
        initiative__team=OuterRef(this), initiative__status__in=LIVE
    )
    serving = in_cycle.filter(Q(team=this) | Q(pk__in=bets.values("key_result")))
    teams = Team.objects.filter(pk__in={served.team.pk for _pk, served in shown}).annotate(
        serves=ArraySubquery(
            serving.order_by("position", "pk").values(json=JSONObject(pk="pk", title="title"))
        )
    )
    serves = {team.pk: team.serves for team in teams}
    for key_result, served in shown:
        served.also = [
            row["title"] for row in serves.get(served.team.pk, []) if row["pk"] != key_result
        ]
