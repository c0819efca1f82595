from datetime import date
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment, KeyResult
from tests.factories import NOW, TODAY, KeyResultFactory
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db

REASON = "The payment provider counts it otherwise."


def url_of(key_result):
    return f"/key-results/{key_result.pk}/amend/definition/"


def standing(key_result, **other):
    """The form as it comes, with what is typed over it."""
    typed = {
        name: getattr(key_result, name)
        for name in actions.amendable(key_result)
        if getattr(key_result, name) is not None
    }
    return {**typed, "change": "scope", "reason": REASON, "version": 1, **other}


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_amends_what_it_says(request, visit, key_result, neighbour, who):
    visitor = visit(request.getfixturevalue(who))
    assertContains(visitor.get(f"/key-results/{key_result.pk}/amend/"), url_of(key_result))
    typed = standing(
        key_result, title="Baskets that become orders", effect_from="2026-11-02", baseline="53.5"
    )

    response = visitor.send(url_of(key_result), typed)

    key_result.refresh_from_db()
    assertRedirects(response, key_result.get_absolute_url())
    assert (key_result.effect_from, key_result.version) == (date(2026, 11, 2), 2)
    rows = {a.field: (a.old, a.new) for a in Amendment.objects.all()}
    assert rows == {
        "title": ("Checkout conversion rate", "Baskets that become orders"),
        "baseline": ("52", "53.5"),
        "effect_from": ("", "2026-11-02"),
    }
    page = visit(neighbour).get(key_result.get_absolute_url())
    assertContains(page, "<del>52%</del> → <ins>53.5%</ins>")
    assertContains(page, "<ins>2 November</ins>")
    assertContains(page, REASON)
    assertContains(page, "Start value was amended from “52%” to “53.5%”.")


def test_limits_of_a_guardrail_are_amended(visit, objective, leader):
    guardrail = KeyResultFactory(
        objective=objective, kind="at-most", baseline=None, target=None, high=2
    )
    assertContains(visit(leader).get(guardrail.get_absolute_url()), url_of(guardrail))
    visit(leader).send(url_of(guardrail), standing(guardrail, high="2.5", change="target"))
    guardrail.refresh_from_db()
    assert guardrail.high == Decimal("2.5")
    response = visit(leader).send(url_of(guardrail), standing(guardrail, high="", version=2))
    assertContains(response, "The limit to hold is missing.", status_code=422)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "Say in one sentence why it changes."),
        ({"title": ""}, "Name the figure that shows success."),
        ({"baseline": "65"}, "Target and start are the same. Change one of them."),
        ({"baseline": "70"}, "To increase, the target must be above the start value."),
        ({"effect_from": "2027-03-01"}, "Choose a day in Fourth quarter 2026."),
        ({"bound_low": "100"}, "The highest possible value must be above the lowest."),
        ({}, "Nothing differs from what stands."),
    ],
)
def test_bad_input_amends_nothing(visit, key_result, leader, wrong, sentence):
    response = visit(leader).send(url_of(key_result), standing(key_result, **wrong))
    assertContains(response, sentence, status_code=422)
    assert not Amendment.objects.exists()


def test_a_unit_changes_only_where_the_numbers_still_mean_the_same(
    visit, key_result, leader, member
):
    actions.measure(key_result, day=TODAY, value=Decimal(55), by=member, now=NOW)
    typed = standing(key_result, unit_kind="free", unit="points")
    response = visit(leader).send(url_of(key_result), typed)
    assertContains(response, "1 number stands, in %.", status_code=422)
    visit(leader).send(url_of(key_result), {**typed, "same_values": "on"})
    key_result.refresh_from_db()
    assert key_result.unit == "points"


def test_a_title_that_says_nearly_what_another_one_says_is_asked_about(visit, key_result, leader):
    other = KeyResultFactory(objective=key_result.objective, title="Share of baskets bought")
    typed = standing(key_result, title="Share of baskets that are bought")
    response = visit(leader).send(url_of(key_result), typed)
    assertContains(response, "says nearly the same. Is this another figure?", status_code=422)
    same = standing(key_result, title=other.title.upper())
    response = visit(leader).send(url_of(key_result), same)
    assertContains(response, "Another key result says the same.", status_code=422)
    visit(leader).send(url_of(key_result), {**typed, "different": "on"})
    key_result.refresh_from_db()
    assert key_result.title == "Share of baskets that are bought"


def test_bounds_take_in_the_numbers_that_stand(visit, key_result, leader, member):
    actions.measure(key_result, day=TODAY, value=Decimal(90), by=member, now=NOW)
    response = visit(leader).send(url_of(key_result), standing(key_result, bound_high="80"))
    assertContains(response, "A number that stands lies outside: 90.", status_code=422)


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, key_result, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(key_result), standing(key_result, title="Mine"))
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Amendment.objects.exists()
    assertNotContains(visitor.get(key_result.get_absolute_url()), "/amend/")


def test_of_two_editors_the_second_sees_both_versions(visit, key_result, leader, leader_above):
    visit(leader_above).send(url_of(key_result), standing(key_result, baseline="53.5"))
    response = visit(leader).send(url_of(key_result), standing(key_result, baseline="51"))
    assertContains(response, 'value="51"', status_code=409)
    assertContains(response, "Stored now: 53.5", status_code=409)


def test_a_key_result_in_input_is_edited_instead(visit, team, cycle, leader):
    drafted = make_open(team, cycle, by=leader).key_results.get()
    response = visit(leader).send(url_of(drafted), standing(drafted, title="Other"))
    assertContains(response, "Only a committed objective is amended.", status_code=422)


def test_its_kind_and_its_target_are_no_part_of_it(key_result, leader):
    actions.amend_key_result(
        key_result, title="Other", kind="decrease", target=Decimal(1), reason="So.", by=leader,
        now=NOW,
    )  # fmt: skip
    key_result.refresh_from_db()
    assert (key_result.kind, key_result.target) == (KeyResult.Kind.INCREASE, 65)
