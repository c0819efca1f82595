"""The rhythm of check-ins, with no ORM and no clock. A week is its Monday."""

import re
from datetime import date, timedelta
from enum import StrEnum

from apps.objectives.weeks import WEEK, monday, week_number, weeks

__all__ = [
    "WEEK", "Report", "due_day", "monday", "read_week", "report", "week_number", "week_slug",
    "weeks",
]  # fmt: skip


class Report(StrEnum):
    """What became of a week's check-in."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSED = "missed"
    TO_COME = "to-come"


def due_day(week: date, weekday: int) -> date:
    """weekday: 1 is Monday, 7 is Sunday."""
    return week + timedelta(days=weekday - 1)


def report(*, week: date, weekday: int, sent: date | None, today: date) -> Report:
    """Late is after the due day; missed only once the week is over."""
    if sent is not None:
        return Report.ON_TIME if sent <= due_day(week, weekday) else Report.LATE
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
