from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment, KeyResult
from apps.objectives.readings import read, roll_up_of
from tests.factories import NOW, TODAY, KeyResultFactory

pytestmark = pytest.mark.django_db

TYPED = {"reason": "The tool that counted it is gone.", "version": 1}


@pytest.fixture
def other(objective):
    return KeyResultFactory(objective=objective, title="Satisfaction")


def url_of(key_result):
    return f"/key-results/{key_result.pk}/drop/"


def mean():
    rows = KeyResult.objects.for_rows()
    return roll_up_of(read(row, today=TODAY, language="en") for row in rows).mean


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_it_leaves_the_mean_and_stays_on_record(
    request, visit, key_result, other, member, neighbour, who
):
    for reported, value in [(key_result, 52), (other, 65)]:
        actions.measure(reported, day=TODAY, value=Decimal(value), by=member, now=NOW)
    assert mean() == Decimal("0.5")
    visitor = visit(request.getfixturevalue(who))
    assertContains(visitor.get(f"/key-results/{key_result.pk}/amend/"), url_of(key_result))

    response = visitor.send(url_of(key_result), TYPED)

    assertRedirects(response, key_result.objective.get_absolute_url())
    assert mean() == 1
    amendment = Amendment.objects.get()
    assert (amendment.field, amendment.kind, amendment.day) == ("dropped_at", "scope", TODAY)
    page = visit(neighbour).get(key_result.objective.get_absolute_url())
    assertContains(page, "No longer counted; they stay on record.")
    assertContains(page, TYPED["reason"])
    assertContains(visit(neighbour).get(key_result.get_absolute_url()), "52%")


def test_whoever_drops_the_last_one_is_shown_what_that_means(visit, key_result, leader):
    page = visit(leader).get(url_of(key_result))
    assertContains(page, "It is the last one that counts.")
    assertContains(page, f"/objectives/{key_result.objective_id}/abandon/")
    visit(leader).send(url_of(key_result), TYPED)
    page = visit(leader).get(key_result.objective.get_absolute_url())
    assertContains(page, "Dropped key results")


def test_without_a_reason_nothing_is_dropped(visit, key_result, leader):
    response = visit(leader).send(url_of(key_result), {**TYPED, "reason": " "})
    assertContains(response, "Say in one sentence why you drop it.", status_code=422)
    key_result.refresh_from_db()
    assert key_result.dropped_at is None


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, key_result, who):
    response = visit(request.getfixturevalue(who)).send(url_of(key_result), TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    key_result.refresh_from_db()
    assert key_result.dropped_at is None


def test_what_is_dropped_takes_neither_numbers_nor_amendments(
    visit, key_result, other, leader, member
):
    visit(leader).send(url_of(key_result), TYPED)
    response = visit(leader).send(url_of(key_result), {**TYPED, "version": 2})
    assertContains(response, "This key result was dropped by an amendment.", status_code=422)
    target = {"target": "70", "change": "target", "reason": "More.", "version": 2}
    response = visit(leader).send(f"/key-results/{key_result.pk}/amend/", target)
    assertContains(response, "This key result was dropped by an amendment.", status_code=422)
    number = {"value": "55", "day": "2026-11-20"}
    response = visit(member).send(f"/key-results/{key_result.pk}/measure/", number)
    assertContains(response, "This key result was dropped by an amendment.", status_code=422)
    assertNotContains(visit(leader).get(key_result.get_absolute_url()), "/amend/")
