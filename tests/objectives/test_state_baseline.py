from datetime import date
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives.models import Amendment
from tests.factories import KeyResultFactory

pytestmark = pytest.mark.django_db

TYPED = {"baseline": "41.5", "reason": "Asked 400 people at the parcel shop.", "version": 1}


@pytest.fixture
def promised(objective):
    return KeyResultFactory(
        objective=objective, title="Returns without a call", baseline=None,
        baseline_by=date(2026, 12, 4),
    )  # fmt: skip


def url_of(key_result):
    return f"/key-results/{key_result.pk}/start-value/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_keeps_the_promise(request, visit, promised, neighbour, who):
    visitor = visit(request.getfixturevalue(who))
    assertContains(visitor.get(f"/key-results/{promised.pk}/amend/"), url_of(promised))
    assertContains(visitor.get(url_of(promised)), "It was promised by 4 December.")

    response = visitor.send(url_of(promised), TYPED)

    assertRedirects(response, promised.get_absolute_url())
    promised.refresh_from_db()
    assert (promised.baseline, promised.version) == (Decimal("41.5"), 2)
    amendment = Amendment.objects.get()
    assert (amendment.field, amendment.old, amendment.new) == ("baseline", "", "41.5")
    page = visit(neighbour).get(promised.get_absolute_url())
    assertContains(page, "Start value <ins>41.5%</ins>")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"baseline": "65"}, "Target and start are the same. Change one of them."),
        ({"baseline": "70"}, "the target must be above the start value"),
        ({"baseline": "-1"}, "outside of what is possible"),
        ({"baseline": "?"}, "This must be a number, like 56.4."),
        ({"reason": " "}, "Say in one sentence how it was measured."),
        ({"reason": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_states_nothing(visit, promised, leader, wrong, sentence):
    response = visit(leader).send(url_of(promised), {**TYPED, **wrong})
    assertContains(response, sentence, status_code=422)
    promised.refresh_from_db()
    assert promised.baseline is None
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, promised, who):
    response = visit(request.getfixturevalue(who)).send(url_of(promised), TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    promised.refresh_from_db()
    assert promised.baseline is None


def test_it_is_stated_once(visit, promised, leader):
    visit(leader).send(url_of(promised), TYPED)
    assert visit(leader).send(url_of(promised), TYPED).status_code == 409
    response = visit(leader).send(url_of(promised), {**TYPED, "version": 2})
    assertContains(response, "The start value of this key result is known.", status_code=422)
    assert Amendment.objects.count() == 1
