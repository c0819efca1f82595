"""Input: given by anyone, taken back by its author until it is answered."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Input
from tests.factories import NOW
from tests.objectives.making import make_draft, make_open

pytestmark = pytest.mark.django_db

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz ßäöü „so“ " * 40


@pytest.fixture
def open_one(team, cycle, leader, member):
    return make_open(team, cycle, by=leader, people=(member,))


@pytest.fixture
def given(open_one, member):
    return actions.give_input(open_one, unclear="Does paying by invoice count?", by=member, now=NOW)


def url_of(objective):
    return f"/objectives/{objective.pk}/give-input/"


def withdraw_url(given):
    return f"/inputs/{given.pk}/withdraw/"


@pytest.mark.parametrize(
    "who", ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]
)
def test_anyone_signed_in_gives_input_and_finds_it_in_the_thread(request, visit, open_one, who):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(open_one.get_absolute_url()), url_of(open_one))

    response = visit(person).send(url_of(open_one), {"in_the_way": LONG})

    assertRedirects(response, open_one.get_absolute_url())
    stored = Input.objects.get()
    assert (stored.author, stored.in_the_way) == (person, LONG.strip())
    assertContains(visit(person).get(open_one.get_absolute_url()), "What stands in the way?")


def test_with_htmx_the_form_comes_back_and_the_thread_gains_a_row(visit, open_one, member):
    response = visit(member).send(url_of(open_one), {"would_change": "Make it 90."}, htmx=True)
    assertContains(response, "Your input is in.")
    assertContains(response, 'hx-swap-oob="beforeend:#inputs"')
    assertContains(response, "Make it 90.")
    assertContains(response, "1 of 1 person asked has answered.")
    assert b"<html" not in response.content


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"unclear": " "}, "Answer at least one of the three questions."),
        ({"unclear": "a\x00b"}, "Null characters are not allowed."),
        ({"unclear": "x" * 10_000}, "at most 5000 characters"),
    ],
)
def test_bad_input_stays_in_the_form(visit, open_one, member, typed, sentence, htmx):
    response = visit(member).send(url_of(open_one), {"in_the_way": " ", **typed}, htmx=htmx)
    assertContains(response, sentence, status_code=422)
    assert (b"<html" in response.content) is not htmx
    assert not Input.objects.exists()


def test_the_same_form_twice_counts_once(visit, open_one, member):
    visitor = visit(member)
    body = {"unclear": "Once?", "once": visitor.new_key(url_of(open_one))}
    for _time in range(2):
        visitor.post(url_of(open_one), body)
    assert Input.objects.count() == 1


def test_a_draft_takes_no_input(visit, team, cycle, leader):
    draft = make_draft(team, cycle, by=leader)
    response = visit(leader).send(url_of(draft), {"unclear": "Too early?"})
    assertContains(response, "This objective is not open for input.", status_code=422)
    assert url_of(draft) not in visit(leader).get(draft.get_absolute_url()).content.decode()


def test_a_draft_that_one_cannot_read_is_not_there(visit, team, cycle, leader, neighbour):
    draft = make_draft(team, cycle, by=leader)
    assert visit(neighbour).send(url_of(draft), {"unclear": "?"}).status_code == 404


def test_after_its_last_day_input_is_closed(visit, open_one, member, time_machine):
    time_machine.move_to(NOW + timedelta(days=1))
    assert url_of(open_one) not in visit(member).get(open_one.get_absolute_url()).content.decode()
    response = visit(member).send(url_of(open_one), {"unclear": "Too late?"})
    assertContains(response, "Ask Ines Kaya to keep it open longer.", status_code=422)
    assertContains(response, "Too late?", status_code=422)
    assert not Input.objects.exists()


@pytest.mark.parametrize("htmx", [True, False])
def test_one_takes_back_ones_own(visit, open_one, given, member, htmx):
    assertContains(visit(member).get(open_one.get_absolute_url()), withdraw_url(given))
    response = visit(member).send(withdraw_url(given), {"version": 1}, htmx=htmx)
    if htmx:
        assertContains(response, "You withdrew your input.")
        assertContains(response, "Nobody has given input yet.")
    else:
        assertRedirects(response, open_one.get_absolute_url())
    given.refresh_from_db()
    assert given.withdrawn_at == NOW
    page = visit(member).get(open_one.get_absolute_url()).content.decode()
    assert "Does paying by invoice count?" not in page


@pytest.mark.parametrize("who", ["leader", "leader_above", "neighbour", "administrator"])
def test_nobody_takes_back_another_persons(request, visit, open_one, given, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(withdraw_url(given), {"version": 1})
    assertContains(response, "Only Tom Richter can withdraw this input.", status_code=403)
    given.refresh_from_db()
    assert given.withdrawn_at is None
    page = visitor.get(open_one.get_absolute_url()).content.decode()
    assert withdraw_url(given) not in page


@pytest.mark.parametrize("htmx", [True, False])
def test_an_answered_one_stays(visit, given, member, leader, htmx):
    actions.answer_input(given, answer="partly", answer_text="Half.", by=leader, now=NOW)
    response = visit(member).send(withdraw_url(given), {"version": 2}, htmx=htmx)
    assertContains(response, "This input has been answered already.", status_code=422)
    given.refresh_from_db()
    assert given.withdrawn_at is None
