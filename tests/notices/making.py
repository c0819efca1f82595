"""The mails that the worker would send, as they arrive."""

from datetime import datetime, timedelta

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from apps.notices.sending import send_all
from tests.factories import NOW


def deliver(now: datetime = NOW) -> list[EmailMultiAlternatives]:
    """What is sent now, in the order of sending."""
    before = len(mail.outbox)
    send_all(lambda: now)
    return list(mail.outbox[before:])


def berlin(day: str, hour: int = 9) -> datetime:
    """An instant by the clock of the organisation."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00+01:00")


A_WHILE = timedelta(hours=12)
