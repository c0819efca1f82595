import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.objectives import actions
from apps.objectives.models import Objective
from tests.factories import NOW
from tests.objectives.making import make_draft, make_open

pytestmark = pytest.mark.django_db

REASON = "Something else matters more."


def test_who_gave_input_still_finds_what_was_withdrawn(visit, team, cycle, leader, neighbour):
    objective = make_open(team, cycle, by=leader)
    actions.give_input(objective, unclear="Which minute?", by=neighbour, now=NOW)
    actions.withdraw(objective, reason=REASON, by=leader, now=NOW)
    page = visit(neighbour).get(objective.get_absolute_url())
    assertContains(page, "Withdrawn")
    assertContains(page, "Which minute?")


def test_a_draft_that_was_withdrawn_stays_with_its_leaders(visit, team, cycle, leader, neighbour):
    objective = make_draft(team, cycle, by=leader)
    actions.withdraw(objective, reason=REASON, by=leader, now=NOW)
    assert visit(neighbour).get(objective.get_absolute_url()).status_code == 404
    assertContains(visit(leader).get(objective.get_absolute_url()), "Withdrawn")


def test_withdrawing_says_why(visit, team, cycle, leader):
    objective = make_open(team, cycle, by=leader)
    visitor, url = visit(leader), reverse("objectives:withdraw", args=[objective.pk])
    page = visitor.send(url, {"version": objective.version, "reason": " "})
    assertContains(page, "Say in one sentence why you withdraw it.", status_code=422)
    visitor.send(url, {"version": objective.version, "reason": REASON})
    objective.refresh_from_db()
    assert objective.state == Objective.State.WITHDRAWN
    assert objective.moves.last().reason == REASON
