from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.initiatives.models import Initiative
from tests.factories import KeyResultFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(proposed):
    return reverse("initiatives:edit", args=[proposed.pk])


@pytest.fixture
def typed(proposed, leader, key_result):
    return {
        "version": proposed.version, "title": "Pay by invoice", "lead": leader.pk,
        "believe": "people who know it", "will": "use it", "know_when": "one in ten does",
        "key_result_0": key_result.pk, "expected_effect_0": "3", "by_when_0": "2026-12-18",
        "observable_0": "Orders that are not paid", "comparator_0": "above", "limit_0": "5%",
        "on_0": "2026-12-11",
    }  # fmt: skip


def test_words_links_and_stop_marks_change_and_the_history_says_so(
    visit, member, leader, proposed, url, typed
):
    response = visit(member).send(url, typed)
    proposed.refresh_from_db()
    assert (proposed.title, proposed.lead, proposed.version) == ("Pay by invoice", leader, 2)
    assert proposed.links.get().expected_effect == 3
    stop = proposed.kill_criteria.get()
    assert (str(stop), stop.on) == ("Orders that are not paid above 5%", date(2026, 12, 11))
    assert (proposed.moves.last().verb, proposed.moves.last().by) == ("edit", member)
    assertRedirects(response, proposed.get_absolute_url(), fetch_redirect_response=False)
    assertContains(visit(member).get(proposed.get_absolute_url()), "Edited.")


def test_there_is_room_for_one_more_of_each(visit, member, objective, proposed, url, typed):
    other = KeyResultFactory(objective=objective, title="Payments that fail")
    assertContains(visit(member).get(url), "Add another key result")
    visit(member).send(
        url,
        typed
        | {
            "key_result_1": other.pk, "expected_effect_1": "0.5",
            "observable_1": "The contract", "comparator_1": "not-done", "on_1": "2026-12-01",
        },
    )  # fmt: skip
    assert [link.expected_effect for link in proposed.links.all()] == [3, Decimal("0.5")]
    assert [str(stop) for stop in proposed.kill_criteria.all()] == [
        "The contract not done",
        "Orders that are not paid above 5%",
    ]


def test_one_key_result_stands_once(visit, member, proposed, key_result, url, typed):
    response = visit(member).send(url, typed | {"key_result_1": key_result.pk})
    assertContains(response, "This key result stands above already.", status_code=422)


def test_what_has_started_keeps_all_that_active_needs(visit, member, active, typed):
    url = reverse("initiatives:edit", args=[active.pk])
    emptied = dict.fromkeys(("observable_0", "limit_0", "on_0"), "")
    response = visit(member).send(url, typed | emptied | {"version": active.version})
    assertContains(response, "It has started, so its hypothesis", status_code=422)
    active.refresh_from_db()
    assert active.title == "Cart reminder"
    assert active.kill_criteria.count() == 1


def test_what_has_started_stays_on_a_committed_goal(visit, member, team, active, key_result, typed):
    url = reverse("initiatives:edit", args=[active.pk])
    open_for_input = KeyResultFactory(objective=ObjectiveFactory(team=team, state="input"))
    other = KeyResultFactory(objective=key_result.objective)
    typed |= {"version": active.version, "key_result_0": open_for_input.pk}
    response = visit(member).send(url, typed)
    assertContains(response, "It has started, so its hypothesis", status_code=422)
    assert active.links.get().key_result == key_result
    visit(member).send(url, typed | {"key_result_0": other.pk})
    assert active.links.get().key_result == other


def test_what_someone_else_stored_meanwhile_stands_beside_what_was_typed(
    visit, member, leader, proposed, url, typed
):
    visit(leader).send(url, typed | {"title": "Pay after delivery"})
    response = visit(member).send(url, typed)
    assertContains(response, "Stored now: Pay after delivery", status_code=409)
    assertContains(response, "Pay by invoice", status_code=409)
    assert Initiative.objects.get().title == "Pay after delivery"
    again = visit(member).send(url, typed | {"version": Initiative.objects.get().version})
    assert again.status_code == 302
    assert Initiative.objects.get().title == "Pay by invoice"


def test_a_form_without_its_version_is_refused(visit, member, proposed, url, typed):
    del typed["version"]
    assert visit(member).send(url, typed).status_code == 422
    proposed.refresh_from_db()
    assert proposed.title == "Pay later"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("member", True), ("leader_above", False), ("neighbour", False), ("observer", False),
        ("administrator", False),
    ],
)  # fmt: skip
def test_only_the_team_edits(request, visit, who, allowed, proposed, url, typed):
    response = visit(request.getfixturevalue(who)).send(url, typed)
    proposed.refresh_from_db()
    assert (proposed.title == "Pay by invoice") is allowed
    if not allowed:
        assertContains(response, "Only Checkout can do this", status_code=403)


def test_nobody_outside_the_team_can_be_named_as_its_lead(visit, member, neighbour, url, typed):
    response = visit(member).send(url, typed | {"lead": neighbour.pk})
    assertContains(response, "is not one of the available choices", status_code=422)


def test_at_most_twelve_queries(visit, member, url, django_assert_max_num_queries):
    visitor = visit(member)
    visitor.get(url)
    with django_assert_max_num_queries(12):
        visitor.get(url)
