"""What the pages of goals and teams show of alignment: read along with the goal or the team
itself, in the same query, however many teams there are."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from apps.alignment import marked
from apps.alignment.models import (
    ANSWERED,
    Backbrief,
    BackbriefMove,
    BackbriefState,
    Briefing,
    BriefingState,
    Contribution,
    ContributionRequest,
)
from apps.alignment.serving import teams_on, works_on
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may

State = BackbriefState
TEAM = {"team_pk": "team__pk", "team_name": "team__name", "team_slug": "team__slug",
        "team_above": "team__ancestor_ids", "team_archived": "team__archived_at"}  # fmt: skip


# -- read


def with_alignment(objectives: QuerySet[Objective], *, user: User) -> QuerySet[Any]:
    """Each with what of_objective() needs; no query of its own."""
    this = OuterRef("pk")
    issued = Briefing.objects.filter(objective=this, state=BriefingState.ISSUED)
    last = Briefing.objects.filter(objective=this).order_by("-number")
    visible = Objective.objects.visible_to(user)
    requests = ContributionRequest.objects.filter(towards=this).order_by("-asked_at", "-pk")
    return objectives.annotate(
        issued_briefing=Subquery(issued.values(json=BRIEFING)),
        last_briefing=Subquery(
            last.values(json=JSONObject(number="number", state="state", version="version"))[:1]
        ),
        working=ArraySubquery(
            teams_on(OuterRef(OuterRef("pk")))
            .order_by("name")
            .values(json=JSONObject(pk="pk", name="name", slug="slug", above="ancestor_ids"))
        ),
        answers=ArraySubquery(_answers(Backbrief.objects.filter(objective=this))),
        supported=ArraySubquery(
            Contribution.objects.live()
            .filter(towards=this, objective__in=visible)
            .order_by("at", "pk")
            .values(
                json=JSONObject(
                    pk="pk", how="how", goal="objective__title", goal_pk="objective__pk",
                    team="objective__team__name", above="objective__team__ancestor_ids",
                    key_result="key_result__title",
                )
            )
        ),
        supports=ArraySubquery(
            Contribution.objects.live()
            .filter(objective=this, towards__in=visible)
            .order_by("at", "pk")
            .values(
                json=JSONObject(
                    pk="pk", how="how", goal="towards__title", goal_pk="towards__pk",
                    team="towards__team__name", key_result="key_result__title",
                )
            )
        ),
        requests_made=ArraySubquery(requests.values(json=REQUEST)),
        measures=ArraySubquery(
            KeyResult.objects.counted()
            .filter(objective=this)
            .order_by("position", "pk")
            .values("title")
        ),
    )  # fmt: skip


BRIEFING = JSONObject(
    number="number", context="context", one_up="one_up", two_up="two_up", intent="intent",
    tasks="tasks", main_effort="main_effort", freedoms="freedoms", version="version",
    by="issued_by__name", at="issued_at",
)  # fmt: skip
REQUEST = JSONObject(
    pk="pk", what="what", state="state", by_when="by_when", team="team__name",
    asked="asked_team__name", answer="answer",
)  # fmt: skip


def _answers(backbriefs: QuerySet[Backbrief]) -> QuerySet[Any]:
    moves = BackbriefMove.objects.filter(backbrief=OuterRef("pk")).order_by("-pk")
    given = moves.filter(to_state=State.GIVEN).values(
        json=JSONObject(
            pk="pk", number="briefing__number", understood="understood", will_do="will_do",
            needs="needs", gives_up="gives_up", questions="questions", by="by__name", at="at",
        )
    )[:1]  # fmt: skip
    verdict = moves.filter(to_state__in=[State.ACCEPTED, State.RETURNED]).values(
        json=JSONObject(pk="pk", state="to_state", comment="comment", by="by__name", at="at")
    )[:1]
    return (
        backbriefs.annotate(given=Subquery(given), verdict=Subquery(verdict))
        .order_by("team__name")
        .values(
            json=JSONObject(
                pk="pk", state="state", version="version", given=F("given"),
                verdict=F("verdict"), **TEAM,
            )
        )
    )  # fmt: skip


# -- told


@dataclass(frozen=True)
class Issued:
    """The briefing that is in force, as a page has read it."""

    number: int
    context: str
    one_up: str
    two_up: str
    intent: str
    tasks: list[str]
    main_effort: int | None
    freedoms: str
    version: int
    by: str
    at: datetime

    @classmethod
    def of(cls, row: dict[str, Any] | None) -> "Issued | None":
        return cls(**{**row, "at": datetime.fromisoformat(row["at"])}) if row else None

    @property
    def main_task(self) -> str:
        return self.tasks[self.main_effort - 1] if self.main_effort else ""

    @cached_property
    def shown(self) -> marked.Shown:
        return marked.whole(self)


class Given(NamedTuple):
    """What a team said, on which revision."""

    pk: int
    number: int
    understood: str
    will_do: list[int]
    needs: str
    gives_up: str
    questions: str
    by: str
    at: datetime


class Verdict(NamedTuple):
    pk: int
    state: str
    comment: str
    by: str
    at: datetime

    @property
    def is_accepted(self) -> bool:
        return self.state == State.ACCEPTED


@dataclass(frozen=True)
class Answer:
    """A team, and where its backbrief stands for everyone: what it gave last stands until it
    gives something new."""

    team: Team
    issued: Issued | None
    pk: int | None = None
    version: int = 0
    state: str = ""
    given: Given | None = None
    verdict: Verdict | None = None
    still_works_on_it: bool = True

    @property
    def is_missing(self) -> bool:
        return self.given is None

    @property
    def is_stale(self) -> bool:
        return bool(self.given and self.issued and self.given.number < self.issued.number)

    @property
    def is_accepted(self) -> bool:
        return bool(self.verdict and self.verdict.is_accepted and not self.is_stale)

    @property
    def is_returned(self) -> bool:
        return bool(self.verdict and not self.verdict.is_accepted and not self.is_stale)

    @property
    def awaits_leaders(self) -> bool:
        return self.state == State.GIVEN

    @property
    def awaits_team(self) -> bool:
        """It has still to answer, if it still works on this."""
        return self.still_works_on_it and self.state not in ANSWERED

    @property
    def is_being_rewritten(self) -> bool:
        return self.given is not None and self.state == State.DRAFT

    @property
    def since(self) -> datetime | None:
        """From when on somebody waits."""
        if self.awaits_leaders and self.given:
            return self.given.at
        if self.is_returned and self.verdict and self.awaits_team:
            return self.verdict.at
        return self.issued.at if self.issued and self.awaits_team else None

    def days(self, today: date) -> int:
        return (today - timezone.localdate(self.since)).days if self.since else 0


class Waited(NamedTuple):
    answer: Answer
    days: int


@dataclass(frozen=True)
class Answers:
    """Of all teams that work on an objective, and of those that did when they answered."""

    rows: list[Answer]
    today: date

    @cached_property
    def given(self) -> list[Answer]:
        return [row for row in self.rows if row.given]

    @cached_property
    def asked(self) -> list[Answer]:
        return [row for row in self.rows if row.still_works_on_it]

    @cached_property
    def answered(self) -> list[Answer]:
        """On the revision that is in force."""
        return [row for row in self.asked if row.state in ANSWERED]

    @cached_property
    def accepted(self) -> int:
        return sum(row.is_accepted and row.state == State.ACCEPTED for row in self.asked)

    @cached_property
    def waiting_for_teams(self) -> list[Waited]:
        return self._waited([row for row in self.asked if row.awaits_team and row.issued])

    @cached_property
    def waiting_for_leaders(self) -> list[Waited]:
        return self._waited([row for row in self.rows if row.awaits_leaders])

    def _waited(self, rows: list[Answer]) -> list[Waited]:
        """The longest first."""
        waited = [Waited(row, row.days(self.today)) for row in rows]
        return sorted(waited, key=lambda found: (-found.days, found.answer.team.name))


class Contributed(NamedTuple):
    """One contribution, seen from either end. `place`: how the other team stands to ours."""

    pk: int
    how: str
    goal: str
    url: str
    team: str
    key_result: str
    from_beside: bool
    can_end: bool


class Requested(NamedTuple):
    what: str
    url: str
    state: str
    by_when: date
    team: str
    asked: str
    answer: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def of_objective(found: Any, *, user: User, today: date) -> dict[str, Any]:
    """briefing, has_draft, has_more_revisions, can_brief, answers, mine, can_answer, supported,
    supports, can_contribute, requests: of an objective of with_alignment(). No query."""
    is_alive = (found.can_still_change or found.is_committed) and found.cycle.is_open
    issued = Issued.of(found.issued_briefing)
    answers = Answers(_rows(found, issued), today)
    leads = is_alive and may(user, Do.EDIT_OBJECTIVE, found.team)
    last = found.last_briefing
    return {
        "briefing": issued,
        "has_draft": bool(last and last["state"] == BriefingState.DRAFT),
        "has_more_revisions": bool(issued and issued.number > 1),
        "can_brief": is_alive and may(user, Do.ISSUE_BRIEFING, found.team),
        "answers": answers,
        "mine": [
            row
            for row in answers.asked
            if issued and is_alive and row.awaits_team and may(user, Do.GIVE_BACKBRIEF, row.team)
        ],
        "can_answer": is_alive and may(user, Do.ANSWER_BACKBRIEF, found.team),
        "supported": [_contributed(row, found, can_end=False) for row in found.supported],
        "supports": [_contributed(row, found, can_end=leads) for row in found.supports],
        "can_contribute": leads,
        "requests": [_requested(row) for row in found.requests_made],
    }


def _rows(found: Any, issued: Issued | None) -> list[Answer]:
    rows = {}
    working = {row["pk"]: row for row in found.working}
    for row in found.answers:
        team = Team(
            pk=row["team_pk"], name=row["team_name"], slug=row["team_slug"],
            ancestor_ids=row["team_above"], archived_at=row["team_archived"],
        )  # fmt: skip
        given, verdict = _given(row["given"]), _verdict(row["verdict"])
        if given and verdict and verdict.pk < given.pk:
            verdict = None  # it answered what was given before
        rows[team.pk] = Answer(
            team, issued, row["pk"], row["version"], row["state"], given, verdict,
            still_works_on_it=team.pk in working,
        )  # fmt: skip
    for pk, row in working.items():
        if pk not in rows:
            team = Team(pk=pk, name=row["name"], slug=row["slug"], ancestor_ids=row["above"])
            rows[pk] = Answer(team, issued)
    return sorted(
        (row for row in rows.values() if row.still_works_on_it or row.given),
        key=lambda row: row.team.name,
    )


def _given(row: dict[str, Any] | None) -> Given | None:
    return Given(**{**row, "at": datetime.fromisoformat(row["at"])}) if row else None


def _verdict(row: dict[str, Any] | None) -> Verdict | None:
    return Verdict(**{**row, "at": datetime.fromisoformat(row["at"])}) if row else None


def _contributed(row: dict[str, Any], found: Any, *, can_end: bool) -> Contributed:
    above = row.get("above")
    goal = Objective(pk=row["goal_pk"], title=row["goal"])
    return Contributed(
        pk=row["pk"],
        how=row["how"],
        goal=row["goal"],
        url=goal.get_absolute_url(),
        team=row["team"],
        key_result=row["key_result"] or "",
        from_beside=above is not None and found.team_id not in above,
        can_end=can_end,
    )


def _requested(row: dict[str, Any]) -> Requested:
    return Requested(
        what=row["what"],
        url=ContributionRequest(pk=row["pk"]).get_absolute_url(),
        state=row["state"],
        by_when=date.fromisoformat(row["by_when"]),
        team=row["team"],
        asked=row["asked"],
        answer=row["answer"],
    )


# -- teams


def with_alignment_of_team(teams: QuerySet[Any], *, user: User) -> QuerySet[Any]:
    """Each with what of_team() needs; no query of its own."""
    this = OuterRef("pk")
    visible = Objective.objects.visible_to(user)
    requests = ContributionRequest.objects.filter(towards__in=visible).order_by("by_when", "pk")
    briefed = Briefing.objects.in_force().filter(
        objective__in=Objective.objects.filter(works_on(OuterRef(OuterRef("pk"))))
    )
    answers = Backbrief.objects.filter(objective=OuterRef("objective"), team=OuterRef(this))
    return teams.annotate(
        contributions_in=ArraySubquery(
            Contribution.objects.live()
            .filter(objective__team=this, objective__in=visible, towards__in=visible)
            .order_by("at", "pk")
            .values(
                json=JSONObject(
                    how="how", own="objective__title", own_pk="objective__pk",
                    goal="towards__title", goal_pk="towards__pk", team="towards__team__name",
                    key_result="key_result__title",
                )
            )
        ),
        asked_of_us=ArraySubquery(requests.filter(asked_team=this).values(json=REQUEST)),
        asked_by_us=ArraySubquery(requests.filter(team=this).values(json=REQUEST)),
        briefings_to_us=ArraySubquery(
            briefed.annotate(answer=Subquery(answers.values("state")[:1]))
            .order_by("issued_at")
            .values(
                json=JSONObject(
                    pk="objective__pk", title="objective__title", number="number",
                    at="issued_at", state=F("answer"),
                )
            )
        ),
    )  # fmt: skip


class Supporting(NamedTuple):
    """One of the team's goals, and what it supports."""

    how: str
    own: str
    own_url: str
    goal: str
    url: str
    team: str
    key_result: str


