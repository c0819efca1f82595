from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.objectives import scoring
from apps.objectives.scoring import Flag, Hold, Kind, Limits, Pace, Progress, RollUp, Step, Value

JANUARY = date(2026, 1, 1)
numbers = st.decimals(-10_000, 10_000, places=2)
shares = st.decimals(-3, 3, places=4)


def day(number):
    return JANUARY + timedelta(days=number)


def series(*points):
    return [Value(day(number), D(value)) for number, value in points]


def moved(baseline, target, value):
    kind = Kind.INCREASE if target > baseline else Kind.DECREASE
    return scoring.progress(kind=kind, baseline=baseline, target=target, value=value).raw


@pytest.mark.parametrize(
    ("kind", "baseline", "target", "value", "raw", "shown", "flag"),
    [
        ("increase", "58", "65", "61.5", "0.5", "0.5", ""),
        ("increase", "-20", "20", "0", "0.5", "0.5", ""),
        ("decrease", "8", "4", "6", "0.5", "0.5", ""),  # bringing a number down
        ("decrease", "12", "0", "0", "1", "1", "reached"),
        ("decrease", "8", "4", "3", "1.25", "1", "overshoot"),
        ("increase", "58", "65", "67.1", "1.3", "1", "overshoot"),  # past the target is news
        ("increase", "58", "65", "56.6", "-0.2", "0", "regressed"),  # so is a step back
        ("milestone", None, None, "0", "0", "0", ""),
        ("milestone", None, None, "1", "1", "1", "reached"),
        ("stages", None, None, "0.3", "0.3", "0.3", ""),
        ("stages", None, None, "1.0", "1", "1", "reached"),
    ],
)
def test_progress(kind, baseline, target, value, raw, shown, flag):
    found = scoring.progress(
        kind=Kind(kind),
        baseline=baseline and D(baseline),
        target=target and D(target),
        value=D(value),
    )
    assert found == Progress(D(raw), D(shown), Flag(flag))


@pytest.mark.parametrize(
    ("kind", "baseline", "target", "value", "flag"),
    [
        ("increase", D(58), D(65), None, Flag.NOT_MEASURED),
        ("increase", None, D(65), None, Flag.NOT_MEASURED),
        ("milestone", None, None, None, Flag.NOT_MEASURED),
        ("stages", None, None, None, Flag.NOT_MEASURED),
        ("increase", None, D(65), D(61), Flag.NO_BASELINE),
        ("increase", D(58), None, D(61), Flag.NO_TARGET),
        ("increase", D(65), D(65), D(65), Flag.NO_ROAD),
        ("increase", D(65), D(58), D(61), Flag.WRONG_WAY),
        ("decrease", D(58), D(65), D(61), Flag.WRONG_WAY),
    ],
)
def test_no_figure_says_why_and_is_never_zero(kind, baseline, target, value, flag):
    found = scoring.progress(kind=Kind(kind), baseline=baseline, target=target, value=value)
    assert found == Progress(None, None, flag)


@given(numbers, numbers, numbers, numbers.filter(bool), numbers)
def test_progress_does_not_depend_on_the_unit(baseline, target, value, factor, offset):
    assume(baseline != target)
    same = moved(*(number * factor + offset for number in (baseline, target, value)))
    assert abs(same - moved(baseline, target, value)) < D("1e-15")


@pytest.mark.parametrize("kind", Kind)
def test_guardrails_do_not_move(kind):
    assert kind.moves is (kind not in {"at-least", "at-most", "within"})


@pytest.mark.parametrize(
    ("effect_from", "today", "share"),
    [
        (0, 0, "0"),
        (0, 45, "0.5"),
        (0, 90, "1"),
        (0, 120, "1"),  # after the cycle
        (0, -5, "0"),  # and before it
        (45, 30, "0"),
        (30, 60, "0.5"),
        (90, 89, "0"),  # effect on the last day
        (90, 90, "1"),
    ],
)
def test_expected(effect_from, today, share):
    found = scoring.expected(effect_from=day(effect_from), ends=day(90), today=day(today))
    assert found == D(share)


@pytest.mark.parametrize(("today", "share"), [(59, 0), (60, 1), (61, 1), (90, 1)])
def test_a_milestone_is_expected_on_its_due_day_and_not_in_parts(today, share):
    found = scoring.expected(effect_from=day(0), ends=day(90), today=day(today), due=day(60))
    assert found == share


