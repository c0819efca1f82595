"""Every change of an initiative, and the row of its history, in the same transaction."""

from datetime import datetime

from apps.initiatives.models import Initiative, InitiativeMove, Status
from apps.organisation.models import User


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
    initiative: Initiative, verb: str, *, origin: Status, by: User, now: datetime, reason: str = ""
) -> None:
    InitiativeMove.objects.create(
        initiative=initiative, verb=verb, from_status=origin, to_status=initiative.status,
        reason=reason, by=by, at=now,
    )  # fmt: skip
