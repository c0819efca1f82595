"""A mail before it is one: what it says, and how a kind of mail comes to say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.conf import settings

from apps.notices.models import Topic
from apps.notices.rows import Row
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, OutboxMessage


class Part(NamedTuple):
    """A thing that the letter tells of, with its lines and a link of its own, if it has one."""

    title: str
    lines: list[str] = []
    url: str = ""


class Letter(NamedTuple):
    """`url` leads to the one thing to do, named by `verb`. Addresses are paths of this site."""

    subject: str
    lines: list[str]
    url: str = ""
    verb: str = ""
    parts: list[Part] = []


class Desk:
    """Where letters are written: what many letters of the same moment need, asked once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        # What a digest tells of all key results, by language.
        self.overviews: dict[str, list[Row]] = {}

    @cached_property
    def organisation(self) -> Organisation:
        return Organisation.objects.get()

    @property
    def today(self) -> date:
        return self.organisation.today(self.now)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """The nearest first."""
        return Cycle.objects.nearest_first(self.today)

    @property
    def cycle(self) -> Cycle | None:
        """The one that runs."""
        return self.cycles[0] if self.cycles else None


@dataclass(frozen=True)
class Kind:
    """`tell` looks at the thing as it is now; None: what the mail is for is done, or gone.

    No topic: it goes out whatever the person has stopped.
    """

    tell: Callable[[OutboxMessage, Desk], Letter | None]
    topic: Topic | None


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
