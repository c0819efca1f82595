from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.initiatives import actions as means
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative
from apps.objectives import actions
from apps.objectives.models import Amendment, Objective
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory
from tests.initiatives.making import WHOLE, make_active, make_proposed
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db

TYPED = {"reason": "The market for it has gone.", "version": 1}
GONE = "goal was abandoned"


def url_of(objective):
    return f"/objectives/{objective.pk}/abandon/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_gives_up_a_goal_for_a_reason(request, visit, objective, neighbour, who):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(objective.get_absolute_url()), url_of(objective))
    assertContains(visit(person).get(url_of(objective)), "is asked to kill it, to swap it")

    response = visit(person).send(url_of(objective), TYPED)

    assertRedirects(response, objective.get_absolute_url())
    objective.refresh_from_db()
    assert objective.state == Objective.State.ABANDONED
    amendment, last = Amendment.objects.get(), objective.moves.last()
    assert (amendment.kind, amendment.old, amendment.new) == (
        "abandonment", "committed", "abandoned",
    )  # fmt: skip
    assert (last.to_state, last.reason, last.by) == ("abandoned", TYPED["reason"], person)
    page = visit(neighbour).get(objective.get_absolute_url())
    assertContains(page, '<li aria-current="step">Abandoned</li>')
    assertContains(page, TYPED["reason"])


def test_its_initiatives_say_so_until_their_team_has_decided(
    visit, objective, key_result, team, member, leader, neighbour
):
    active = make_active(team, member, key_result, title="Reminder")
    make_proposed(team, member, key_result, title="Amazon sign-in")
    other = KeyResultFactory(objective=ObjectiveFactory(team=team, cycle=objective.cycle))
    assert not Initiative.objects.without_their_goal().exists()

    actions.abandon(objective, reason=TYPED["reason"], by=leader, now=NOW)

    active.refresh_from_db()
    assert active.status == "active"  # nothing is done from above
    assert Initiative.objects.without_their_goal().count() == 2
    assertContains(visit(neighbour).get("/teams/checkout/initiatives/"), GONE, 2)
    told = "Checkout has still to say what becomes of it."
    assertContains(visit(neighbour).get(active.get_absolute_url()), told)
    assertContains(visit(member).get(active.get_absolute_url()), "link it to another goal")
    assertContains(visit(member).get("/"), "“Reminder”: its goal was abandoned")
    assertNotContains(visit(neighbour).get("/"), GONE)

    elsewhere = Aim(other, 2, TODAY + timedelta(days=30))
    means.edit(active, title="Reminder", aims=[elsewhere], lead=member, by=member, now=NOW, **WHOLE)
    assertNotContains(visit(member).get("/"), "“Reminder”")
    assertContains(visit(member).get("/"), "“Amazon sign-in”: its goal was abandoned")


def test_without_a_reason_nothing_is_given_up(visit, objective, leader):
    response = visit(leader).send(url_of(objective), {**TYPED, "reason": " "})
    assertContains(response, "Say in one sentence why you give it up.", status_code=422)
    objective.refresh_from_db()
    assert objective.is_committed


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, objective, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(objective), TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    objective.refresh_from_db()
    assert objective.is_committed
    assertNotContains(visitor.get(objective.get_absolute_url()), url_of(objective))


def test_it_is_given_up_once_and_for_good(visit, objective, leader):
    visit(leader).send(url_of(objective), TYPED)
    response = visit(leader).send(url_of(objective), {**TYPED, "version": 2})
    assertContains(response, "Only a committed objective is amended.", status_code=422)
    assertNotContains(visit(leader).get(objective.get_absolute_url()), url_of(objective))
    with pytest.raises(DatabaseError), transaction.atomic():
        Objective.objects.filter(pk=objective.pk).update(state="committed")


def test_what_nobody_committed_to_is_withdrawn_instead(visit, team, cycle, leader):
    objective = make_open(team, cycle, by=leader)
    response = visit(leader).send(url_of(objective), {**TYPED, "version": objective.version})
    assertContains(response, "Only a committed objective is amended.", status_code=422)
