"""Which mails somebody gets: turned off by a link in one of them, chosen on a page."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from apps.notices.models import StoppedTopic, Topic
from apps.organisation.models import User
from apps.organisation.writes import lock


@transaction.atomic
def stop_mails(person: User, *, topic: Topic, now: datetime) -> None:
    """Asked for by whoever holds the link that is in the person's mail; twice is once."""
    lock(person)
    _stopped, is_new = StoppedTopic.objects.get_or_create(
        person=person, topic=topic, defaults={"stopped_at": now}
    )
    if is_new:
        _count_up(person)


@transaction.atomic
def choose_mails(
    person: User, *, topics: Collection[str], now: datetime, version: int | None = None
) -> None:
    """One's own: these and no others. That is why nobody else is asked for."""
    lock(person, version=version)
    if not person.is_active:
        raise PermissionDenied(_("Your account has been closed."))
    StoppedTopic.objects.filter(person=person, topic__in=topics).delete()
    StoppedTopic.objects.bulk_create(
        (
            StoppedTopic(person=person, topic=topic, stopped_at=now)
            for topic in Topic
            if topic not in topics
        ),
        ignore_conflicts=True,
    )
    _count_up(person)


def _count_up(person: User) -> None:
    person.version += 1
    person.save(update_fields=["version"])
