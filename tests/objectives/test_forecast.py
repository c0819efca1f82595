from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.forecast import (
    Error,
    Forecast,
    Missing,
    TooLittle,
    Verdict,
    forecast,
    slope_per_week,
)
from apps.objectives.scoring import Value

JANUARY = date(2026, 1, 1)
ENDS = JANUARY + timedelta(days=90)


def series(*points):
    return [Value(JANUARY + timedelta(days=day), D(value)) for day, value in points]


def weekly(*values):
    return series(*((7 * week, value) for week, value in enumerate(values)))


def foresee(values, baseline="58", target="65", **options):
    return forecast(values, ends=ENDS, baseline=D(baseline), target=D(target), **options)


def close(*expected):
    return tuple(pytest.approx(D(number), abs=D("0.00005")) for number in expected)


def test_a_steady_rise_goes_on():
    found = foresee(weekly(58, 59, 60, 61, 62))
    assert (found.n, found.slope_per_week) == (5, 1)
    assert (found.value, *found.even) == close("70.8571", "69.1815", "72.5327")
    assert found.wide == close("63.9236", "77.7907")
    assert found.verdict == Verdict.LIKELY


@pytest.mark.parametrize(
    ("values", "missing", "n", "days"),
    [
        ([], Missing.FOUR_VALUES, 0, 0),
        (weekly(58), Missing.FOUR_VALUES, 1, 0),
        (series((0, 58), (40, 59), (80, 60)), Missing.FOUR_VALUES, 3, 80),
        (series((0, 58), (3, 59), (6, 60), (20, 61)), Missing.THREE_WEEKS, 4, 20),
    ],
)
def test_too_little_to_go_by_says_what_is_missing(values, missing, n, days):
    assert foresee(values) == TooLittle(n, days, missing)


def test_four_values_over_three_weeks_are_enough():
    assert isinstance(foresee(series((0, 58), (3, 59), (6, 60), (21, 61))), Forecast)


def test_only_the_last_thirteen_values_count():
    daily = [(day, 100 - day) for day in range(20)]
    rising = [(20 + 2 * step, 58 + step) for step in range(13)]
    found = foresee(series(*daily, *rising))
    assert (found.n, found.slope_per_week) == (13, D("3.5"))


def test_one_wild_value_does_not_bend_the_slope():
    assert slope_per_week(weekly(58, 59, 90, 61, 62)) == 1


def test_a_forecast_stays_within_what_the_metric_can_be():
    up = foresee(weekly(90, 91, 92, 93, 94), "90", "99", bounds=(None, D(100)))
    assert (up.value, up.even, up.wide) == (100, (100, 100), (*close("93.9426"), 100))
    down = foresee(weekly(6, 5, 4, 3), "6", "1", bounds=(D(0), None))
    assert (down.value, down.even, down.verdict) == (0, (0, 0), Verdict.LIKELY)


@pytest.mark.parametrize(
    ("values", "baseline", "target", "verdict"),
    [
        ((58, 58, 58, 58), "58", "65", Verdict.UNLIKELY),
        ((8, 7, 6, 5), "8", "4", Verdict.LIKELY),  # bringing a number down
        ((8, 8, 8, 8), "8", "4", Verdict.UNLIKELY),
        (("72.3", "70.3", "68.3", "66.3"), "72.3", "45", Verdict.OPEN),
    ],
)
def test_the_even_odds_band_gives_the_verdict(values, baseline, target, verdict):
    assert foresee(weekly(*values), baseline, target).verdict == verdict


@pytest.mark.parametrize(("last", "verdict"), [("64", "unlikely"), ("65", "likely")])
def test_on_the_last_day_nothing_is_open_and_the_target_itself_is_reached(last, verdict):
    found = foresee(series((0, 58), (30, 60), (60, 62), (90, last)))
    assert (found.even, found.verdict) == ((D(last), D(last)), verdict)


def test_a_value_after_the_end_is_the_end():
    found = foresee(series((0, 58), (30, 60), (60, 62), (97, 64)))
    assert (found.value, found.wide) == (64, (64, 64))


def test_an_organisation_brings_its_own_error():
    values = weekly(58, 59, 60, 61, 62)
    own = foresee(values, error=Error(even=D("0.58"), wide=D("1.20")))
    assert own.even[1] - own.value == 2 * (foresee(values).even[1] - own.value)


readings = st.lists(st.decimals(-1000, 1000, places=2), min_size=4, max_size=13)
factors = st.decimals(-50, 50, places=1).filter(bool)


@given(readings, factors, st.decimals(-1000, 1000, places=1))
def test_a_forecast_does_not_depend_on_the_unit(values, factor, offset):
    plain = foresee(weekly(*values))
    other = foresee(
        weekly(*(value * factor + offset for value in values)),
        58 * factor + offset,
        65 * factor + offset,
    )
    near = D("1e-12")
    assert abs(other.value - (plain.value * factor + offset)) < near
    assert abs(other.slope_per_week - plain.slope_per_week * factor) < near
    turned = sorted(edge * factor + offset for edge in plain.even)
    assert all(abs(a - b) < near for a, b in zip(other.even, turned, strict=True))
    assert other.verdict == plain.verdict
