from datetime import timedelta
from decimal import Decimal

import pytest

from apps.notices.amendments import put_amendments
from apps.objectives import actions
from apps.organisation.models import OutboxMessage
from tests.alignment.intent import make_briefing, make_contribution
from tests.factories import NOW, ObjectiveFactory, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(other_team, key_result):
    """Of a team of another branch that tries to move the key result."""
    person = UserFactory(name="Lena Vogt", works_in=other_team)
    make_active(other_team, person, key_result)
    return person


def told():
    return sorted(OutboxMessage.objects.filter(kind="goal.amended").values_list("person__name"))


def test_teams_with_a_live_initiative_are_told_of_an_amendment(
    key_result, helper, neighbour, leader, member
):
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    assert told() == [("Tom Richter",)]
    for _time in range(2):
        put_amendments(NOW + timedelta(minutes=10))
    assert told() == [("Karim Haddad",), ("Lena Vogt",), ("Tom Richter",)]


def test_they_are_told_that_their_goal_was_given_up(objective, key_result, helper, leader, member):
    actions.abandon(objective, reason="The market has gone.", by=leader, now=NOW)
    put_amendments(NOW)
    assert ("Lena Vogt",) in told()


def test_a_team_that_a_briefing_asks_is_told(objective, key_result, leader, other_team, neighbour):
    make_briefing(objective, leader, other_team)
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    assert put_amendments(NOW) == 1
    assert told() == [("Karim Haddad",)]


def test_a_team_whose_goal_contributes_is_told(
    objective, key_result, leader, other_team, neighbour, cycle
):
    supporting = ObjectiveFactory(team=other_team, cycle=cycle, owner=neighbour)
    make_contribution(supporting, key_result, neighbour)
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    assert put_amendments(NOW) == 1
    assert told() == [("Karim Haddad",)]


def test_a_team_whose_initiative_moves_a_dropped_key_result_is_told(
    objective, key_result, helper, leader
):
    actions.drop_key_result(key_result, reason="It misleads.", by=leader, now=NOW)
    put_amendments(NOW)
    assert ("Lena Vogt",) in told()


def test_news_are_counted_once(key_result, helper, leader, member):
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    assert [put_amendments(NOW) for _time in range(3)] == [1, 0, 0]


def test_what_is_old_is_no_news(key_result, helper, leader, member):
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    assert put_amendments(NOW + timedelta(days=3)) == 0
    assert told() == [("Tom Richter",)]


def test_whoever_amended_it_is_not_told(key_result, helper, leader, other_team):
    UserFactory(name="Both", works_in=other_team)
    actions.amend_target(key_result, target=Decimal(64), reason="So.", by=leader, now=NOW)
    put_amendments(NOW)
    assert ("Ines Kaya",) not in told()
