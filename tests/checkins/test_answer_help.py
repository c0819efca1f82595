import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.models import HelpRequest
from tests.checkins.making import make_asked
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader_of_the_area(area):
    return UserFactory(name="Leyla Demir", leads=area)


@pytest.fixture
def asked(team, member, leader_of_the_area):
    """The leader of the area was asked."""
    return make_asked(team, member, leader_of_the_area)


@pytest.fixture
def url(asked):
    return reverse("checkins:answer_help", args=[asked.pk])


ANSWER = {"version": "1", "answer": "You get them on Wednesday."}


def test_the_page_says_who_waits_for_whom_and_how_long(visit, leader_of_the_area, asked):
    page = visit(leader_of_the_area).get(asked.get_absolute_url())
    assertContains(page, "Tom Richter asked Leyla Demir, Shop, on 16 November.")
    assertContains(page, "Needed by Friday, 27 November.")
    assertContains(page, "Open for 4 days.")
    assertContains(page, "Answer")


def test_the_answer_stands_on_the_page(visit, leader_of_the_area, member, asked, url):
    response = visit(leader_of_the_area).send(url, ANSWER)
    assertRedirects(response, asked.get_absolute_url())
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == (
        HelpRequest.State.ANSWERED, ANSWER["answer"], leader_of_the_area,
    )  # fmt: skip
    page = visit(member).get(asked.get_absolute_url())
    assertContains(page, ANSWER["answer"])
    assertNotContains(page, url)


def test_with_htmx_the_request_comes_back_with_its_answer(visit, leader_of_the_area, asked, url):
    response = visit(leader_of_the_area).send(url, ANSWER, htmx=True)
    assertContains(response, f'id="help-{asked.pk}"', count=1)
    assertContains(response, ANSWER["answer"])
    assertNotContains(response, "<html")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "Answer in a sentence."),
        ("a\x00b", "Null characters are not allowed."),
        ("x" * 10_000, "at most 2000 characters"),
    ],
)
def test_an_answer_needs_a_sentence(visit, leader_of_the_area, asked, url, htmx, text, sentence):
    visitor = visit(leader_of_the_area)
    response = visitor.send(url, {**ANSWER, "answer": text}, htmx=htmx)
    assertContains(response, escape(sentence), status_code=422)
    assertContains(response, text.strip(), status_code=422)
    asked.refresh_from_db()
    assert asked.is_open


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("leader_of_the_area", True), ("leader_above", True), ("leader", False), ("member", False),
        ("neighbour", False), ("observer", False), ("administrator", False),
    ],
)  # fmt: skip
def test_the_leader_who_was_asked_answers_or_one_above(request, visit, asked, url, who, allowed):
    visitor = visit(request.getfixturevalue(who))
    offered = url in visitor.get(asked.get_absolute_url()).content.decode()
    response = visitor.send(url, ANSWER)
    asked.refresh_from_db()
    assert (offered, not asked.is_open) == (allowed, allowed)
    if not allowed:
        assertContains(response, "Only leaders of Shop, or above it", status_code=403)


def test_who_leads_the_same_team_but_was_not_asked_does_not_answer(
    visit, area, leader_of_the_area, asked, url
):
    beside = UserFactory(name="Nils Berg", leads=area)
    visitor = visit(beside)
    assertNotContains(visitor.get(asked.get_absolute_url()), url)
    sentence = "Only Leyla Demir, who was asked, or a leader above Shop can answer."
    assertContains(visitor.send(url, ANSWER), sentence, status_code=403)
    with pytest.raises(PermissionDenied, match="Only Leyla Demir"):
        actions.answer_help(asked, answer="Yes.", by=beside, now=NOW)
    actions.answer_help(asked, answer="Yes.", by=leader_of_the_area, now=NOW)


def test_the_first_answer_stands(asked, leader_of_the_area, leader_above):
    actions.answer_help(asked, answer="On Wednesday.", by=leader_of_the_area, now=NOW)
    with pytest.raises(ValidationError, match="Leyla Demir has answered this already"):
        actions.answer_help(asked, answer="Never.", by=leader_above, now=NOW)


def test_who_answers_second_is_shown_what_stands(
    visit, asked, url, leader_of_the_area, leader_above
):
    visit(leader_of_the_area).send(url, ANSWER)
    response = visit(leader_above).send(url, {**ANSWER, "answer": "Never."})
    assertContains(response, ANSWER["answer"], status_code=409)
    asked.refresh_from_db()
    assert asked.answered_by == leader_of_the_area


def test_the_same_answer_sent_twice_counts_once(visit, leader_of_the_area, asked, url):
    visitor = visit(leader_of_the_area)
    body = ANSWER | {"once": visitor.new_key(url)}
    first, second = visitor.post(url, body), visitor.post(url, body)
    assert first["Location"] == second["Location"]
    asked.refresh_from_db()
    assert asked.version == 2