class BriefedOn(NamedTuple):
    objective: Objective
    number: int
    state: str
    days: int

    @property
    def awaits_team(self) -> bool:
        return self.state not in ANSWERED

    @property
    def word(self) -> str:
        return str(BackbriefState(self.state).label) if self.state else ""


def of_team(found: Any, *, user: User, today: date) -> dict[str, Any]:
    """supporting, asked_of_us, asked_by_us, briefed_on, gives_backbriefs, may_ask_contribution:
    of a team of with_alignment_of_team(). No query."""
    return {
        "supporting": [_supporting(row) for row in found.contributions_in],
        "asked_of_us": _latest(found.asked_of_us),
        "asked_by_us": _latest(found.asked_by_us),
        "briefed_on": [_briefed_on(row, today) for row in found.briefings_to_us],
        "gives_backbriefs": may(user, Do.GIVE_BACKBRIEF, found),
        "may_ask_contribution": may(user, Do.ASK_FOR_CONTRIBUTION, found),
    }


ANSWERED_SHOWN = 3


def _latest(rows: list[dict[str, Any]]) -> list[Requested]:
    """All that are open, and the last few that were answered."""
    told = [_requested(row) for row in rows]
    return [r for r in told if r.is_open] + [r for r in told if not r.is_open][-ANSWERED_SHOWN:]


