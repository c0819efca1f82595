from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.weeks import monday, week_number, weeks

QUARTER = date(2026, 10, 5), date(2027, 1, 3)  # Monday to Sunday
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 22), date(2026, 11, 16)),
        (date(2027, 1, 1), date(2026, 12, 28)),  # the 53rd week of 2026 runs into 2027
        (date(2024, 2, 29), date(2024, 2, 26)),
    ],
)
def test_a_week_is_its_monday(day, week):
    assert monday(day) == week


def test_a_quarter_has_thirteen_weeks():
    found = weeks(*QUARTER)
    assert (len(found), found[0], found[-1]) == (13, date(2026, 10, 5), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("starts", "ends", "first", "count"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 29), 53),  # a year of 53 weeks
        (date(2027, 1, 1), date(2027, 12, 31), date(2027, 1, 4), 52),
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 9, 28), 14),
        (date(2027, 1, 1), date(2027, 3, 31), date(2027, 1, 4), 12),
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 16), 1),  # no Thursday in it
    ],
)
def test_a_week_belongs_to_the_cycle_of_its_thursday(starts, ends, first, count):
    found = weeks(starts, ends)
    assert (found[0], len(found)) == (first, count)


@given(days, st.integers(2, 400), st.integers(2, 400))
def test_of_cycles_that_follow_each_other_no_week_is_lost_or_counted_twice(start, one, other):
    middle = start + timedelta(days=one)
    end = middle + timedelta(days=other)
    first, second = weeks(start, middle), weeks(middle + timedelta(days=1), end)
    if one >= 6 and other >= 7:  # shorter ones may hold no Thursday
        assert first + second == weeks(start, end)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 10, 5), 1),
        (date(2026, 10, 11), 1),
        (date(2026, 11, 20), 7),
        (date(2027, 1, 1), 13),
        (date(2027, 1, 3), 13),
        (date(2026, 9, 1), 1),  # before and after the cycle
        (date(2027, 2, 1), 13),
    ],
)
def test_the_number_of_a_week(day, number):
    assert week_number(day, *QUARTER) == number
