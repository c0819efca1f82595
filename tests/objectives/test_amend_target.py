from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment, KeyResult
from tests.factories import NOW, TODAY, KeyResultFactory
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db

TYPED = {
    "target": "70.5",
    "change": "target",
    "reason": "The new contract came six weeks early.",
    "version": 1,
}


def url_of(key_result):
    return f"/key-results/{key_result.pk}/amend/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_amends_and_the_old_target_stays_visible(
    request, visit, key_result, neighbour, who
):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(url_of(key_result)), "<strong>65%</strong>")

    response = visit(person).send(url_of(key_result), TYPED)

    assertRedirects(response, key_result.get_absolute_url())
    key_result.refresh_from_db()
    assert (key_result.target, key_result.version) == (Decimal("70.5"), 2)
    amendment = Amendment.objects.get()
    assert (amendment.field, amendment.old, amendment.new) == ("target", "65", "70.5")
    assert (amendment.kind, amendment.day, amendment.by) == ("target", TODAY, person)
    for url in [key_result.get_absolute_url(), key_result.objective.get_absolute_url()]:
        page = visit(neighbour).get(url)
        assertContains(page, "<del>65%</del>")
        assertContains(page, TYPED["reason"])
    assertContains(visit(neighbour).get(key_result.objective.get_absolute_url()), "Amended once.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"target": ""}, "Enter a number, like 56.4."),
        ({"target": "more"}, "This must be a number, like 56.4."),
        ({"target": "65"}, "This is the target that stands already."),
        ({"target": "52"}, "Target and start are the same. Change one of them."),
        ({"target": "40"}, "To increase, the target must be above the start value."),
        ({"target": "120"}, "outside of what is possible"),
        ({"reason": "  "}, "Say in one sentence why the target changes."),
        ({"reason": "\x00"}, "Null characters are not allowed."),
        ({"reason": "ä" * 10_000}, "at most 5000 characters"),
        ({"change": "abandonment"}, "abandonment is not one of the available choices"),
    ],
)
def test_bad_input_amends_nothing(visit, key_result, leader, wrong, sentence):
    response = visit(leader).send(url_of(key_result), {**TYPED, **wrong})
    assertContains(response, sentence, status_code=422)
    kept = TYPED["target"] if "reason" in wrong else TYPED["reason"]
    assertContains(response, kept, status_code=422)
    key_result.refresh_from_db()
    assert key_result.target == 65
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, key_result, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(key_result), TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    key_result.refresh_from_db()
    assert key_result.target == 65
    page = visitor.get(key_result.get_absolute_url()).content.decode()
    assert url_of(key_result) not in page


def test_it_is_offered_where_it_is_allowed(visit, key_result, leader):
    assertContains(visit(leader).get(key_result.get_absolute_url()), url_of(key_result))


def test_an_amendment_of_an_older_version_is_a_conflict(visit, key_result, leader):
    visit(leader).send(url_of(key_result), TYPED)
    response = visit(leader).send(url_of(key_result), {**TYPED, "target": "80"})
    assertContains(response, 'value="80"', status_code=409)
    assert Amendment.objects.count() == 1


def test_the_same_form_twice_amends_once(visit, key_result, leader):
    visitor = visit(leader)
    body = {**TYPED, "once": visitor.new_key(url_of(key_result))}
    for _time in range(2):
        visitor.post(url_of(key_result), body)
    assert Amendment.objects.count() == 1


def test_only_a_committed_goal_with_a_target_is_amended(visit, team, cycle, objective, leader):
    drafted = make_open(team, cycle, by=leader).key_results.get()
    response = visit(leader).send(url_of(drafted), {**TYPED, "target": "1"})
    assertContains(response, "Only a committed objective is amended.", status_code=422)
    guardrail = KeyResultFactory(
        objective=objective, kind=KeyResult.Kind.AT_MOST, baseline=None, target=None, high=2
    )
    response = visit(leader).send(url_of(guardrail), TYPED)
    assertContains(response, "This key result has no target figure to amend.", status_code=422)


def test_digits_are_stored_in_no_language(key_result, leader):
    for target in ["100", "99.50", "98.123456"]:
        actions.amend_target(key_result, target=Decimal(target), reason="So.", by=leader, now=NOW)
    assert [a.new for a in Amendment.objects.all()] == ["100", "99.5", "98.123456"]