def _supporting(row: dict[str, Any]) -> Supporting:
    return Supporting(
        how=row["how"],
        own=row["own"],
        own_url=Objective(pk=row["own_pk"], title=row["own"]).get_absolute_url(),
        goal=row["goal"],
        url=Objective(pk=row["goal_pk"], title=row["goal"]).get_absolute_url(),
        team=row["team"],
        key_result=row["key_result"] or "",
    )


def _briefed_on(row: dict[str, Any], today: date) -> BriefedOn:
    issued = timezone.localdate(datetime.fromisoformat(row["at"]))
    return BriefedOn(
        Objective(pk=row["pk"], title=row["title"]), row["number"], row["state"] or "",
        (today - issued).days,
    )  # fmt: skip


# -- higher intent


class Above(NamedTuple):
    """An objective that stands above another one, with what its leaders want."""

    objective: Objective
    intent: str

    @property
    def words(self) -> str:
        return f"{self.objective.team.name}: {self.intent or self.objective.title}"


def higher_intent(objective: Objective, *, user: User) -> tuple[list[Above], list[Above]]:
    """One level up and two levels up: by its contributions, else by the tree. One query."""
    steps = Contribution.objects.live()
    first = steps.filter(objective=objective).values("towards")
    second = steps.filter(objective__in=first).values("towards")
    issued = Briefing.objects.filter(objective=OuterRef("pk"), state=BriefingState.ISSUED)
    live = Objective.objects.visible_to(user).filter(
        state__in=[Objective.State.INPUT, Objective.State.COMMITTED],
        cycle__starts__lte=objective.cycle.ends, cycle__ends__gte=objective.cycle.starts,
    )  # fmt: skip
    found = list(
        (
            live.filter(pk__in=first)
            | live.filter(pk__in=second)
            | live.filter(team__in=objective.team.ancestor_ids)
        )
        .exclude(pk=objective.pk)
        .select_related("team")
        .annotate(
            intent=Subquery(issued.values("intent")[:1]),
            supports=ArraySubquery(steps.filter(objective=OuterRef("pk")).values("towards")),
            supported=ArraySubquery(
                steps.filter(towards=OuterRef("pk"), objective=objective).values("pk")
            ),
        )
        .order_by("position", "pk")
    )
    one_up = [row for row in found if row.supported] or _nearest(found, objective.team)
    wanted = {pk for row in one_up for pk in row.supports}
    two_up = [row for row in found if row.pk in wanted and row not in one_up]
    if not two_up and one_up:
        two_up = _nearest(found, one_up[0].team)
    return _told(one_up), _told([row for row in two_up if row not in one_up])


SHOWN_ABOVE = 2


def _told(rows: list[Any]) -> list[Above]:
    return [Above(row, row.intent or "") for row in rows[:SHOWN_ABOVE]]


def _nearest(found: list[Any], team: Team) -> list[Any]:
    """Those of the nearest team above that has any."""
    for pk in reversed(team.ancestor_ids):
        if rows := [row for row in found if row.team_id == pk]:
            return rows
    return []
