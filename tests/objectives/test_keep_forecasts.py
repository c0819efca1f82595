from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from pytest_django.asserts import assertContains

from apps.checkins.models import CheckIn
from apps.objectives import actions
from apps.objectives.models import Forecast, KeyResult, Measurement, TrackRecord
from apps.objectives.readings import read
from tests.checkins.making import make_sent
from tests.factories import NOW, STARTS, TODAY, CycleFactory, KeyResultFactory, ObjectiveFactory, at

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)
AFTER = date(2027, 1, 12)


def measure(key_result, by, numbers, *, first=STARTS + timedelta(days=4)):
    """A number a week."""
    for n, number in enumerate(numbers):
        day = first + n * WEEK
        actions.measure(key_result, day=day, value=Decimal(number), by=by, now=at(day))


def reading_of(key_result, today=TODAY):
    return read(KeyResult.objects.for_rows().get(pk=key_result.pk), today=today)


def test_a_forecast_is_kept_as_it_was_shown(key_result, member):
    measure(key_result, member, [52, 53, 54])
    assert not Forecast.objects.exists()  # too little for one: none was shown
    measure(key_result, member, [55, 56], first=STARTS + timedelta(days=25))
    first, second = Forecast.objects.all()
    shown = reading_of(key_result, today=STARTS + timedelta(days=32)).forecast
    assert (second.value, second.n, second.days_left, second.cycle_days) == (
        pytest.approx(shown.value), 5, 58, 90,
    )  # fmt: skip
    assert second.even_low == pytest.approx(shown.even[0], abs=Decimal("0.000001"))
    assert (first.n, first.baseline, first.target) == (4, 52, 65)


def test_a_check_in_keeps_one_too(key_result, member):
    measure(key_result, member, [52, 53, 54, 55])
    sent = make_sent(key_result, member, value="56")
    assert CheckIn.objects.get() == sent
    assert Forecast.objects.last().n == 5


def test_a_correction_keeps_what_is_shown_from_then_on(key_result, member):
    measure(key_result, member, [52, 53, 54, 55])
    last = Measurement.objects.last()
    actions.correct(last, value=Decimal(60), reason="Misread.", by=member, now=at(last.day))
    first, second = Forecast.objects.all()
    assert second.value > first.value


def test_a_huge_slope_is_kept_as_well(objective, member):
    key_result = KeyResultFactory(
        objective=objective, unit="€", baseline=0, target=90_000_000_000_000, bound_low=None,
        bound_high=None,
    )  # fmt: skip
    measure(key_result, member, [0, 0, 0, 99_999_999_999_999])
    assert Forecast.objects.count() == 1


def test_nothing_is_kept_of_a_guardrail(objective, member):
    guardrail = KeyResultFactory(
        objective=objective, kind="at-most", baseline=None, target=None, high=99
    )
    measure(guardrail, member, [1, 2, 3, 4, 5])
    assert not Forecast.objects.exists()


@pytest.mark.parametrize(
    "change",
    [lambda kept: kept.update(value=1), lambda kept: kept.delete()],
    ids=["changed", "deleted"],
)
def test_what_was_shown_stays_as_it_was(key_result, member, change):
    measure(key_result, member, [52, 53, 54, 55])
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Forecast.objects.all())


def test_of_each_key_result_the_one_nearest_to_the_middle_comes_due(key_result, member):
    measure(key_result, member, range(52, 64))
    assert not Forecast.objects.due(TODAY).exists()  # its cycle still runs
    [due] = Forecast.objects.due(AFTER)
    # weekly from 9 October: 45 days of 90 lie between 20 and 27 November
    assert (due.last_day, due.days_left, due.came_to) == (date(2026, 11, 20), 44, 63)


def test_what_got_no_newer_number_never_comes_due(key_result, member):
    measure(key_result, member, [52, 53, 54, 55])
    assert not Forecast.objects.due(AFTER).exists()


def test_a_corrected_number_is_what_it_came_to(key_result, member):
    measure(key_result, member, range(52, 64))
    last = Measurement.objects.last()
    actions.correct(last, value=Decimal(64), reason="Misread.", by=member, now=at(AFTER))
    [due] = Forecast.objects.due(AFTER)
    assert due.came_to == 64


def thirty(objective, member, n=30):
    for place in range(n):
        key_result = KeyResultFactory(objective=objective, bound_low=None, bound_high=None)
        for week, number in [(0, 52), (1, 53), (2, 54), (5, 57), (12, 57 + place)]:
            day = STARTS + timedelta(days=4) + week * WEEK
            Measurement.objects.create(
                key_result=key_result, day=day, value=number, source="import", entered_by=member,
                entered_at=at(day),
            )  # fmt: skip
            if week == 5:
                actions.keep_forecasts([key_result], now=at(day))


@pytest.mark.parametrize(("n", "is_own"), [(29, False), (30, True)])
def test_own_errors_replace_the_prior_once_thirty_have_come_due(
    visit, organisation, objective, member, n, is_own
):
    thirty(objective, member, n)
    later = CycleFactory(
        slug="2027-q1", starts=date(2027, 1, 4), ends=date(2027, 4, 4), state="running"
    )
    new = KeyResultFactory(
        objective=ObjectiveFactory(team=objective.team, cycle=later, owner=objective.owner)
    )
    measure(new, member, [52, 53, 54, 55], first=date(2027, 1, 8))

    record = TrackRecord.objects.last()
    assert record.forecasts == n
    made = reading_of(new, today=date(2027, 2, 1))
    assert (made.own_error is not None) is is_own
    reach = (made.forecast.even[1] - made.forecast.even[0]) / 2
    prior = Decimal("0.29") * 13 * (Decimal(65) / 91).sqrt()
    assert (abs(reach - prior) < Decimal("0.001")) is not is_own
    # and it is kept as it was shown: with the errors of that day
    kept = Forecast.objects.filter(key_result=new).last()
    assert kept.even_high == pytest.approx(made.forecast.even[1], abs=Decimal("0.000001"))


def test_the_record_is_worked_out_once_a_cycle_and_after_a_late_number(objective, member):
    thirty(objective, member, 3)
    other = KeyResultFactory(objective=objective)
    assert not TrackRecord.objects.exists()
    for _time in range(2):
        actions.renew_track_record(AFTER)
    assert TrackRecord.objects.count() == 1
    actions.measure(other, day=TODAY, value=Decimal(60), by=member, now=at(AFTER))
    assert TrackRecord.objects.count() == 2


def test_a_page_tells_how_they_came_out(visit, objective, member, time_machine):
    page = visit(member).get("/forecasts/")
    assertContains(page, "None has come due yet.")
    thirty(objective, member, 3)
    time_machine.move_to(at(AFTER))
    page = visit(member).get("/forecasts/")
    # forecast 64 after 57 in week 6, band ±0.29·13·√(51/91); came to 57, 58 and 59
    assertContains(page, "Of 3 that came due, 0 lay in the even-odds band and 3 in the wide one.")
    assertContains(page, "27 more have to come due")


def test_it_asks_the_database_no_more_for_many(
    visit, objective, member, time_machine, django_assert_num_queries
):
    thirty(objective, member, 1)
    time_machine.move_to(at(AFTER))
    visitor = visit(member)
    visitor.get("/forecasts/")
    with django_assert_num_queries(7) as few:
        visitor.get("/forecasts/")
    time_machine.move_to(NOW)
    thirty(objective, member, 4)
    time_machine.move_to(at(AFTER))
    with django_assert_num_queries(len(few)):
        visitor.get("/forecasts/")
