"""What is done without anybody asking: each safe to run twice, and none missed by a late start.

A job works out from the record what is due at an instant. So it may run often, and one that was
missed is made good by the next. Each says in a line what it did, or nothing.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from apps.alignment import actions as alignment
from apps.notices.amendments import put_amendments
from apps.notices.cleaning import clean
from apps.notices.digests import put_digests
from apps.notices.means import put_due_means
from apps.notices.reminders import put_reminders
from apps.notices.sending import send_all
from apps.organisation.models import Organisation
from apps.organisation.outbox import SEND
from apps.organisation.tree import misplaced

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Job(NamedTuple):
    """cron: when the worker runs it, in UTC."""

    name: str
    cron: str
    run: Callable[[Clock], str]


def _remind(clock: Clock) -> str:
    n = put_reminders(clock())
    return f"check-ins are due: {n} people to remind" if n else ""


def _digest(clock: Clock) -> str:
    n = put_digests(clock())
    return f"it is Monday: {n} leaders to tell how things stand" if n else ""


def _tell_of_due_means(clock: Clock) -> str:
    n = put_due_means(clock())
    return f"stop marks and verdicts came due: {n} people to tell" if n else ""


def _tell_of_amendments(clock: Clock) -> str:
    n = put_amendments(clock())
    return f"{n} amendments of the last days told to those who work on the goals" if n else ""


def _pulse(clock: Clock) -> str:
    now = clock()
    closed, opened = alignment.close_due(now=now), alignment.open_due(now=now)
    told = ["a round of the pulse closed"] if closed else []
    return ", ".join(told + (["the next one opened"] if opened else []))


def _send(clock: Clock) -> str:
    done = send_all(clock)
    if not any(done):
        return ""
    return f"{done.sent} mails sent, {done.dropped} dropped, {done.to_try_again} to be tried again"


def _clean(clock: Clock) -> str:
    gone = {what: n for what, n in clean(clock()).items() if n}
    return ", ".join(f"{n} {what} removed" for what, n in gone.items())


def _look_at_the_tree(clock: Clock) -> str:
    found = misplaced()
    if found:
        ids = ", ".join(map(str, found))
        logger.error("Teams with ancestors that are not those of their parents: %s", ids)
    return f"{len(found)} teams are misplaced in the tree" if found else ""


# In this order for run_due: what others put is sent last.
JOBS = [
    Job("remind", "*/10 * * * *", _remind),
    Job("digest", "*/10 * * * *", _digest),
    Job("due_means", "5 * * * *", _tell_of_due_means),
    Job("amendments", "*/10 * * * *", _tell_of_amendments),
    Job("pulse", "*/10 * * * *", _pulse),
    Job("clean", "20 2 * * *", _clean),
    Job("look_at_the_tree", "40 2 * * *", _look_at_the_tree),
    Job(SEND, "* * * * *", _send),
]


def run(job: Job, clock: Clock) -> str:
    """Nothing is due before there is an organisation."""
    return job.run(clock) if Organisation.objects.exists() else ""
