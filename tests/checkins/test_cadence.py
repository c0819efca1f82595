from datetime import date, timedelta

import pytest

from apps.checkins.cadence import (
    WEEK,
    Beat,
    Every,
    Report,
    asks,
    due_day,
    monday,
    read_week,
    report,
    week_number,
    week_slug,
    weeks,
)


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


# -- a team's own rhythm -----------------------------------------------------------------------

FRIDAY = 5
# From the last weeks of 2026, a year of 53 weeks, into 2027.
AROUND_NEW_YEAR = [date(2026, 12, 7) + WEEK * n for n in range(8)]


@pytest.mark.parametrize(
    ("every", "since", "asked"),
    [
        (Every.WEEK, date(2026, 12, 7), [1, 1, 1, 1, 1, 1, 1, 1]),
        (Every.TWO_WEEKS, date(2026, 12, 7), [1, 0, 1, 0, 1, 0, 1, 0]),
        (Every.TWO_WEEKS, date(2026, 11, 30), [0, 1, 0, 1, 0, 1, 0, 1]),
        # Fridays: 25 December is the last one of its month, 29 January of the next.
        (Every.MONTH, date(2026, 12, 7), [0, 0, 1, 0, 0, 0, 0, 1]),
    ],
)
def test_a_rhythm_runs_on_over_new_year_and_a_53rd_week(every, since, asked):
    beats = [Beat(every, since)]
    assert [asks(week, beats, FRIDAY) for week in AROUND_NEW_YEAR] == list(map(bool, asked))


def test_every_month_is_asked_for_once_in_any_year_on_any_day():
    for weekday in range(1, 8):
        beats = [Beat(Every.MONTH, date(2020, 1, 6))]
        mondays = [date(2020, 1, 6) + WEEK * n for n in range(52 * 12)]
        asked = [due_day(week, weekday) for week in mondays if asks(week, beats, weekday)]
        months = [(day.year, day.month) for day in asked]
        assert len(months) == len(set(months))
        assert len(months) >= 143


def test_no_week_is_judged_by_a_rhythm_that_was_chosen_after_it():
    beats = [Beat(Every.TWO_WEEKS, date(2026, 12, 21)), Beat(Every.MONTH, date(2027, 1, 11))]
    asked = [week for week in AROUND_NEW_YEAR if asks(week, beats, FRIDAY)]
    assert asked == [
        date(2026, 12, 7), date(2026, 12, 14), date(2026, 12, 21), date(2027, 1, 4),
        date(2027, 1, 25),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "asked", "off", "said"),
    [
        (None, True, True, Report.OFF),
        (None, False, False, Report.NOT_ASKED),
        (None, False, True, Report.OFF),
        (date(2026, 11, 22), True, True, Report.ON_TIME),
        (date(2026, 11, 22), False, False, Report.ON_TIME),
        (date(2026, 11, 22), True, False, Report.LATE),
    ],
)
def test_a_week_off_or_not_asked_for_is_never_missed_nor_late(sent, asked, off, said):
    week, today = date(2026, 11, 16), date(2026, 12, 20)
    came = report(week=week, weekday=FRIDAY, sent=sent, today=today, asked=asked, off=off)
    assert came == said


@pytest.mark.parametrize(
    ("starts", "ends", "number_of_weeks", "last"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), 14, date(2026, 12, 28)),  # week 53 ends it
        (date(2027, 1, 1), date(2027, 3, 31), 12, date(2027, 3, 22)),
        (date(2026, 1, 1), date(2026, 12, 31), 53, date(2026, 12, 28)),
        (date(2026, 3, 2), date(2026, 4, 5), 5, date(2026, 3, 30)),  # clocks change on 29 March
    ],
)
def test_the_weeks_of_a_cycle(starts, ends, number_of_weeks, last):
    found = weeks(starts, ends)
    assert (len(found), found[-1]) == (number_of_weeks, last)
    assert all(monday(week) == week for week in found)
    assert [week_number(week, starts, ends) for week in found] == [*range(1, len(found) + 1)]
    assert all(read_week(week_slug(week)) == week for week in found)
    assert found[-1] + timedelta(days=6) >= ends - timedelta(days=3)