@pytest.mark.parametrize(
    ("raw", "expected", "effect_begun", "word"),
    [
        (None, "0.5", True, Pace.NOT_MEASURED),
        ("0.61", "0.5", True, Pace.AHEAD),
        ("0.6", "0.5", True, Pace.ON_PACE),
        ("0.35", "0.45", True, Pace.ON_PACE),  # a float would say behind
        ("0.25", "0.5", True, Pace.BEHIND),
        ("0.2499", "0.5", True, Pace.FAR_BEHIND),
        ("1.1", "0.3", True, Pace.REACHED),
        ("1", "0", False, Pace.REACHED),  # before its effect was due
        ("0", "0", False, Pace.TOO_EARLY),
        ("-0.1", "0", False, Pace.TOO_EARLY),
        ("0.3", "0", False, Pace.AHEAD),
        ("-0.3", "0", False, Pace.FAR_BEHIND),
    ],
)
def test_pace(raw, expected, effect_begun, word):
    said = scoring.pace(raw=raw and D(raw), expected=D(expected), effect_begun=effect_begun)
    assert said == word


def test_a_share_without_a_last_digit_is_not_pushed_over_the_edge():
    a_tenth_behind = scoring.pace(raw=D(2) / 30, expected=D(5) / 30, effect_begun=True)
    assert a_tenth_behind == Pace.ON_PACE


def test_an_old_value_is_stale_whatever_it_was():
    said = [
        scoring.pace(raw=raw, expected=D("0.5"), effect_begun=True, stale=True)
        for raw in (D("0.5"), D("1.2"), None)
    ]
    assert said == [Pace.STALE, Pace.STALE, Pace.NOT_MEASURED]


@pytest.mark.parametrize(
    ("days", "rhythm", "stale"), [(14, 7, False), (15, 7, True), (15, 14, False)]
)
def test_stale_is_older_than_twice_the_rhythm(days, rhythm, stale):
    assert scoring.is_stale(last=day(0), today=day(days), rhythm=rhythm) is stale


@pytest.mark.parametrize(
    ("today", "target"), [(-3, "97"), (0, "97"), (24, "97"), (25, "95"), (60, "90"), (89, "90")]
)
def test_the_target_is_the_one_of_the_day(today, target):
    steps = [Step(day(0), D(97)), Step(day(25), D(95)), Step(day(60), D(90))]
    assert scoring.target_on(steps, day(today)) == D(target)


@pytest.mark.parametrize(
    ("today", "half", "lower", "upper"),
    [
        (10, "0", "81", "81"),  # no range before the effect
        (21, "0.05", "80.3", "81.7"),
        (28, "0.1", "79.6", "82.4"),
        (90, "0.1", "79.6", "82.4"),
    ],
)
def test_the_expected_range_opens_over_two_weeks(today, half, lower, upper):
    found = scoring.half_range(effect_from=day(14), today=day(today))
    assert found == D(half)
    ends = scoring.expected_range(baseline=D(81), target=D(95), expected=D(0), half=found)
    assert ends == (D(lower), D(upper))


def test_the_expected_value_lies_on_the_road():
    found = scoring.expected_value(baseline=D(9), target=D(4), expected=D("0.5"))
    assert found == D("6.5")


@pytest.mark.parametrize(
    ("points", "low", "high", "today", "days_held", "days"),
    [
        ([(0, "99.95"), (7, "99.97"), (14, "99.5"), (21, "99.95")], "99.9", None, 28, 21, 28),
        ([(0, "25"), (10, "31"), (20, "29")], "20", "30", 40, 30, 40),
        ([(4, "1.6"), (25, "2.2"), (39, "1.8")], None, "2", 46, 28, 42),
        ([(0, "2"), (7, "2.01")], None, "2", 14, 7, 14),  # the limit itself holds
        ([(0, "2"), (7, "1.99")], "2", None, 14, 7, 14),
        ([(5, "1")], "0", None, 5, 0, 0),  # measured today only
        ([(0, "1"), (10, "5")], None, "2", 7, 7, 7),  # what comes later does not count yet
        ([], "0", None, 5, 0, 0),
    ],
)
def test_held(points, low, high, today, days_held, days):
    limits = [Limits(day(0), low and D(low), high and D(high))]
    found = scoring.held(series(*points), limits, today=day(today))
    assert (found.days_held, found.days) == (days_held, days)
    assert found.share == (D(days_held) / days if days else None)


