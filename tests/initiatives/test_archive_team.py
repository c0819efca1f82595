"""A team is archived when nothing of it is left to decide."""

import pytest
from pytest_django.asserts import assertContains

from apps.objectives.models import Objective
from apps.organisation.models import Team
from tests.factories import KeyResultFactory, ObjectiveFactory, TeamFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

URL = "/teams/checkout/archive/"


def is_archived() -> bool:
    return Team.objects.get(slug="checkout").archived_at is not None


@pytest.mark.parametrize("htmx", [False, True])
def test_an_empty_team_is_archived_and_read_on(visit, team, administrator, member, htmx):
    visitor = visit(administrator)
    assertContains(visitor.get(URL), "Nothing in it waits for a decision.")
    key = visitor.new_key(URL)
    for _again in range(2):
        response = visitor.send(URL, {"version": "1", "once": key}, htmx=htmx)
        assert response.status_code == 302
    assert is_archived()
    assertContains(visit(member).get("/teams/checkout/"), "It can be read, not changed.")
    assertContains(visitor.send(URL, {"version": "2"}), "is archived", status_code=403)


@pytest.mark.parametrize("lives", ["team", "objective", "draft", "key result", "initiative"])
def test_what_still_lives_is_asked_about_first(
    visit, team, other_team, cycle, leader, member, administrator, lives
):
    match lives:
        case "team":
            TeamFactory(parent=team, name="Guest checkout")
        case "objective":
            ObjectiveFactory(team=team, cycle=cycle, owner=leader)
        case "draft":
            ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="draft")
        case "key result":
            KeyResultFactory(objective=ObjectiveFactory(team=other_team, cycle=cycle), team=team)
        case "initiative":
            goal = ObjectiveFactory(team=other_team, cycle=cycle)
            make_active(team, member, KeyResultFactory(objective=goal, team=other_team))
    response = visit(administrator).send(URL, {"version": "1"})
    assertContains(response, "Answer the questions below first.", status_code=422)
    assert response.context["left"].is_nothing is False
    assert not is_archived()


def test_what_has_ended_is_no_question(visit, team, cycle, leader, administrator):
    ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=Objective.State.WITHDRAWN)
    visit(administrator).send(URL, {"version": "1"})
    assert is_archived()


def test_the_root_stays_and_an_old_form_archives_nothing(visit, root, team, administrator):
    visitor = visit(administrator)
    whole = visitor.send("/teams/lindenmarkt/archive/", {"version": "1"})
    assertContains(whole, "stands for the whole organisation", status_code=422)
    Team.objects.filter(pk=team.pk).update(version=2)
    assertContains(visitor.send(URL, {"version": "1"}), "Someone changed", status_code=409)
    assert not is_archived()


@pytest.mark.parametrize("who", ["member", "leader", "leader_above", "neighbour", "observer"])
def test_nobody_else_does(request, visit, team, who):
    visitor = visit(request.getfixturevalue(who))
    for response in [visitor.get(URL), visitor.send(URL, {"version": "1"})]:
        assertContains(response, "Only an administrator can do this.", status_code=403)
    assert not is_archived()
