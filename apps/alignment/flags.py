"""What does not hang together, each with one thing to do about it: all of a cycle, in one query."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.alignment.map import MANY_TEAMS, counted, still_to_answer
from apps.alignment.models import Briefing, Contribution
from apps.alignment.serving import KNOWN
from apps.initiatives.models import Initiative, InitiativeLink
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team, TeamGrant, User

# More than these of one kind stand on a page of their own.
SHOWN = 3
# More than any organisation has; what is read of each is a few words.
MOST = 5000


class Kind(StrEnum):
    UNREPORTED = "key-result-without-a-team"
    AIMLESS = "team-without-a-goal"
    LOOSE = "initiative-without-a-goal"
    CROWDED = "many-teams-on-one-key-result"
    UNANSWERED = "unanswered-backbriefs"


HEADS = {
    Kind.UNREPORTED: gettext_lazy("Key result without a team:"),
    Kind.AIMLESS: gettext_lazy("Team without a goal:"),
    Kind.LOOSE: gettext_lazy("Initiative without a live goal:"),
    Kind.CROWDED: gettext_lazy("Many teams on one key result:"),
    Kind.UNANSWERED: gettext_lazy("Unanswered backbriefs:"),
}


class Flag(NamedTuple):
    """One thing that does not hang together. `goal` is set in the voice of goals, before the
    sentence."""

    kind: Kind
    text: str
    verb: str
    url: str
    goal: str = ""
    team: str = ""
    status: str = ""

    @property
    def head(self) -> str:
        return str(HEADS[self.kind])

    @property
    def goal_said(self) -> str:
        """As a sentence of its own; many a title is one already."""
        return self.goal if self.goal.endswith((".", "!", "?", "…")) else f"{self.goal}."

    @property
    def is_orphan(self) -> bool:
        """It has no place on the map, so it stands above it."""
        return self.kind in {Kind.AIMLESS, Kind.LOOSE}


class Found(NamedTuple):
    flags: dict[Kind, list[Flag]]
    objectives: int
    key_results: int
    initiatives: int

    @property
    def total(self) -> int:
        return sum(len(rows) for rows in self.flags.values())

    @property
    def orphans(self) -> list[Flag]:
        return [*self.flags[Kind.AIMLESS], *self.flags[Kind.LOOSE]]


def find(cycle: Cycle, objectives: QuerySet[Objective], *, user: User) -> Found:
    """Of the objectives on the map, and of teams and initiatives that serve none of them."""
    inside = objectives.order_by().values("pk")
    key_results = KeyResult.objects.counted().filter(objective__in=inside)
    bets = Initiative.objects.live().filter(links__key_result__objective__in=inside)
    asked = {
        f"kind_{place}": ArraySubquery(
            rows.order_by("pk").values(json=JSONObject(**columns))[:MOST]
        )
        for place, (rows, columns, _tell) in enumerate(_kinds(cycle, key_results, inside, user))
    }
    row: dict[str, Any] = dict(
        Cycle.objects.filter(pk=cycle.pk)
        .values(
            goals_n=counted(objectives), key_results_n=counted(key_results),
            initiatives_n=counted(bets, distinct=True), **asked,
        )
        .get()
    )  # fmt: skip
    told = [tell for _rows, _columns, tell in _kinds(cycle, key_results, inside, user)]
    return Found(
        {
            kind: [tell(one) for one in row[f"kind_{place}"] or []]
            for place, (kind, tell) in enumerate(zip(Kind, told, strict=True))
        },
        row["goals_n"],
        row["key_results_n"],
        row["initiatives_n"],
    )


Rows = tuple[QuerySet[Any], dict[str, Any], Callable[[dict[str, Any]], Flag]]


def _kinds(cycle: Cycle, key_results: QuerySet[KeyResult], inside: Any, user: User) -> list[Rows]:
    """In the order of Kind."""
    return [
        (
            _unreported(key_results),
            {
                "pk": "pk",
                "title": "title",
                "team": "team__name",
                "archived_at": "team__archived_at",
            },
            _tell_unreported,
        ),
        (_aimless(inside), {"name": "name", "slug": "slug"}, _tell_aimless),
        (
            _loose(cycle),
            {"pk": "pk", "title": "title", "team": "team__name", "status": "status"},
            _tell_loose,
        ),
        (
            _crowded(key_results),
            {"pk": "pk", "title": "title", "n": F("teams_n")},
            _tell_crowded,
        ),
        (
            _unanswered(inside),
            {"pk": "pk", "title": "title", "n": F("waiting")},
            _tell_unanswered,
        ),
    ]


def _working_in(team: Any) -> QuerySet[TeamGrant]:
    return TeamGrant.objects.works_in().filter(content_object=team, user__is_active=True)


def _unreported(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """The team that should report it has gone, or nobody works in it."""
    return key_results.filter(
        Q(team__archived_at__isnull=False) | ~Exists(_working_in(OuterRef("team")))
    )


def _aimless(inside: Any) -> QuerySet[Team]:
    """Teams with people and none below them that serve no goal of the cycle in any way."""
    reports = KeyResult.objects.counted().filter(objective__in=inside)
    bets = Initiative.objects.live().filter(links__key_result__objective__in=inside)
    contributing = Contribution.objects.live().filter(towards__in=inside)
    return (
        Team.objects.standing()
        .filter(Exists(_working_in(OuterRef("pk"))))
        .exclude(Exists(Team.objects.standing().filter(parent=OuterRef("pk"))))
        .exclude(pk__in=Objective.objects.filter(pk__in=inside).order_by().values("team"))
        .exclude(pk__in=reports.order_by().values("team"))
        .exclude(pk__in=bets.order_by().values("team"))
        .exclude(pk__in=contributing.order_by().values("objective__team"))
    )


def _loose(cycle: Cycle) -> QuerySet[Initiative]:
    """Live, while no goal of theirs is: none was named, or it was dropped, abandoned or closed."""
    if not cycle.is_open:
        return Initiative.objects.none()
    live = InitiativeLink.objects.filter(
        initiative=OuterRef("pk"),
        key_result__dropped_at=None,
        key_result__objective__state__in=[Objective.State.INPUT, Objective.State.COMMITTED],
    ).exclude(key_result__objective__cycle__state=Cycle.State.CLOSED)
    return Initiative.objects.live().filter(team__archived_at=None).exclude(Exists(live))


CROWDS = """
    SELECT key_result_id FROM (
        SELECT id AS key_result_id, team_id FROM objectives_keyresult
        UNION
        SELECT link.key_result_id, bet.team_id
          FROM initiatives_initiativelink link
          JOIN initiatives_initiative bet ON bet.id = link.initiative_id
         WHERE bet.status IN ('proposed', 'active', 'paused')
        UNION
        SELECT contribution.key_result_id, goal.team_id
          FROM alignment_contribution contribution
          JOIN objectives_objective goal ON goal.id = contribution.objective_id
         WHERE contribution.ended_at IS NULL AND contribution.key_result_id IS NOT NULL
           AND goal.state IN ('input', 'committed', 'closed')
    ) works_on
     GROUP BY key_result_id HAVING count(*) >= %s"""


def _crowded(key_results: QuerySet[KeyResult]) -> QuerySet[Any]:
    this = OuterRef(OuterRef("pk"))
    bets = InitiativeLink.objects.filter(key_result=this, initiative__in=Initiative.objects.live())
    contributing = Contribution.objects.live().filter(key_result=this, objective__state__in=KNOWN)
    teams = Team.objects.filter(
        Q(pk=OuterRef("team"))
        | Q(pk__in=bets.values("initiative__team"))
        | Q(pk__in=contributing.order_by().values("objective__team"))
    )
    return key_results.filter(pk__in=RawSQL(CROWDS, [MANY_TEAMS])).annotate(  # noqa: S611
        teams_n=counted(teams)
    )


def _unanswered(inside: Any) -> QuerySet[Any]:
    briefed = Briefing.objects.in_force().filter(objective__in=inside)
    found = Objective.objects.filter(pk__in=briefed.values("objective"))
    return found.annotate(waiting=counted(still_to_answer())).filter(waiting__gt=0)


def _tell_unreported(row: dict[str, Any]) -> Flag:
    if row["archived_at"]:
        text = _("%(team)s, which reported its number, is archived.")
    else:
        text = _("Nobody works in %(team)s, which reports its number.")
    return Flag(
        Kind.UNREPORTED,
        text % {"team": row["team"]},
        _("Open it"),
        KeyResult(pk=row["pk"], title=row["title"]).get_absolute_url(),
        goal=row["title"],
    )


def _tell_aimless(row: dict[str, Any]) -> Flag:
    return Flag(
        Kind.AIMLESS,
        _("%(team)s serves no goal of this cycle.") % {"team": row["name"]},
        _("Open %(team)s") % {"team": row["name"]},
        reverse("dashboards:team", args=[row["slug"]]),
        team=row["name"],
    )


def _tell_loose(row: dict[str, Any]) -> Flag:
    return Flag(
        Kind.LOOSE,
        _("“%(initiative)s” of %(team)s moves no live goal.")
        % {"initiative": row["title"], "team": row["team"]},
        row["title"],
        Initiative(pk=row["pk"], title=row["title"]).get_absolute_url(),
        team=row["team"],
        status=row["status"],
    )


def _tell_crowded(row: dict[str, Any]) -> Flag:
    return Flag(
        Kind.CROWDED,
        ngettext("%(n)d team works on it. Who leads?", "%(n)d teams work on it. Who leads?",
                 row["n"]) % {"n": row["n"]},
        _("Talk about it"),
        KeyResult(pk=row["pk"], title=row["title"]).get_absolute_url(),
        goal=row["title"],
    )  # fmt: skip


def _tell_unanswered(row: dict[str, Any]) -> Flag:
    return Flag(
        Kind.UNANSWERED,
        ngettext(
            "%(n)d team has not answered its briefing.",
            "%(n)d teams have not answered its briefing.",
            row["n"],
        )
        % {"n": row["n"]},
        _("See who"),
        reverse("alignment:backbriefs", args=[row["pk"]]),
        goal=row["title"],
    )
