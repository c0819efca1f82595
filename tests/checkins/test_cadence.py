from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.checkins.cadence import (
    Report,
    due_day,
    monday,
    read_week,
    report,
    week_number,
    week_slug,
    weeks,
)

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


@pytest.mark.parametrize(
    ("weekday", "due"), [(1, date(2026, 12, 28)), (5, date(2027, 1, 1)), (7, date(2027, 1, 3))]
)
def test_the_day_on_which_a_check_in_is_due(weekday, due):
    assert due_day(date(2026, 12, 28), weekday) == due


@pytest.mark.parametrize(
    ("sent", "today", "said"),
    [
        (date(2026, 11, 18), date(2026, 11, 20), Report.ON_TIME),
        (date(2026, 11, 20), date(2026, 11, 20), Report.ON_TIME),
        (date(2026, 11, 21), date(2026, 11, 30), Report.LATE),
        (date(2026, 12, 7), date(2026, 12, 9), Report.LATE),
        (None, date(2026, 11, 10), Report.TO_COME),
        (None, date(2026, 11, 22), Report.TO_COME),  # overdue, but its week is not over
        (None, date(2026, 11, 23), Report.MISSED),
    ],
)
def test_what_became_of_a_check_in(sent, today, said):
    friday = 5
    assert report(week=date(2026, 11, 16), weekday=friday, sent=sent, today=today) == said


@pytest.mark.parametrize(
    ("week", "slug"),
    [
        (date(2026, 11, 16), "2026-w47"),
        (date(2026, 12, 28), "2026-w53"),
        (date(2024, 12, 30), "2025-w01"),  # its Thursday is in 2025
    ],
)
def test_a_week_has_a_name_in_addresses(week, slug):
    assert (week_slug(week), read_week(slug)) == (slug, week)


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("2025-w53", "Invalid week: 53"),
        ("2026-w00", "Invalid week: 0"),
        ("0000-w01", "Year is out of range: 0"),
        ("2026-47", "2026-47"),
        ("2026-w4", "2026-w4"),
        ("٢٠٢٦-w47", "w47"),
    ],
)
def test_a_week_that_does_not_exist_is_refused(slug, said):
    with pytest.raises(ValueError, match=said):
        read_week(slug)
