"""What somebody has in hand before he or she goes, and who could take each thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, Func, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from apps.checkins.models import Decision, HelpRequest
from apps.initiatives.models import Initiative
from apps.objectives.models import Asked, Cycle, Input, Objective
from apps.organisation.models import Team, TeamGrant, User

UNDECIDED = [Objective.State.DRAFT, Objective.State.INPUT, Objective.State.COMMITTED]


class Thing(NamedTuple):
    """One of them; `name` is that of its field."""

    name: str
    row: Any
    title: str
    url: str
    about: str
    takers: list[User]
    nobody: str


class Hands(NamedTuple):
    """Of one person: what is asked about, and what only ends."""

    teams: list[Thing]
    objectives: list[Thing]
    initiatives: list[Thing]
    helps: list[Thing]
    decisions: list[Thing]
    inputs: int

    @property
    def things(self) -> list[Thing]:
        return [*self.teams, *self.objectives, *self.initiatives, *self.helps, *self.decisions]

    @property
    def names(self) -> set[str]:
        return {thing.name for thing in self.things}


def hands_of(person: User, *, seen_by: User) -> Hands:
    """Five queries, however much it is."""
    rows = list(_objectives_of(person, seen_by))
    objectives = [row for row in rows if row.is_owned]
    initiatives: list[Any] = list(
        Initiative.objects.live().filter(lead=person).select_related("team")
    )
    helps: list[Any] = list(HelpRequest.objects.open().filter(asked=person).select_related("team"))
    decisions = list(
        Decision.objects.open()
        .filter(who=person)
        .select_related("meeting__team", "key_result__team")
        .order_by("by_when", "pk")
    )
    teams = [row.team for row in [*objectives, *initiatives, *helps]]
    around = Around([*teams, *(team for row in decisions for team in _teams_of(row))], person)
    return Hands(
        teams=[_team(team, around, seen_by) for team in around.left_alone],
        objectives=[_objective(row, around) for row in objectives],
        initiatives=[_initiative(row, around) for row in initiatives],
        helps=[_help(row, around) for row in helps],
        decisions=[_decision(row, around) for row in decisions],
        inputs=sum(row.is_waiting for row in rows),
    )


def _objectives_of(person: User, seen_by: User) -> "QuerySet[Any]":
    """Those that he or she owns, and those whose input waits for him or her."""
    readable = Objective.objects.visible_to(seen_by).filter(pk=OuterRef("pk"))
    given = Input.objects.standing().filter(author=person).values("objective")
    owned = Q(owner=person, state__in=UNDECIDED) & ~Q(cycle__state=Cycle.State.CLOSED)
    waiting = (
        Q(state=Objective.State.INPUT)
        & Q(pk__in=Asked.objects.filter(person=person).values("objective"))
        & ~Q(pk__in=given)
    )
    return (
        Objective.objects.filter(owned | waiting)
        .select_related("team", "cycle")
        .annotate(
            is_readable=Exists(readable),
            is_owned=ExpressionWrapper(owned, BooleanField()),
            is_waiting=ExpressionWrapper(waiting, BooleanField()),
        )
    )


class Around:
    """Who works in these teams and in those that somebody leads, and who leads above them.
    One query."""

    def __init__(self, teams: Iterable[Team], person: User) -> None:
        self.workers: dict[int, dict[int, User]] = defaultdict(dict)
        self.leaders: dict[int, dict[int, User]] = defaultdict(dict)
        ids = {pk for team in teams for pk in [team.pk, *team.ancestor_ids]}
        led = Team.objects.filter(grants__in=TeamGrant.objects.filter(user=person).leads())
        above = led.values(place=Func("ancestor_ids", function="unnest"))
        places = (
            Q(content_object__in=ids)
            | Q(content_object__in=led.values("pk"))
            | Q(content_object__in=above)
        )
        grants = (
            TeamGrant.objects.works_in()
            .filter(places, Q(user__is_active=True) | Q(user=person))
            .select_related("user", "permission", "content_object")
            .order_by("user__name", "content_object__name", "pk")
        )
        left = []
        for grant in grants:
            if grant.user_id != person.pk:
                self.workers[grant.content_object_id][grant.user_id] = grant.user
                if grant.is_lead:
                    self.leaders[grant.content_object_id][grant.user_id] = grant.user
            elif grant.is_lead and grant.content_object.archived_at is None:
                left.append(grant.content_object)
        self.left_alone: list[Team] = [team for team in left if not self.leaders[team.pk]]

    def in_team(self, team: Team) -> list[User]:
        return list(self.workers[team.pk].values())

    def leading(self, team: Team) -> list[User]:
        """Of the team and above it, the nearest first."""
        nearest_first = [team.pk, *reversed(team.ancestor_ids)]
        return list(
            {pk: user for at in nearest_first for pk, user in self.leaders[at].items()}.values()
        )


def _team(team: Team, around: Around, by: User) -> Thing:
    here = {user.pk: user for user in [*around.in_team(team), *around.leading(team)]}
    return Thing(
        name=f"team-{team.pk}",
        row=team,
        title=team.name,
        url=team.get_absolute_url(),
        about="",
        takers=[user for user in here.values() if user != by],
        nobody=_("Nobody yet: whoever leads above leads it, too"),
    )


def _objective(objective: Any, around: Around) -> Thing:
    """A draft that the administrator may not read is named by its team alone. Where the team
    gets a new leader in the same step, that may be any of its people."""
    takers = around.leading(objective.team)
    if objective.team in around.left_alone:
        takers = list(dict.fromkeys([*around.in_team(objective.team), *takers]))
    return Thing(
        name=f"objective-{objective.pk}",
        row=objective,
        title=objective.title if objective.is_readable else _("A draft"),
        url=objective.get_absolute_url() if objective.is_readable else "",
        about=objective.team.name,
        takers=takers,
        nobody=_("Nobody yet: leaders of the team, or above it, decide on it"),
    )


def _initiative(initiative: Initiative, around: Around) -> Thing:
    return Thing(
        name=f"initiative-{initiative.pk}",
        row=initiative,
        title=initiative.title,
        url=initiative.get_absolute_url(),
        about=initiative.team.name,
        takers=around.in_team(initiative.team),
        nobody=_("Nobody yet: the team names someone"),
    )


def _help(asked: HelpRequest, around: Around) -> Thing:
    return Thing(
        name=f"help-{asked.pk}",
        row=asked,
        title=asked.text,
        url=asked.get_absolute_url(),
        about=asked.team.name,
        takers=around.leading(asked.team),
        nobody=_("Nobody: whoever leads above can answer it"),
    )


def _teams_of(decision: Decision) -> list[Team]:
    """The team that met, and that of the key result it is about."""
    about = decision.key_result
    return [decision.meeting.team, *([about.team] if about else [])]


def _decision(decision: Decision, around: Around) -> Thing:
    takers = [
        user
        for team in _teams_of(decision)
        for user in [*around.in_team(team), *around.leading(team)]
    ]
    return Thing(
        name=f"decision-{decision.pk}",
        row=decision,
        title=decision.what,
        url=decision.meeting.get_absolute_url(),
        about=decision.meeting.team.name,
        takers=list(dict.fromkeys(takers)),
        nobody=_("Nobody: whoever runs the team’s reviews can mark it as done"),
    )
