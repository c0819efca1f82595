"""The rhythm of check-ins: ISO weeks, with no ORM and no clock. A week is its Monday."""

import re
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(weeks=1)
THURSDAY = timedelta(days=3)


class Report(StrEnum):
    """What became of a week's check-in."""

    ON_TIME = "on-time"
    LATE = "late"
    MISSED = "missed"
    TO_COME = "to-come"


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks(starts: date, ends: date) -> list[date]:
    """The weeks whose Thursday lies in the cycle, as ISO 8601 gives weeks to years.

    So of quarters that follow each other, each week belongs to exactly one.
    """
    first = monday(starts + THURSDAY)
    last = monday(ends - THURSDAY)
    # A cycle of a few days may hold no Thursday; it has a week all the same.
    return [first + WEEK * n for n in range((last - first).days // 7 + 1)] or [monday(starts)]


def week_number(day: date, starts: date, ends: date) -> int:
    """Week 1 is the first of the cycle; a day outside counts as of its first or last week."""
    mondays = weeks(starts, ends)
    return max(1, min(len(mondays), (monday(day) - mondays[0]).days // 7 + 1))


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
