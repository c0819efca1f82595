"""A suggestion from outside waits until the team makes it its own, or declines it."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives.models import Initiative
from apps.organisation.models import OutboxMessage
from tests.initiatives.making import make_suggested

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(team, neighbour, key_result):
    return make_suggested(team, neighbour, key_result)


@pytest.fixture
def url(suggested):
    return reverse("initiatives:take_over", args=[suggested.pk])


@pytest.mark.parametrize("htmx", [False, True])
def test_it_becomes_the_teams_own_and_whoever_took_it_leads_it(
    visit, member, neighbour, suggested, url, htmx
):
    visitor = visit(member)
    page = visitor.get_htmx(url) if htmx else visitor.get(url)
    assertContains(page, "Karim Haddad will read it.")
    visitor.send(url, {"version": suggested.version, "word": "Phones first."}, htmx=htmx)
    suggested.refresh_from_db()
    assert (suggested.status, suggested.lead, suggested.from_outside) == ("proposed", member, True)
    move = suggested.moves.last()
    assert (move.verb, move.reason, move.by) == ("take_over", "Phones first.", member)
    page = visitor.get(suggested.get_absolute_url())
    assertContains(page, "Taken over.")
    assertContains(page, "Suggested from outside by Karim Haddad.")
    assertNotContains(page, url)
    sent = OutboxMessage.objects.get(kind="initiative.taken_over")
    assert sent.person == neighbour


def test_the_board_offers_it_on_the_suggestion_alone(visit, member, suggested, proposed, url):
    board = visit(member).get(reverse("initiatives:board", args=["checkout"]))
    assertContains(board, url)
    assertNotContains(board, reverse("initiatives:take_over", args=[proposed.pk]))


@pytest.mark.parametrize("state", ["proposed", "active", "paused"])
def test_what_is_the_teams_own_cannot_be_taken_over(request, visit, member, state):
    own = request.getfixturevalue(state)
    url = reverse("initiatives:take_over", args=[own.pk])
    visitor = visit(member)
    assert visitor.get(url).status_code == 302
    response = visitor.send(url, {"version": own.version})
    assertContains(response, "this can’t be done any more", status_code=422)


def test_the_second_of_two_is_told(visit, member, leader, suggested, url):
    visit(member).send(url, {"version": suggested.version})
    late = visit(leader).send(url, {"version": suggested.version, "word": "Mine"})
    assertContains(late, "Someone changed this", status_code=409)
    suggested.refresh_from_db()
    assert suggested.lead == member
    assert suggested.moves.filter(verb="take_over").count() == 1


@pytest.mark.parametrize("who", ["neighbour", "leader_above", "observer", "administrator"])
def test_not_even_who_suggested_it_takes_it_over(request, visit, suggested, url, who):
    visitor = visit(request.getfixturevalue(who))
    for response in (visitor.get(url), visitor.send(url, {"version": suggested.version})):
        assertContains(response, "Only Checkout can do this", status_code=403)
    assert Initiative.objects.get().is_suggested


def test_declining_it_tells_who_suggested_it_why(visit, member, neighbour, suggested):
    url = reverse("initiatives:decline", args=[suggested.pk])
    visit(member).send(url, {"version": suggested.version, "word": "We tried it in spring."})
    suggested.refresh_from_db()
    assert suggested.status == "declined"
    assert OutboxMessage.objects.get(kind="initiative.declined").person == neighbour
    assertContains(visit(neighbour).get(suggested.get_absolute_url()), "We tried it in spring.")
