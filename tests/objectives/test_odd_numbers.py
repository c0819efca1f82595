"""Whatever is typed where a number is asked for: answered at its field with the text kept, or
stored to the last digit."""

from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains

from apps.objectives.models import Amendment, KeyResult, Measurement
from tests.factories import TODAY, ObjectiveFactory

pytestmark = pytest.mark.django_db

NO_NUMBERS = [
    "1e5", "NaN", "Infinity", "-inf", "½", "٣", "--5", "5-", "1,2,3.4", "0x10", "1" * 30, "1" * 300,
    "0.1234567", "12 apples", "<b>5</b>", "5;5",
]  # fmt: skip
NUMBERS = {
    "0": "0",
    "-12.5": "-12.5",
    "−3": "-3",
    "99999999999999": "99999999999999",
    "-99999999999999.999999": "-99999999999999.999999",
    "0.000001": "0.000001",
    "1,234.5": "1234.5",
    "1'234.5": "1234.5",
}


@pytest.fixture
def draft(team, cycle, leader):
    return ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="draft")


def defined(visitor, draft, **typed):
    usual = {
        "title": "A figure", "team": draft.team_id, "decimals": "6", "ambition": "committed",
    }  # fmt: skip
    return visitor.send(f"/objectives/{draft.pk}/key-results/new/", usual | typed)


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("baseline", "increase"), ("target", "decrease"), ("low", "at-least"), ("high", "at-most"),
        ("bound_low", "increase"), ("bound_high", "within"),
    ],
)  # fmt: skip
def test_a_key_result_takes_no_text_for_a_number(visit, leader, draft, field, kind, text):
    response = defined(visit(leader), draft, kind=kind, **{field: text})
    assert response.status_code == 422
    assertContains(response, f'id="id_{field}_error"', status_code=422)
    assertContains(response, f'name="{field}" value="', status_code=422)
    assert not KeyResult.objects.exists()


@pytest.mark.parametrize(("text", "stored"), NUMBERS.items())
@pytest.mark.parametrize(("field", "kind"), [("low", "at-least"), ("high", "at-most")])
def test_a_limit_is_kept_to_the_last_digit(visit, leader, draft, field, kind, text, stored):
    assert defined(visit(leader), draft, kind=kind, **{field: text}).status_code == 302
    assert getattr(KeyResult.objects.get(), field) == Decimal(stored)


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize(
    ("page", "field", "who"), [("measure", "value", "member"), ("amend", "target", "leader")]
)
def test_nor_does_a_measurement_or_an_amendment(request, visit, key_result, page, field, who, text):
    typed = {field: text, "day": TODAY, "version": "1", "change": "target", "reason": "So."}
    visitor = visit(request.getfixturevalue(who))
    for htmx in (False, True):
        response = visitor.send(f"/key-results/{key_result.pk}/{page}/", typed, htmx=htmx)
        assert response.status_code == 422
        assertContains(response, f'id="id_{field}_error"', status_code=422)
    assert not Measurement.objects.exists()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(("text", "stored"), NUMBERS.items())
def test_a_measurement_is_kept_to_the_last_digit(visit, member, key_result, text, stored):
    KeyResult.objects.update(bound_low=None, bound_high=None)
    visitor = visit(member)
    typed = {"value": text, "day": TODAY}
    assert visitor.send(f"/key-results/{key_result.pk}/measure/", typed).status_code == 302
    assert Measurement.objects.get().value == Decimal(stored)
    assert visitor.get(key_result.get_absolute_url()).status_code == 200
