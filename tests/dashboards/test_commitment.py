"""The commitment in full, at an address of its own: to print and to send."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.objectives import actions
from apps.objectives.models import KeyResult
from tests.factories import NOW, ObjectiveFactory
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db


def url_of(objective):
    return reverse("dashboards:commitment", args=[objective.pk])


@pytest.fixture
def committed(team, cycle, leader, member, neighbour):
    objective = make_open(team, cycle, by=leader, people=(member,))
    given = actions.give_input(objective, by=neighbour, now=NOW, unclear="Which minute?")
    actions.answer_input(given, answer="partly", answer_text="The first.", by=leader, now=NOW)
    actions.set_constraint(
        objective=objective, sentence="No dark patterns", reason="We are fair.", by=leader, now=NOW
    )
    actions.commit(objective, early_reason="The shop opens on Monday.", by=leader, now=NOW)
    return objective


def test_it_says_everything_that_was_committed_to(visit, committed, observer, leader):
    page = visit(observer).get(url_of(committed))
    for words in [
        "Pay in under a minute", "Every shopper who gives up", "Payments that fail", "4.2%",
        "1.8%", "Which minute?", "The first.", "Partly", "The shop opens on Monday.",
        "No dark patterns", "Ines Kaya, on 20 November 2026", "Asked: Tom Richter.",
        "mailto:?subject=Pay%20in%20under%20a%20minute&amp;body=http%3A//testserver/objectives/",
    ]:  # fmt: skip
        assertContains(page, words)
    assertContains(visit(observer).get(committed.get_absolute_url()), url_of(committed))


def test_a_target_that_changed_since_stands_beside_the_first(visit, committed, leader):
    actions.amend_target(
        KeyResult.objects.get(), target=Decimal("1.5"), reason="We see more.", by=leader, now=NOW
    )
    page = visit(leader).get(url_of(committed))
    assertContains(page, "1.5%, was 1.8%")
    assertContains(page, "We see more.")


@pytest.mark.parametrize("state", ["draft", "input", "withdrawn"])
def test_what_was_not_committed_to_has_none(visit, team, cycle, leader, state):
    objective = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=state)
    assert visit(leader).get(url_of(objective)).status_code == 404
