"""The weeks of a cycle: ISO weeks, with no ORM and no clock. A week is its Monday."""

from datetime import date, timedelta

WEEK = timedelta(weeks=1)
TO_THURSDAY = timedelta(days=3)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks(starts: date, ends: date) -> list[date]:
    """The weeks whose Thursday lies in the cycle, as ISO 8601 gives weeks to years.

    So of quarters that follow each other, each week belongs to exactly one.
    """
    first = monday(starts + TO_THURSDAY)
    last = monday(ends - TO_THURSDAY)
    # A cycle of a few days may hold no Thursday; it has a week all the same.
    return [first + WEEK * n for n in range((last - first) // WEEK + 1)] or [monday(starts)]


def week_number(day: date, starts: date, ends: date) -> int:
    """Week 1 is the first of the cycle; a day outside counts as of its first or last week."""
    mondays = weeks(starts, ends)
    return max(1, min(len(mondays), (monday(day) - mondays[0]) // WEEK + 1))