@pytest.mark.parametrize(
    ("points", "today", "days_held", "days"),
    [
        ([(0, "2.5")], 30, 10, 30),  # outside for 20 days, then the limit is raised to 3
        ([(0, "1")], 30, 30, 30),
        ([(0, "2.5"), (20, "2.5")], 30, 10, 30),  # on the day of the amendment the new one counts
        ([(19, "2.5"), (21, "3.5")], 30, 1, 11),
        ([(0, "2.5")], 15, 0, 15),  # not amended yet
        ([(0, "2.5")], 60, 30, 60),  # lowered to 2 again on day 50
    ],
)
def test_each_day_is_held_by_the_limits_of_that_day(points, today, days_held, days):
    limits = [
        Limits(day(0), None, D(2)),
        Limits(day(20), None, D(9)),  # corrected on the same day
        Limits(day(20), None, D(3)),
        Limits(day(50), None, D(2)),
    ]
    found = scoring.held(series(*points), limits, today=day(today))
    assert (found.days_held, found.days) == (days_held, days)


@pytest.mark.parametrize(
    ("value", "stale", "said"),
    [
        (None, False, Hold.NOT_MEASURED),
        ("20", False, Hold.HOLDING),
        ("30", False, Hold.HOLDING),
        ("30.1", False, Hold.NOT_HOLDING),
        ("19.9", False, Hold.NOT_HOLDING),
        ("25", True, Hold.STALE),
    ],
)
def test_a_guardrail_holds_or_does_not(value, stale, said):
    assert scoring.hold(value=value and D(value), low=D(20), high=D(30), stale=stale) == said


@pytest.mark.parametrize(("today", "needed"), [(46, "1.925"), (83, "12.1"), (90, None), (95, None)])
def test_needed_per_week(today, needed):
    found = scoring.needed_per_week(target=D(95), value=D("82.9"), today=day(today), ends=day(90))
    assert found == (needed and pytest.approx(D(needed), abs=D("0.0001")))


@pytest.mark.parametrize(
    ("shares", "rolled"),
    [
        (["0.5", None, "1"], RollUp(D("0.75"), D("0.5"), 2, 3)),
        (["1.3", "-0.2", None], RollUp(D("0.5"), D(0), 2, 3)),  # what is shown is averaged
        ([None, None], RollUp(None, None, 0, 2)),
        ([], RollUp(None, None, 0, 0)),
    ],
)
def test_a_mean_comes_with_its_minimum_and_its_gaps(shares, rolled):
    assert scoring.roll_up([share and D(share) for share in shares]) == rolled


@given(st.lists(shares, min_size=1), st.integers(0, 5))
def test_a_mean_lies_between_its_minimum_and_one_and_no_gap_pulls_it_down(measured, gaps):
    rolled = scoring.roll_up([*measured, *[None] * gaps])
    assert 0 <= rolled.minimum <= rolled.mean + D("1e-20") <= 1 + D("1e-20")
    assert rolled.mean == scoring.roll_up(measured).mean
    assert (rolled.measured, rolled.of) == (len(measured), len(measured) + gaps)


@pytest.mark.parametrize(
    ("initiatives", "blended"),
    [
        (["0.9", "0.9"], "0.45"),  # two key results at 0 look half done
        (["0.9"], "0.3"),  # ... less so when the wrong initiative is killed
        (["0.9", "0.9", "0.9"], "0.54"),  # ... and more when one is split in two
        (["1", None], "0.375"),  # one done, one that nobody has moved
        ([], "0"),
    ],
)
def test_the_blend_misleads(initiatives, blended):
    found = scoring.blend([D(0), D(0)], [share and D(share) for share in initiatives])
    assert (found.blended, found.outcome, found.misleading_by) == (D(blended), 0, D(blended))


def test_a_blend_of_nothing_is_no_figure():
    nothing, means_only = scoring.blend([], []), scoring.blend([None], [D(1)])
    assert (nothing.blended, nothing.outcome, nothing.misleading_by) == (None, None, None)
    assert (means_only.blended, means_only.outcome, means_only.misleading_by) == (1, None, None)


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(0, "low"), (3, "low"), (4, "medium"), (6, "medium"), (7, "high"), (10, "high")],
)
def test_a_confidence_in_a_word(confidence, word):
    assert scoring.belief(confidence) == word
