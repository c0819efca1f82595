import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.organisation import actions as people
from tests.factories import NOW
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(proposed):
    return reverse("initiatives:start", args=[proposed.pk])


@pytest.fixture
def full(team, member, key_result):
    """The team has one active initiative, and that is as many as it wants."""
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    return make_active(team, member, key_result, title="Cart reminder")


def test_the_page_lists_exactly_what_is_missing(visit, member, team, key_result):
    bare = actions.propose(
        team=team, title="Passkey", aims=[Aim(key_result)], believe="a key", by=member, now=NOW
    )
    url = reverse("initiatives:start", args=[bare.pk])
    page = visit(member).get(url)
    assertContains(page, "3 things are missing before it can start.")
    assertNotContains(page, "What you believe.")
    assertContains(page, reverse("initiatives:edit", args=[bare.pk]))
    assertNotContains(page, "Start initiative")
    answer = visit(member).send(url, {"version": bare.version})
    assertContains(answer, "How you will know.", status_code=422)
    bare.refresh_from_db()
    assert bare.is_proposed


def test_nobody_is_asked_for_approval(visit, member, url):
    assertContains(visit(member).get(url), "Nobody has to approve it.")


@pytest.mark.parametrize("htmx", [False, True])
def test_at_the_limit_it_asks_which_one_to_pause(visit, member, proposed, full, url, htmx):
    visitor = visit(member)
    page = visitor.get_htmx(url) if htmx else visitor.get(url)
    assertContains(page, "Pause which one?")
    refused = visitor.send(url, {"version": proposed.version}, htmx=htmx)
    assertContains(refused, "Choose one to pause.", status_code=422)

    visitor.send(url, {"version": proposed.version, "pause": full.pk}, htmx=htmx)

    for initiative in (proposed, full):
        initiative.refresh_from_db()
    assert (proposed.status, full.status) == ("active", "paused")
    assert full.moves.last().reason == "It makes room for “Pay later”."


def test_below_the_limit_nothing_is_asked(visit, member, team, full, url):
    team.active_limit = 2
    team.save(update_fields=["active_limit"])
    assertNotContains(visit(member).get(url), "Pause which one?")


def test_an_initiative_of_another_team_makes_no_room(
    visit, member, neighbour, other_team, key_result, proposed, full, url
):
    theirs = make_active(other_team, neighbour, key_result, title="Second tour")
    response = visit(member).send(url, {"version": proposed.version, "pause": theirs.pk})
    assert response.status_code == 422
    theirs.refresh_from_db()
    assert theirs.is_active


def test_resuming_counts_against_the_limit_too(visit, member, team, key_result, full):
    paused = make_proposed(team, member, key_result, title="Basket icon")
    actions.start(paused, pause=full, by=member, now=NOW)
    url = reverse("initiatives:resume", args=[full.pk])
    assertContains(visit(member).get(url), "Pause which one?")
    refused = visit(member).send(url, {"version": full.version})
    assertContains(refused, "Choose one to pause.", status_code=422)
    visit(member).send(url, {"version": full.version, "pause": paused.pk})
    full.refresh_from_db()
    assert full.is_active


def test_whoever_starts_it_takes_over_from_someone_who_has_gone(
    visit, member, leader, administrator, proposed, url
):
    people.deactivate_person(member, by=administrator, now=NOW)
    visit(leader).send(url, {"version": proposed.version})
    proposed.refresh_from_db()
    assert (proposed.status, proposed.lead) == ("active", leader)
