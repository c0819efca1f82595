from datetime import date

import pytest

from apps.checkins.cadence import Report, due_day, read_week, report, week_slug


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
