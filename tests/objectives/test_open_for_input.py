"""Draft → input and back, asking people, and withdrawing before the commitment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from tests.factories import NOW
from tests.objectives.making import make_draft, make_key_result, make_open

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 11, 25)


@pytest.fixture
def draft(team, cycle, leader):
    objective = make_draft(team, cycle, by=leader)
    make_key_result(objective, by=leader)
    objective.refresh_from_db()
    return objective


def url_of(objective, verb="open"):
    return f"/objectives/{objective.pk}/{verb}/"


def typed_for(objective, **changed):
    return {"until": "2026-11-25", "version": objective.version, **changed}


def test_a_leader_opens_it_and_everyone_can_read_it(visit, draft, leader, member, neighbour):
    assertContains(visit(leader).get(url_of(draft)), "Karim Haddad")

    response = visit(leader).send(url_of(draft), typed_for(draft, people=[neighbour.pk]))

    assertRedirects(response, draft.get_absolute_url())
    draft.refresh_from_db()
    assert (draft.state, draft.input_until) == ("input", UNTIL)
    assert [asked.person for asked in draft.asked.all()] == [neighbour]
    assert [move.to_state for move in draft.moves.all()] == ["draft", "input"]
    page = visit(member).get(draft.get_absolute_url())
    assertContains(page, "Open for input until Wednesday, 25 November. Owner: Ines Kaya.")
    assertContains(page, "Not answered yet: Karim Haddad.")


def test_without_key_results_one_says_that_they_are_wanted(visit, team, cycle, leader, member):
    draft = make_draft(team, cycle, by=leader)
    response = visit(leader).send(url_of(draft), typed_for(draft))
    assertContains(response, "Define a key result first", status_code=422)

    visit(leader).send(url_of(draft), typed_for(draft, wants_key_results="on"))

    draft.refresh_from_db()
    assert (draft.state, draft.wants_key_results) == ("input", True)
    page = visit(member).get(draft.get_absolute_url())
    assertContains(page, "Proposals for key results are wanted.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "2026-11-19"}, "Choose a day from today to the end of the cycle."),
        ({"until": "2027-02-01"}, "Choose a day from today to the end of the cycle."),
        ({"until": ""}, "Say until when input can be given."),
        ({"until": "tomorrow"}, "Enter a day, like 2026-11-25."),
        ({"until": "2026-11-\x0025"}, "Enter a day"),
        ({"people": ["0"]}, "Select a valid choice"),
        ({"people": ["\x00"]}, "Null characters are not allowed."),
    ],
)
def test_bad_input_opens_nothing(visit, draft, leader, wrong, sentence):
    response = visit(leader).send(url_of(draft), typed_for(draft, **wrong))
    assertContains(response, sentence, status_code=422)
    draft.refresh_from_db()
    assert draft.state == "draft"


VERBS = ["open", "ask", "back-to-draft", "withdraw"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["member", "neighbour", "administrator", "observer"])
def test_others_are_told_who_can(request, visit, team, cycle, leader, who, verb):
    objective = make_open(team, cycle, by=leader)
    typed = typed_for(objective, reason="Because.", people=[leader.pk])
    response = visit(request.getfixturevalue(who)).send(url_of(objective, verb), typed)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    version = objective.version
    objective.refresh_from_db()
    assert (objective.state, objective.version) == ("input", version)
    assert not objective.asked.exists()


@pytest.mark.parametrize("who", ["leader", "leader_above"])
@pytest.mark.parametrize(
    ("verb", "state"), [("back-to-draft", "draft"), ("withdraw", "withdrawn"), ("ask", "input")]
)
def test_leadership_may(request, visit, team, cycle, leader, who, verb, state):
    objective = make_open(team, cycle, by=leader)
    person = visit(request.getfixturevalue(who))
    page = person.get(objective.get_absolute_url()).content.decode()
    assert url_of(objective, verb) in page
    person.send(url_of(objective, verb), typed_for(objective, reason="Not now."))
    objective.refresh_from_db()
    assert objective.state == state


def test_opened_twice_it_is_open_once(visit, draft, leader):
    typed = typed_for(draft)
    visitor = visit(leader)
    visitor.send(url_of(draft), typed)
    again = visitor.send(url_of(draft), typed)
    assertContains(again, "Someone changed this while you were writing", status_code=409)
    draft.refresh_from_db()
    later = visitor.send(url_of(draft), typed_for(draft))
    assertContains(later, "Only a draft can be opened for input.", status_code=422)
    assert draft.moves.count() == 2


def test_more_people_are_asked_once_each_and_for_longer(visit, team, cycle, leader, member):
    objective = make_open(team, cycle, by=leader)
    visitor = visit(leader)
    visitor.send(url_of(objective, "ask"), typed_for(objective, people=[member.pk]))
    objective.refresh_from_db()
    assert objective.input_until == UNTIL
    visitor.send(url_of(objective, "ask"), typed_for(objective, people=[member.pk]))
    assert objective.asked.count() == 1
    page = visitor.get(url_of(objective, "ask"))
    assert "Tom Richter" not in page.content.decode()


def test_back_in_draft_the_inputs_stay(team, cycle, leader, member, visit):
    objective = make_open(team, cycle, by=leader)
    actions.give_input(objective, unclear="Why now?", by=member, now=NOW)
    visit(leader).send(url_of(objective, "back-to-draft"), typed_for(objective, reason="More."))
    assertContains(visit(leader).get(objective.get_absolute_url()), "Why now?")
    move = objective.moves.last()
    assert (move.from_state, move.to_state, move.reason) == ("input", "draft", "More.")


def test_a_withdrawal_says_why_and_is_final(team, cycle, leader, visit):
    objective = make_open(team, cycle, by=leader)
    url = url_of(objective, "withdraw")
    response = visit(leader).send(url, typed_for(objective, reason=" "))
    assertContains(response, "Say in one sentence why you withdraw it.", status_code=422)

    visit(leader).send(url, typed_for(objective, reason="The law came first."))

    objective.refresh_from_db()
    assert objective.moves.last().reason == "The law came first."
    page = visit(leader).get(objective.get_absolute_url())
    assertContains(page, "Withdrawn before it was committed.")
    assert url not in page.content.decode()
    with pytest.raises(ValidationError, match="has ended"):
        actions.withdraw(objective, reason="Again.", by=leader, now=NOW)


def test_a_committed_objective_is_neither_drafted_again_nor_withdrawn(objective, leader):
    with pytest.raises(ValidationError, match="goes back to draft"):
        actions.back_to_draft(objective, by=leader, now=NOW)
    with pytest.raises(ValidationError, match="only by amendment"):
        actions.withdraw(objective, reason="No.", by=leader, now=NOW)
    objective.refresh_from_db()
    assert objective.state == "committed"
