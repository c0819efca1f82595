"""The figures about means: days and words in, numbers out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apps.initiatives.tally import Ran, tally

FIRST, LAST = date(2026, 10, 5), date(2027, 1, 3)
DAY = timedelta(days=1)


def ran(start, end=None, how="", *, learned=True, opened=False):
    """Days of the cycle."""
    ended = None if end is None else FIRST + end * DAY
    return Ran(FIRST + start * DAY, ended, how, learned and bool(how), opened)


def of(*initiatives, verdicts=()):
    return tally(initiatives, verdicts, first=FIRST, last=LAST)


def test_of_nothing_there_are_no_figures():
    empty = of()
    assert (empty.ran, empty.ended, empty.judged) == (0, 0, 0)
    assert empty.changed_per_started is None
    assert empty.days_to_kill is None
    assert empty.opened_share is None


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (0, None, True),
        (-50, None, True),
        (90, None, True),  # on the last day
        (91, None, False),  # a day after it
        (-50, 0, True),  # ended on the first day
        (-50, -1, False),  # a day before it
    ],
)
def test_what_was_under_way_on_some_day_of_the_cycle_counts(start, end, counts):
    assert of(ran(start, end, "killed" if end is not None else "")).ran == counts


def test_what_ends_after_the_cycle_is_under_way_in_it():
    late = of(ran(10, 91, "killed"))
    assert (late.ran, late.killed, late.ended, late.days_to_kill) == (1, 0, 0, None)


def test_swaps_and_kills_per_started_initiative():
    found = of(
        ran(0), ran(0), ran(1, 5, "done"), ran(1, 9, "swapped"), ran(2, 30, "killed"),
        ran(3, 40, "killed"), ran(4), ran(5),
    )  # fmt: skip
    assert (found.swapped, found.killed, found.ran) == (1, 2, 8)
    assert found.changed_per_started == Decimal("0.375")


@pytest.mark.parametrize(
    ("lasted", "median"),
    [((7,), "7"), ((7, 9), "8"), ((7, 8), "7.5"), ((1, 7, 60), "7"), ((0,), "0")],
)
def test_the_median_is_of_those_killed_and_of_no_others(lasted, median):
    killed = [ran(0, days, "killed") for days in lasted]
    assert of(*killed, ran(0, 50, "swapped"), ran(0, 50, "done")).days_to_kill == Decimal(median)


def test_a_start_before_the_cycle_counts_in_the_days():
    assert of(ran(-20, 10, "killed")).days_to_kill == 30


def test_verdicts_are_counted_by_kind():
    found = of(verdicts=["less", "less", "did-not"])
    assert found.verdicts == {"less": 2, "did-not": 1}
    assert found.judged == 3


def test_a_learning_that_another_team_opened_is_a_share_of_all_that_ended():
    found = of(
        ran(0, 9, "killed", opened=True), ran(0, 9, "swapped"),
        ran(0, 9, "done", learned=False, opened=True), ran(0, 9, "done"), ran(0, opened=True),
    )  # fmt: skip
    assert (found.ended, found.learned, found.opened) == (4, 3, 1)
    assert found.opened_share == Decimal("0.25")
