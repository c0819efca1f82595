"""What a check-in asks a team about, in one query each: its key results, its initiatives,
and the leaders it can ask for help."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from apps.checkins.models import InitiativeReport, KeyResultReport, WeekOff
from apps.initiatives.models import Initiative, InitiativeLink, KillCriterion, Status
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import Team, TeamGrant


def key_results(team: Team, cycle: Cycle) -> QuerySet[KeyResult]:
    """Those of committed objectives of the cycle that the team reports."""
    mine = KeyResult.objects.reported_by(team).counted().committed()
    return mine.filter(objective__cycle=cycle).order_by(
        "objective__position", "objective_id", "position", "pk"
    )


def with_last_reports(key_results: QuerySet[KeyResult], *, team: Team, week: date) -> QuerySet[Any]:
    """Each with `said`, what this week's check-in says of it as it was sent (or nothing), and
    `confidence_before`, what the team said the last time before it."""
    reports = KeyResultReport.objects.current().filter(key_result=OuterRef("pk"))
    said = reports.filter(check_in__team=team, check_in__week=week).values(
        json=JSONObject(day="measurement__day", confidence="confidence", sentence="sentence")
    )
    before = reports.filter(check_in__week__lt=week).exclude(confidence=None)
    return key_results.for_rows().annotate(  # type: ignore[attr-defined]
        said=Subquery(said),
        confidence_before=Subquery(before.order_by("-check_in__week").values("confidence")[:1]),
    )


def asked_about(team: Team, *, week: date) -> QuerySet[Initiative]:
    """Those at work or at rest, and those that ended in this week."""
    at_work = Q(status__in=[Status.ACTIVE, Status.PAUSED])
    ended = Q(status__in=[Status.DONE, Status.KILLED, Status.SWAPPED], started_at__isnull=False)
    return Initiative.objects.filter(at_work | ended & Q(ended_at__date__gte=week), team=team)


def initiatives(team: Team, *, week: date) -> QuerySet[Any]:
    """Those at work or at rest, and those that ended in this week; each with `aims`, `stops`,
    and `said`, what this week's check-in says of it."""
    aims = InitiativeLink.objects.filter(initiative=OuterRef("pk")).values(
        json=JSONObject(
            title="key_result__title",
            unit_kind="key_result__unit_kind",
            unit="key_result__unit",
            by_when="by_when",
            effect=Cast("expected_effect", TextField()),
        )
    )
    stops = KillCriterion.objects.filter(initiative=OuterRef("pk")).values(
        json=JSONObject(
            pk="pk",
            observable="observable",
            comparator="comparator",
            limit="limit",
            on="on",
            key_result="key_result__title",
            unit_kind="key_result__unit_kind",
            unit="key_result__unit",
            limit_value=Cast("limit_value", TextField()),
        )
    )
    said = InitiativeReport.objects.filter(
        initiative=OuterRef("pk"), check_in__week=week, revision=F("check_in__revision")
    ).values(json=JSONObject(moved="moved", next="next"))
    return (
        asked_about(team, week=week)
        .annotate(aims=ArraySubquery(aims), stops=ArraySubquery(stops), said=Subquery(said))
        .order_by(Coalesce("started_at", "proposed_at"), "pk")
    )


def for_sheets(teams: QuerySet[Team]) -> QuerySet[Any]:
    """Each team with `leaders`: who leads it or a team above it, the nearest first; `off`, its
    weeks off; and `free`, its proposed initiatives, which could succeed one that is swapped."""
    above = ExpressionWrapper(OuterRef("ancestor_ids"), ArrayField(BigIntegerField()))
    grants = (
        TeamGrant.objects.leads()
        .alias(above=above)
        .filter(
            Q(content_object=OuterRef("pk")) | Q(above__contains=[F("content_object_id")]),
            user__is_active=True,
        )
        .order_by("-content_object__ancestor_ids__len", "user__name")
        .values(json=JSONObject(pk="user", name="user__name", team="content_object__name"))
    )
    off = WeekOff.objects.filter(team=OuterRef("pk")).order_by("week").values("week")
    free = (
        Initiative.objects.filter(
            team=OuterRef("pk"), status=Status.PROPOSED, predecessor__isnull=True
        )
        .order_by("pk")
        .values(json=JSONObject(pk="pk", title="title"))
    )
    return teams.annotate(
        leaders=ArraySubquery(grants), off=ArraySubquery(off), free=ArraySubquery(free)
    )
