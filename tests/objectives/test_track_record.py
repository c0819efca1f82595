from decimal import Decimal

import pytest

from apps.objectives.forecast import Error
from apps.objectives.track_record import Outcome, own_error

D = Decimal


def outcome(*, value=100, came_to=100, days_left=91, road=100, even=29, wide=120):
    return Outcome(
        value=D(value), even=(D(value - even), D(value + even)),
        wide=(D(value - wide), D(value + wide)), road=D(road), days_left=days_left,
        came_to=D(came_to),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("came_to", "days_left", "road", "error"),
    [
        (100, 91, 100, "0"),
        (129, 91, 100, "0.29"),
        (71, 91, 100, "0.29"),  # either way
        (129, 91, -100, "0.29"),  # downhill
        (129, 364, 100, "0.145"),  # twice as far off is as good over four times as long
        (110, 91, 50, "0.2"),
    ],
)
def test_an_error_is_a_share_of_the_road_over_a_quarter(came_to, days_left, road, error):
    assert outcome(came_to=came_to, days_left=days_left, road=road).error == D(error)


@pytest.mark.parametrize(
    ("came_to", "held", "held_wide"),
    [(100, True, True), (129, True, True), (130, False, True), (-20, False, True),
     (221, False, False)],
)  # fmt: skip
def test_the_ends_of_a_band_belong_to_it(came_to, held, held_wide):
    found = outcome(came_to=came_to)
    assert (found.held, found.held_wide) == (held, held_wide)


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ([], None),
        ([10] * 29, None),
        ([10] * 30, Error(D("0.1"), D("0.1"))),
        # 0, 0.01 … 0.30: the median is the 16th of 31, four fifths of the way up is 0.24
        (range(31), Error(D("0.15"), D("0.24"))),
        # 0 … 0.29: between two, in proportion
        (range(30), Error(D("0.145"), D("0.232"))),
    ],
)
def test_own_errors_replace_the_prior_from_thirty_on(errors, expected):
    assert own_error([outcome(came_to=100 + error) for error in errors]) == expected


def test_the_order_in_which_they_came_due_makes_no_difference():
    errors = [*range(30, 0, -1), 500]
    there = own_error([outcome(came_to=100 + error) for error in errors])
    assert there == own_error([outcome(came_to=100 + error) for error in sorted(errors)])
