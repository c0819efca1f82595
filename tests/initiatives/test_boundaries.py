"""Constraints stand wherever a team begins something: its own, those from above, the goals'."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives.boundaries import boundaries_of
from apps.objectives import actions as goals
from tests.factories import NOW, TODAY
from tests.initiatives.objecting import make_constraint

pytestmark = pytest.mark.django_db
HEADING = "Within these constraints"


@pytest.fixture
def limits(team, root, objective, other_team, leader, leader_above, neighbour):
    """Three that bind the team's means, and two that do not."""
    make_constraint(leader, team=team, sentence="Ours: no night releases")
    make_constraint(leader_above, team=root, sentence="From above: no data leaves the Union")
    make_constraint(leader, objective=objective, sentence="Of the goal: no dark patterns")
    make_constraint(neighbour, team=other_team, sentence="Elsewhere: no night shifts")
    lifted = make_constraint(leader, team=team, sentence="Lifted: no Fridays")
    goals.lift_constraint(lifted, by=leader, now=NOW)


def assert_shows_them(page):
    for words in (HEADING, "Ours: ", "From above: ", "Of the goal: ", "The law.", "Mara Petersen"):
        assertContains(page, words)
    for words in ("Elsewhere: ", "Lifted: "):
        assertNotContains(page, words)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("verb", "status"),
    [("start", "proposed"), ("resume", "paused"), ("swap", "active"), ("swap", "paused")],
)
def test_where_something_starts(request, visit, member, limits, verb, status, htmx):
    initiative = request.getfixturevalue(status)
    visitor = visit(member)
    ask = visitor.get_htmx if htmx else visitor.get
    assert_shows_them(ask(reverse(f"initiatives:{verb}", args=[initiative.pk])))


def test_where_something_only_ends_they_are_no_matter(visit, member, limits, active):
    for verb in ("pause", "kill", "finish"):
        page = visit(member).get(reverse(f"initiatives:{verb}", args=[active.pk]))
        assertNotContains(page, HEADING)


def test_one_ends_with_its_last_day(leader, team, active):
    make_constraint(leader, team=team, expires=TODAY)
    assert boundaries_of(active, today=TODAY).count() == 1
    assert boundaries_of(active, today=TODAY + timedelta(days=1)).count() == 0


def test_that_of_a_goal_that_was_given_up_binds_nobody(leader, objective, active):
    make_constraint(leader, objective=objective)
    type(objective).objects.filter(pk=objective.pk).update(state="abandoned")
    assert not boundaries_of(active, today=TODAY).exists()
