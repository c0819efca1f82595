"""What nobody needs any more goes at night."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q

from apps.organisation.models import OneTimeKey, OutboxMessage

# A form that has been open for longer can still be sent; only a second click would count again.
KEYS = timedelta(days=60)
MAILS = timedelta(days=90)
JOBS = timedelta(days=14)


def clean(now: datetime) -> dict[str, int]:
    """How many rows went, by what they were."""
    ended = Q(sent_at__lt=now - MAILS) | Q(dropped_at__lt=now - MAILS)
    return {
        "one-time keys": OneTimeKey.objects.filter(used_at__lt=now - KEYS).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "ended mails": OutboxMessage.objects.filter(ended).delete()[0],
        "jobs": _clean_jobs(now - JOBS),
    }


def _clean_jobs(before: datetime) -> int:
    """Failed ones, and those on which a worker was killed, which stay as under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs job WHERE status <> 'todo' AND NOT EXISTS
                (SELECT FROM procrastinate_events WHERE job_id = job.id AND at >= %s)
            """,
            [before],
        )
        return cursor.rowcount
