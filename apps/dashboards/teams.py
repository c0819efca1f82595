"""A team as its page shows it: who is in it, what it asked for, what is being written for it."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from apps.checkins.models import HelpRequest
from apps.initiatives.models import ENDED, Initiative
from apps.objectives.models import KeyResult, Objective, ReportRequest
from apps.organisation.models import Team, TeamGrant, User

HELP_SHOWN = 6


def for_page(teams: QuerySet[Team], *, user: User) -> QuerySet[Any]:
    """One query."""
    of_team = {"team": OuterRef("pk")}
    people = (
        TeamGrant.objects.works_in()
        .filter(content_object=OuterRef("pk"), user__is_active=True)
        .order_by("user__name")
        .values(json=JSONObject(name="user__name", role="permission__codename"))
    )
    help_requests = (
        HelpRequest.objects.filter(**of_team)
        .exclude(state=HelpRequest.State.WITHDRAWN)
        .order_by("-raised_at")
        .values(
            json=JSONObject(
                pk="pk", text="text", asked="asked__name", by_when="by_when", state="state",
                raised_at="raised_at", answered_at="answered_at",
            )
        )[:HELP_SHOWN]
    )  # fmt: skip
    making = (
        Objective.objects.visible_to(user)
        .in_the_making()
        .filter(**of_team)
        .select_related(None)
        .order_by("pk")
        .values(json=JSONObject(pk="pk", title="title", state="state"))
    )
    to_report = (
        ReportRequest.objects.open()
        .visible_to(user)
        .filter(Q(asked_team=OuterRef("pk")) | Q(key_result__objective__team=OuterRef("pk")))
        .values(
            json=JSONObject(
                pk="key_result__pk", title="key_result__title", asked="asked_team__name",
                by="key_result__objective__team__name",
            )
        )
    )  # fmt: skip
    ended = (
        Initiative.objects.filter(**of_team, status__in=ENDED)
        .order_by()
        .values("team")
        .annotate(n=Count("pk"))
        .values("n")
    )
    children = Team.objects.standing().filter(parent=OuterRef("pk"))
    return teams.select_related("parent").annotate(
        people=ArraySubquery(people),
        helps=ArraySubquery(help_requests),
        making=ArraySubquery(making),
        to_report=ArraySubquery(to_report),
        ended=Subquery(ended),
        has_children=Exists(children),
    )


class Asked(NamedTuple):
    """A request for help."""

    pk: int
    text: str
    asked: str
    by_when: date
    is_open: bool
    answered_in: int  # days

    @property
    def url(self) -> str:
        return reverse("checkins:help", args=[self.pk])


class ToReport(NamedTuple):
    """A key result that a team is asked to report, and has not answered."""

    key_result: KeyResult
    asked: str
    by: str


class About(NamedTuple):
    """Of a team found by for_page()."""

    team: Team
    leaders: list[str]
    people: int
    helps: list[Asked]
    making: list[Objective]
    to_report: list[ToReport]
    ended: int
    has_children: bool

    @classmethod
    def of(cls, found: Any) -> "About":
        leaders = [person["name"] for person in found.people if person["role"] == "lead_team"]
        return cls(
            team=found,
            leaders=leaders,
            people=len({person["name"] for person in found.people}),
            helps=[_asked(row) for row in found.helps],
            making=[Objective(**row) for row in found.making],
            to_report=[_to_report(row) for row in found.to_report],
            ended=found.ended or 0,
            has_children=found.has_children,
        )

    @property
    def open_helps(self) -> list[Asked]:
        return [asked for asked in self.helps if asked.is_open]

    @property
    def last_answered(self) -> Asked | None:
        return next((asked for asked in self.helps if not asked.is_open), None)


def _to_report(row: dict[str, Any]) -> ToReport:
    key_result = KeyResult(pk=row["pk"], title=row["title"])
    return ToReport(key_result, row["asked"], row["by"])


def _asked(row: dict[str, Any]) -> Asked:
    answered = row["answered_at"] and _day(row["answered_at"])
    return Asked(
        pk=row["pk"],
        text=row["text"],
        asked=row["asked"],
        by_when=date.fromisoformat(row["by_when"]),
        is_open=row["state"] == HelpRequest.State.OPEN,
        answered_in=(answered - _day(row["raised_at"])).days if answered else 0,
    )


def _day(instant: str) -> date:
    return timezone.localdate(datetime.fromisoformat(instant))
