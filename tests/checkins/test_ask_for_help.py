from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains

from apps.checkins import actions
from apps.checkins.models import HelpRequest
from apps.organisation.actions import dismiss_leader
from tests.factories import NOW, UserFactory, grant

pytestmark = pytest.mark.django_db

DAY = "2026-11-27"


@pytest.fixture
def url(team):
    return reverse("checkins:ask_for_help", args=[team.slug])


def wish(leader, **changed):
    return {"text": "The decline codes.", "asked": str(leader.pk), "by_when": DAY, **changed}


def test_a_member_asks_a_leader_above(visit, member, leader, leader_above, team, url):
    visitor = visit(member)
    page = visitor.get(url)
    assertContains(page, "Mara Petersen, Lindenmarkt")
    assertContains(page, "Ines Kaya, Checkout")
    response = visitor.send(url, wish(leader_above))

    asked = HelpRequest.objects.get()
    assert response["Location"].startswith(team.get_absolute_url())
    assert (asked.team, asked.asked, asked.raised_by, asked.is_open) == (
        team, leader_above, member, True,
    )  # fmt: skip
    assert asked.asked_as_leader_of.is_root
    assertContains(visitor.get(asked.get_absolute_url()), "The decline codes.")


def test_nobody_asks_himself_or_herself(visit, leader, leader_above, url):
    page = visit(leader).get(url)
    assertContains(page, "Mara Petersen")
    assert page.content.decode().count("Ines Kaya, Checkout") == 0


def test_not_even_past_the_page(team, leader, leader_above):
    words = {"text": "The decline codes.", "by_when": date(2026, 11, 27), "now": NOW}
    with pytest.raises(ValidationError, match="nobody asks oneself for help"):
        actions.ask_for_help(team=team, asked=leader, by=leader, **words)
    actions.ask_for_help(team=team, asked=leader_above, by=leader, **words)


def test_where_nobody_can_be_asked_the_page_says_so(visit, leader, url):
    assertContains(visit(leader).get(url), "there is no one to ask for help yet")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": " "}, "Say what you need."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"text": "x" * 10_000}, "at most 2000 characters"),
        ({"asked": ""}, "Choose who can give it."),
        ({"by_when": ""}, "Say by when you need it."),
        ({"by_when": "soon"}, "Choose a day."),
        ({"by_when": "2026-11-19"}, "Choose today or a later day."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    visit, member, leader_above, url, changed, sentence
):
    response = visit(member).send(url, wish(leader_above, **changed))
    assertContains(response, escape(sentence), status_code=422)
    for text in {"text": "The decline codes.", **changed}.values():
        assertContains(response, escape(text.strip()), status_code=422)
    assert not HelpRequest.objects.exists()


def test_only_leaders_of_the_branch_are_asked(visit, member, leader_above, neighbour, url):
    response = visit(member).send(url, wish(neighbour))
    assertContains(response, "Select a valid choice", status_code=422)
    assert not HelpRequest.objects.exists()


def test_a_leader_who_was_dismissed_meanwhile_is_not_asked(
    member, leader_above, root, team, administrator
):
    dismiss_leader(root, person=leader_above, by=administrator)
    with pytest.raises(ValidationError, match="Mara Petersen leads neither Checkout nor a team"):
        actions.ask_for_help(
            team=team, text="Codes", asked=leader_above, by_when=date(2026, 11, 27),
            by=member, now=NOW,
        )  # fmt: skip


def test_the_nearest_team_that_a_leader_leads_is_the_one_that_counts(member, team, area, root):
    both = UserFactory(leads=root)
    grant("lead_team", both, area)
    asked = actions.ask_for_help(
        team=team, text="Codes", asked=both, by_when=date(2026, 11, 27), by=member, now=NOW
    )
    assert asked.asked_as_leader_of == area


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_only_the_team_asks(request, visit, area, url, who, allowed):
    asked = UserFactory(leads=area)
    response = visit(request.getfixturevalue(who)).send(url, wish(asked))
    assert HelpRequest.objects.exists() is allowed
    if not allowed:
        assertContains(response, "Only Checkout can do this", status_code=403)


def test_the_same_form_asks_once(visit, member, leader_above, url):
    visitor = visit(member)
    body = wish(leader_above, once=visitor.new_key(url))
    visitor.post(url, body)
    visitor.post(url, body)
    assert HelpRequest.objects.count() == 1
