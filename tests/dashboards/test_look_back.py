"""A team looks back on a cycle: three questions, with what it ended beside them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions as means
from apps.initiatives.models import EndReason
from apps.objectives import actions
from apps.objectives.models import LookBack
from tests.factories import NOW, CycleFactory, KeyResultFactory, ObjectiveFactory, bring
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

SAID = {"helped": "Time.", "differently": "Fewer bets.", "learnt": "Mails tire people."}


@pytest.fixture(autouse=True)
def reviewing(cycle):
    cycle.state = "reviewing"
    cycle.save()


@pytest.fixture
def url(team, cycle):
    return reverse("dashboards:look_back", args=[team.slug, cycle.slug])


def test_the_team_answers_with_its_ended_initiatives_beside(
    visit, url, team, key_result, member, cycle
):
    bet = make_active(team, member, key_result, title="Cart reminder")
    means.kill(
        bet, reason=EndReason.NO_EFFECT, learning="Nobody wants a reminder.", by=member, now=NOW
    )
    visitor = visit(member)
    page = visitor.get(url)
    assertContains(page, "We learned: Nobody wants a reminder.")
    visitor.send(url, {"version": 0, **SAID})
    report = visitor.get(reverse("dashboards:cycle_report", args=[cycle.slug]))
    for words in SAID.values():
        assertContains(report, words)


def test_an_empty_answer_is_refused_and_the_others_kept(visit, url, member):
    page = visit(member).send(url, {"version": 0, **SAID, "helped": " "})
    assertContains(page, "Say in a sentence what helped.", status_code=422)
    assertContains(page, "Fewer bets.", status_code=422)
    assert not LookBack.objects.exists()


def test_two_who_write_at_once_see_both(visit, url, member, leader):
    visit(leader).send(url, {"version": 0, **SAID})
    typed = {"version": 0, **SAID, "learnt": "Something else."}
    page = visit(member).send(url, typed)
    assert page.status_code == 409
    assertContains(page, "Mails tire people.", status_code=409)
    assertContains(page, "Something else.", status_code=409)


def test_it_waits_for_the_team_until_one_of_it_has_written(
    visit, url, team, cycle, key_result, member, leader, leader_above, observer
):
    for person, waits in [(member, True), (leader, True), (leader_above, False), (observer, False)]:
        assert (url in visit(person).get("/").content.decode()) is waits
    actions.look_back(team, cycle=cycle, **SAID, by=leader, now=NOW)
    assertNotContains(visit(member).get("/"), url)


@pytest.mark.parametrize("who", ["leader_above", "observer", "administrator", "neighbour"])
def test_nobody_else_writes_it(request, team, cycle, who):
    with pytest.raises(PermissionDenied, match="Only Checkout can do this"):
        actions.look_back(team, cycle=cycle, **SAID, by=request.getfixturevalue(who), now=NOW)


def test_after_the_close_it_stays_as_it_is(team, cycle, member):
    bring(cycle, "closed")
    with pytest.raises(ValidationError, match=r"is closed\. It can be read, not changed"):
        actions.look_back(team, cycle=cycle, **SAID, by=member, now=NOW)


def test_an_archived_team_is_asked_nothing(visit, url, team, key_result, member):
    team.archived_at = NOW
    team.save()
    assertNotContains(visit(member).get("/"), url)


def test_initiatives_that_outlive_their_goals_wait_for_their_team(
    visit, team, key_result, member, leader_above, next_goal
):
    bet = make_active(team, member, key_result, title="Amazon sign-in")
    here = f"{team.get_absolute_url()}#outlived"
    assertContains(visit(member).get("/"), here)
    assertContains(visit(leader_above).get(team.get_absolute_url()), "Their team decides")
    page = visit(member).get(team.get_absolute_url())
    assertContains(page, reverse("initiatives:edit", args=[bet.pk]))
    for verb in ["pause", "kill", "finish"]:
        assertContains(page, reverse(f"initiatives:{verb}", args=[bet.pk]))
    bet.links.create(key_result=next_goal)
    assertNotContains(visit(member).get("/"), here)
    assertNotContains(visit(member).get(team.get_absolute_url()), 'id="outlived"')


@pytest.fixture
def next_goal(team, leader):
    cycle = CycleFactory(
        slug="next", name="Next", state="running", starts=date(2026, 11, 1), ends=date(2027, 4, 4)
    )
    return KeyResultFactory(objective=ObjectiveFactory(team=team, cycle=cycle, owner=leader))
