"""The state of a stop mark, as a table: numbers and days in, a state out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apps.initiatives.stopping import Mark, StopState, check, check_without_number

BEGUN = date(2026, 11, 1)
ON = BEGUN + timedelta(days=20)
EARLY, NOT_REACHED, COURSE, REACHED, ASKED = (
    StopState.TOO_EARLY, StopState.NOT_REACHED, StopState.ON_COURSE, StopState.REACHED,
    StopState.ASKED,
)  # fmt: skip


def day(n: int) -> date:
    return BEGUN + timedelta(days=n)


def series(text: str) -> list[tuple[date, Decimal]]:
    """ "-3:52 6:55": day and value."""
    pairs = (entry.split(":") for entry in text.split())
    return [(day(int(n)), Decimal(value)) for n, value in pairs]


@pytest.mark.parametrize(
    ("values", "today", "state", "value"),
    [
        # nothing measured since the start
        ("", 10, EARLY, None),
        ("-3:52", 10, EARLY, None),
        ("0:52", 10, EARLY, None),
        # it began on the wrong side: its day decides, and on the way it is on course to stop
        ("-3:52 3:53", 4, EARLY, "53"),
        ("-3:52 3:53", 5, COURSE, "53"),
        ("-3:52 3:53", 19, COURSE, "53"),
        ("-3:52 3:53", 20, REACHED, "53"),
        ("-3:52 3:58", 4, NOT_REACHED, "58"),
        ("-3:52 3:58", 20, NOT_REACHED, "58"),
        ("-3:52 3:58 12:56", 13, COURSE, "56"),
        ("-3:52 3:57.5", 20, NOT_REACHED, "57.5"),  # at the limit is not below it
        # it began on the right side: a value beyond the limit is the mark itself
        ("-3:60 3:58", 10, NOT_REACHED, "58"),
        ("-3:60 2:57.4", 2, REACHED, "57.4"),
        ("-3:60 2:57.4 9:58", 10, NOT_REACHED, "58"),
        # what comes in later is no longer part of it
        ("-3:52 18:57 21:60", 25, REACHED, "57"),
        ("-3:52 18:58 21:50", 25, NOT_REACHED, "58"),
        # on its day without a number since the start, the last one before it
        ("-3:52", 20, REACHED, "52"),
        ("-3:60", 20, NOT_REACHED, "60"),
    ],
)
def test_below_a_limit(values, today, state, value):
    found = check(
        Mark(True, Decimal("57.5"), ON), series(values), baseline=Decimal(52), begun=BEGUN,
        today=day(today),
    )  # fmt: skip
    if not values and today < 20:
        assert found.state == state
        return
    assert found == (state, None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("values", "today", "state"),
    [
        ("-3:1 4:1.5", 10, NOT_REACHED),
        ("-3:1 4:2.5", 4, REACHED),
        ("-3:3 4:2.5", 4, EARLY),
        ("-3:3 4:2.5", 10, COURSE),
        ("-3:3 4:1.9", 20, NOT_REACHED),
        ("-3:3 4:2", 20, NOT_REACHED),
        ("-3:3 4:2.1", 20, REACHED),
    ],
)
def test_above_a_limit(values, today, state):
    found = check(
        Mark(False, Decimal(2), ON), series(values), baseline=None, begun=BEGUN, today=day(today)
    )
    assert found.state == state


def test_before_the_start_it_is_too_early_whatever_the_numbers():
    mark = Mark(True, Decimal(60), ON)
    for begun in (None, BEGUN):
        found = check(mark, series("-9:1"), baseline=None, begun=begun, today=day(-1))
        assert found.state == EARLY


def test_the_start_value_stands_in_for_what_was_not_measured_before():
    mark = Mark(True, Decimal(50), ON)
    crossed = check(mark, series("2:49"), baseline=Decimal(52), begun=BEGUN, today=day(3))
    unknown = check(mark, series("2:49"), baseline=None, begun=BEGUN, today=day(10))
    assert (crossed.state, unknown.state) == (REACHED, COURSE)


def test_without_any_number_the_team_is_asked_on_its_day():
    mark = Mark(True, Decimal(50), ON)
    assert check(mark, [], baseline=None, begun=BEGUN, today=ON).state == ASKED


@pytest.mark.parametrize(
    ("answered", "today", "state"),
    [
        (None, 19, EARLY), (None, 20, ASKED), (None, 30, ASKED), (True, 21, REACHED),
        (False, 21, NOT_REACHED),
    ],
)  # fmt: skip
def test_something_else_is_asked_of_the_team(answered, today, state):
    found = check_without_number(ON, answered=answered, begun=BEGUN, today=day(today))
    assert found.state == state
