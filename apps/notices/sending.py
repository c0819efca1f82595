"""From the outbox to the mail server, one at a time; docs/decisions/mail.md says with what promise.

Before each try the row says when it may be tried again, and that is stored. So a mail on which a
worker dies holds up no other, two workers never try the same one, and no transaction stays open
while the mail server thinks.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from apps.notices.letters import KINDS, Desk, Letter, absolute
from apps.notices.models import StoppedTopic, Topic
from apps.notices.stopping import link_to_stop
from apps.organisation.models import OutboxMessage

logger = logging.getLogger(__name__)

# Longer than a try can take, so that nobody else takes up what is under way.
SOON = timedelta(minutes=3)
LATEST = timedelta(hours=6)
LONGEST_SUBJECT = 250
Dropped = OutboxMessage.Dropped


class Outcome(NamedTuple):
    sent: int
    dropped: int
    to_try_again: int

    def plus(self, *, sent: int = 0, dropped: int = 0, to_try_again: int = 0) -> "Outcome":
        return Outcome(self.sent + sent, self.dropped + dropped, self.to_try_again + to_try_again)


def send_all(clock: Callable[[], datetime]) -> Outcome:
    """Everything that may be tried now. A mail server that does not answer, or takes no mail from
    us at all, ends it."""
    outcome = Outcome(0, 0, 0)
    desk, connection = Desk(clock()), get_connection()
    try:
        while message := _take(now=clock()):
            try:
                reason = _send(message, desk, connection)
            except (SMTPAuthenticationError, SMTPSenderRefused) as refused:
                logger.error("The mail server takes no mail of ours: %s", refused.smtp_code)
                return outcome.plus(to_try_again=1)
            except SMTPResponseException as refused:
                logger.warning("Mail %d is refused for now: %s", message.pk, refused.smtp_code)
                outcome = outcome.plus(to_try_again=1)
                continue
            except OSError as failure:
                logger.error("The mail server does not answer: %s", failure)
                return outcome.plus(to_try_again=1)
            outcome = _end(message, reason, now=clock(), so_far=outcome)
    finally:
        connection.close()
    return outcome


def _end(
    message: OutboxMessage, reason: Dropped | None, *, now: datetime, so_far: Outcome
) -> Outcome:
    """Meanwhile it may have been taken back; then there is nothing left to note."""
    row = OutboxMessage.objects.filter(pk=message.pk)
    if reason is None:
        row.update(sent_at=now)
        return so_far.plus(sent=1)
    row.update(dropped_at=now, dropped_because=reason)
    return so_far.plus(dropped=1)


@transaction.atomic
def _take(*, now: datetime) -> OutboxMessage | None:
    """The next one, which from now on nobody else takes. What a newer version has put there, and
    this one can't tell, waits for a worker that can."""
    due = OutboxMessage.objects.due(now).filter(kind__in=KINDS)
    held = due.select_for_update(skip_locked=True, of=("self",))
    message = held.select_related("person").first()
    if message:
        message.tries += 1
        message.try_at = now + min(SOON * 2 ** (message.tries - 1), LATEST)
        message.save(update_fields=["tries", "try_at"])
    return message


def _send(message: OutboxMessage, desk: Desk, connection: BaseEmailBackend) -> Dropped | None:
    """Why it is not sent after all, if it is not."""
    kind, person = KINDS[message.kind], message.person
    if person and not person.is_active:
        return Dropped.CLOSED
    if person and StoppedTopic.objects.filter(person=person, topic=kind.topic).exists():
        return Dropped.STOPPED
    language = person.language if person else desk.organisation.language
    with translation.override(language), timezone.override(desk.organisation.time_zone):
        letter = kind.tell(message, desk)
        if letter is None:
            return Dropped.MOOT
        mail = as_mail(message, letter, topic=kind.topic)
    mail.connection = connection
    connection.open()  # stays open for those that follow
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        code, _words = refused.recipients[message.receiver]
        if code >= 500:
            logger.warning("Mail %d is dropped: the mail server refuses the address", message.pk)
            return Dropped.REFUSED
        raise SMTPResponseException(code, "recipient") from refused
    except SMTPDataError as refused:
        if refused.smtp_code < 500:
            raise
        logger.warning("Mail %d is dropped: the mail server refuses what it says", message.pk)
        return Dropped.REFUSED
    return None


def as_mail(
    message: OutboxMessage, letter: Letter, *, topic: Topic | None
) -> EmailMultiAlternatives:
    """In the language that is active."""
    stop = absolute(link_to_stop(message.person, topic)) if message.person and topic else ""
    context = {
        "letter": letter,
        "parts": [part._replace(url=part.url and absolute(part.url)) for part in letter.parts],
        "url": letter.url and absolute(letter.url),
        "person": message.person,
        "topic": topic and topic.label,
        "stop": stop,
        "language": translation.get_language(),
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split())[
            :LONGEST_SUBJECT
        ],  # a line break would be a header
        body=render_to_string("notices/letter.txt", context),
        to=[message.receiver],
        headers=_headers(message, stop),
    )
    mail.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return mail


def _headers(message: OutboxMessage, stop: str) -> dict[str, str]:
    """With the same id at each try, so that a mail which goes out twice can be seen as one."""
    told = salted_hmac("mail", f"{message.pk} {message.put_at.isoformat()}").hexdigest()[:24]
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<{told}@{host}>", "Auto-Submitted": "auto-generated"}
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
