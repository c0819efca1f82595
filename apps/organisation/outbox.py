"""The outbox: what shall be mailed, put there in the transaction that gives the reason for it.

An action puts, the worker sends. Putting the same twice is putting it once.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.organisation.models import OutboxMessage, User

# The worker's job, which apps/notices defines; it also runs every minute.
SEND = "send"


def put(
    kind: str, *, to: Iterable[User | str], about: models.Model, now: datetime,
    week: date | None = None, occasion: str = "",
) -> None:  # fmt: skip
    """to: people, or addresses of people who have no account yet. occasion: what makes it another
    one about the same thing, such as the second time that somebody asks for a password."""
    thing = f"{about._meta.label_lower}:{about.pk}"
    OutboxMessage.objects.bulk_create(
        (
            OutboxMessage(
                kind=kind,
                person=None if isinstance(receiver, str) else receiver,
                address=receiver if isinstance(receiver, str) else "",
                thing=f"{thing}:{occasion}" if occasion else thing,
                week=week,
                put_at=now,
            )
            for receiver in to
        ),
        ignore_conflicts=True,
    )
    # Should this fail, the mail still goes within a minute.
    transaction.on_commit(_wake_the_worker, robust=True)


def told(
    kind: str, *, about: models.Model, week: date | None = None
) -> models.QuerySet[OutboxMessage, int]:
    """The people for whom it has been put already."""
    thing = f"{about._meta.label_lower}:{about.pk}"
    found = OutboxMessage.objects.filter(kind=kind, thing=thing, week=week, person__isnull=False)
    return found.values_list("person", flat=True)


def _wake_the_worker() -> None:
    try:
        app.configure_task(SEND, queueing_lock=SEND).defer()
    except AlreadyEnqueued:
        pass


def take_back(kind: str, *, about: models.Model) -> None:
    """What did not go out yet and has no point any more."""
    thing = f"{about._meta.label_lower}:{about.pk}"
    OutboxMessage.objects.filter(kind=kind, thing=thing, sent_at=None).delete()
