"""The rhythm of check-ins, with no ORM and no clock. A week is its Monday."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from apps.objectives.weeks import WEEK, monday, week_number, weeks

__all__ = [
    "WEEK", "Beat", "Every", "Report", "asks", "due_day", "monday", "read_week", "report",
    "week_number", "week_slug", "weeks",
]  # fmt: skip


class Report(StrEnum):
    """What became of a week's check-in."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSED = "missed"
    TO_COME = "to-come"
    # The team was away; or its rhythm asks for nothing in that week.
    OFF = "off"
    NOT_ASKED = "not-asked"


class Every(StrEnum):
    WEEK = "weekly"
    TWO_WEEKS = "two-weeks"
    MONTH = "monthly"


class Beat(NamedTuple):
    """A rhythm, and the week from which it holds."""

    every: Every
    since: date


def due_day(week: date, weekday: int) -> date:
    """weekday: 1 is Monday, 7 is Sunday."""
    return week + timedelta(days=weekday - 1)


def asks(week: date, beats: Sequence[Beat], weekday: int) -> bool:
    """Whether the team's rhythm asks for a check-in in this week; `beats` in the order of time.

    Two weeks are counted from the week in which they were chosen, not by the number of the week:
    so they stay two weeks apart over a year of 53. A month is asked for in the week whose due day
    is the last of its kind in it.
    """
    begun = [beat for beat in beats if beat.since <= week]
    every, since = begun[-1] if begun else Beat(Every.WEEK, week)
    match every:
        case Every.TWO_WEEKS:
            return (week - since) // WEEK % 2 == 0
        case Every.MONTH:
            due = due_day(week, weekday)
            return (due + WEEK).month != due.month
    return True


def report(
    *, week: date, weekday: int, sent: date | None, today: date, asked: bool = True,
    off: bool = False,
) -> Report:  # fmt: skip
    """Late is after the due day; missed only once the week is over. Who reports without being
    asked, or from a week off, is on time."""
    if sent is not None:
        in_time = sent <= due_day(week, weekday) or off or not asked
        return Report.ON_TIME if in_time else Report.LATE
    if off:
        return Report.OFF
    if not asked:
        return Report.NOT_ASKED
    return Report.MISSED if today >= week + WEEK else Report.TO_COME


def week_slug(week: date) -> str:
    year, number, _ = week.isocalendar()
    return f"{year}-w{number:02}"


def read_week(slug: str) -> date:
    """The Monday of "2026-w47"; ValueError where there is no such week."""
    match = re.fullmatch(r"([0-9]{4})-w([0-9]{2})", slug)
    if match is None:
        raise ValueError(slug)
    return date.fromisocalendar(int(match[1]), int(match[2]), 1)
