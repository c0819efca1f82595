"""A review meeting on a projector: one screen for each exception, one for all the rest, the end."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

MOST_AT_A_GLANCE = 14
AN_AFTERNOON = 240  # minutes: who comes back later is told the day instead


class Reviewed(NamedTuple):
    pk: int
    title: str
    is_exception: bool


@dataclass(frozen=True)
class Screens:
    """Of a meeting of for_screens()."""

    meeting: Any
    now: datetime
    # The look of a projector; it comes along from screen to screen.
    query: str = ""

    @cached_property
    def reviewed(self) -> list[Reviewed]:
        return [Reviewed(**row) for row in self.meeting.screens]

    @cached_property
    def exceptions(self) -> list[Reviewed]:
        return [row for row in self.reviewed if row.is_exception]

    @cached_property
    def rest(self) -> list[Reviewed]:
        return [row for row in self.reviewed if not row.is_exception]

    @property
    def number(self) -> int:
        return len(self.exceptions) + bool(self.rest)

    def url(self, n: int) -> str:
        """Before the first one is the agenda, after the last one the decisions."""
        if n < 1:
            return str(self.meeting.get_absolute_url())
        if n > self.number:
            return reverse("dashboards:decisions", args=[self.meeting.pk]) + self.query
        return reverse("dashboards:screen", args=[self.meeting.pk, n]) + self.query

    @property
    def start(self) -> str:
        return reverse("dashboards:screen", args=[self.meeting.pk, 1]) + "?present=1"

    @property
    def minutes(self) -> int | None:
        until = self.meeting.ended_at or self.now
        minutes = int((until - self.meeting.opened_at).total_seconds() // 60)
        return minutes if minutes <= AN_AFTERNOON else None
