"""The outbox: what shall be mailed, put there in the transaction that gives the reason for it.

An action puts, the worker sends. Putting the same twice is putting it once.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from apps.organisation.models import OutboxMessage, User


def put(
    kind: str, *, to: Iterable[User | str], about: models.Model, now: datetime,
    week: date | None = None,
) -> None:  # fmt: skip
    """to: people, or addresses of people who have no account yet."""
    thing = f"{about._meta.label_lower}:{about.pk}"
    OutboxMessage.objects.bulk_create(
        (
            OutboxMessage(
                kind=kind,
                person=None if isinstance(receiver, str) else receiver,
                address=receiver if isinstance(receiver, str) else "",
                thing=thing,
                week=week,
                put_at=now,
            )
            for receiver in to
        ),
        ignore_conflicts=True,
    )
