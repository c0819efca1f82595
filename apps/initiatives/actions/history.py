"""Every change of an initiative, and the row of its history, in the same transaction."""

from datetime import datetime
from typing import Literal

from django.utils import timezone

from apps.initiatives.models import Initiative, InitiativeMove, Status
from apps.objectives.models import Cycle
from apps.organisation.models import TeamGrant, User


def move(
    initiative: Initiative, verb: str, to: Status, fields: list[str], *, by: User, now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    origin = Status(initiative.status)
    initiative.status = to
    save(initiative, ["status", *fields])
    record(initiative, verb, origin=origin, reason=reason, by=by, now=now)


def save(initiative: Initiative, fields: list[str]) -> None:
    initiative.version += 1
    initiative.save(update_fields=[*fields, "version"])


def record(
    initiative: Initiative, verb: str, *, origin: Status | Literal[""], by: User, now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    InitiativeMove.objects.create(
        initiative=initiative, verb=verb, from_status=origin, to_status=initiative.status,
        reason=reason, by=by, at=now, brought_in_by=_brought_in_by(initiative.team_id, by, now=now),
    )  # fmt: skip


def _brought_in_by(team_id: int, by: User, *, now: datetime) -> User | None:
    """Who from above put this person into the team, in a cycle that runs still."""
    grant = TeamGrant.objects.filter(content_object=team_id, user=by).from_above().first()
    if grant is None:
        return None
    of_both = Cycle.objects.filter(
        starts__lte=timezone.localdate(grant.granted_at), ends__gte=timezone.localdate(now)
    )
    return grant.granted_by if of_both.exists() else None
