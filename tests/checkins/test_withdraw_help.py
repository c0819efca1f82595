import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.models import HelpRequest
from tests.checkins.making import make_asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(team, member, leader_above):
    return make_asked(team, member, leader_above)


@pytest.fixture
def url(asked):
    return reverse("checkins:withdraw_help", args=[asked.pk])


def test_the_team_withdraws_and_the_words_stay(visit, leader, leader_above, asked, url):
    visitor = visit(leader)
    assertContains(visitor.get(url), "Mara Petersen need not answer any more.")
    response = visitor.send(url, {"version": "1"})
    assertRedirects(response, asked.get_absolute_url())
    asked.refresh_from_db()
    assert asked.state == HelpRequest.State.WITHDRAWN
    assert (asked.withdrawn_by, asked.withdrawn_at) == (leader, NOW)
    page = visit(leader_above).get(asked.get_absolute_url())
    assertContains(page, "The decline codes.")
    assertContains(page, "Ines Kaya withdrew this request on 20 November.")
    assertNotContains(page, "/answer/")


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_only_the_team_withdraws(request, visit, asked, url, who, allowed):
    visitor = visit(request.getfixturevalue(who))
    offered = url in visitor.get(asked.get_absolute_url()).content.decode()
    response = visitor.send(url, {"version": "1"})
    asked.refresh_from_db()
    assert (offered, not asked.is_open) == (allowed, allowed)
    if not allowed:
        assertContains(response, "Only Checkout can do this", status_code=403)


def test_what_was_answered_meanwhile_is_not_withdrawn(visit, member, leader_above, asked, url):
    actions.answer_help(asked, answer="On Wednesday.", by=leader_above, now=NOW)
    response = visit(member).send(url, {"version": "2"})
    assertContains(response, "Mara Petersen has answered this already.", status_code=422)
    assert visit(member).send(url, {"version": "1"}).status_code == 409
    asked.refresh_from_db()
    assert asked.is_answered


def test_twice_is_said(visit, member, asked, url):
    visitor = visit(member)
    visitor.send(url, {"version": "1"})
    response = visitor.send(url, {"version": "2"})
    assertContains(response, "The team has withdrawn this request.", status_code=422)
