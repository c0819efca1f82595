"""Input → committed: what stands in the way, and what it takes to be early."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from tests.factories import NOW, TODAY
from tests.objectives.making import make_draft, make_key_result, make_open

pytestmark = pytest.mark.django_db

LEFT = "2 inputs still to answer before you can commit."


@pytest.fixture
def open_one(team, cycle, leader):
    return make_open(team, cycle, by=leader)


@pytest.fixture
def given(open_one, member):
    return actions.give_input(open_one, unclear="Phones, too?", by=member, now=NOW)


@pytest.fixture
def ready(open_one, given, leader, time_machine):
    """Every input answered, and the day after the window closed."""
    actions.answer_input(given, answer="adopted", answer_text="Yes.", by=leader, now=NOW)
    time_machine.move_to(NOW + timedelta(days=1))
    return open_one


def url_of(objective):
    return f"/objectives/{objective.pk}/commit/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_reads_it_once_more_and_commits(request, visit, ready, who):
    person = request.getfixturevalue(who)
    page = visit(person).get(url_of(ready))
    assertContains(page, "Payments that fail")
    assertContains(page, "Phones, too?")
    assertContains(page, "<b>Adopted.</b>")
    assert "aria-disabled" not in page.content.decode()

    response = visit(person).send(url_of(ready), {"version": ready.version})

    assertRedirects(response, ready.get_absolute_url())
    ready.refresh_from_db()
    assert (ready.state, ready.committed_by, ready.early_reason) == ("committed", person, "")
    assert ready.moves.last().to_state == "committed"
    page = visit(person).get(ready.get_absolute_url())
    assertContains(page, f"Committed on 21 November by {person.name}, with input from 1 person.")


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, ready, who):
    visitor = visit(request.getfixturevalue(who))
    for response in [
        visitor.get(url_of(ready)),
        visitor.send(url_of(ready), {"version": ready.version}),
    ]:
        assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    ready.refresh_from_db()
    assert ready.state == "input"
    assert url_of(ready) not in visitor.get(ready.get_absolute_url()).content.decode()


def test_unanswered_input_is_in_the_way_and_the_button_says_so(
    visit, open_one, given, neighbour, leader
):
    actions.give_input(open_one, unclear="And tablets?", by=neighbour, now=NOW)
    page = visit(leader).get(open_one.get_absolute_url())
    assertContains(page, LEFT)
    assertContains(page, f'href="{url_of(open_one)}" aria-disabled="true"')
    assertContains(visit(leader).get(url_of(open_one)), 'primary" aria-disabled="true"')

    typed = {"version": open_one.version, "early_reason": "The board meets today."}
    response = visit(leader).send(url_of(open_one), typed)

    assertContains(response, LEFT, status_code=422)
    assertContains(response, "The board meets today.", status_code=422)
    open_one.refresh_from_db()
    assert open_one.state == "input"


def test_before_input_closes_it_needs_a_reason_that_everyone_reads(
    visit, open_one, given, leader, neighbour
):
    actions.answer_input(given, answer="adopted", answer_text="Yes.", by=leader, now=NOW)
    typed = {"version": open_one.version}
    response = visit(leader).send(url_of(open_one), typed)
    assertContains(response, "Say in one sentence why you commit before it", status_code=422)

    typed["early_reason"] = "Der Vertrag läuft heute aus."
    visit(leader).send(url_of(open_one), typed)

    open_one.refresh_from_db()
    assert (open_one.state, open_one.early_reason) == ("committed", typed["early_reason"])
    page = visit(neighbour).get(open_one.get_absolute_url())
    assertContains(page, "“Der Vertrag läuft heute aus.”")


def test_without_any_input_it_needs_a_reason_too(visit, open_one, leader, time_machine):
    time_machine.move_to(NOW + timedelta(days=1))
    typed = {"version": open_one.version}
    response = visit(leader).send(url_of(open_one), typed)
    assertContains(response, "Nobody has given input.", status_code=422)
    visit(leader).send(url_of(open_one), {**typed, "early_reason": "All were in the room."})
    assertContains(visit(leader).get(open_one.get_absolute_url()), "without input")


def test_a_withdrawn_input_counts_for_nothing(visit, open_one, given, leader, member):
    actions.withdraw_input(given, by=member, now=NOW)
    response = visit(leader).send(url_of(open_one), {"version": open_one.version})
    assertContains(response, "Nobody has given input.", status_code=422)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"baseline": None}, "The start value, or a day by which it is measured, is missing."),
        ({"target": None}, "The target is missing."),
        ({"kind": "milestone"}, "The day on which it is due is missing."),
        ({"kind": "stages", "stage_commit": "One"}, "The words of a stage are missing."),
        ({"kind": "at-least"}, "The limit to hold is missing."),
        ({"kind": "within", "high": 2}, "The limit to hold is missing."),
    ],
)
def test_each_key_result_is_whole(visit, team, cycle, leader, lacking, sentence):
    draft = make_draft(team, cycle, by=leader)
    make_key_result(draft, by=leader, **lacking)
    actions.open_for_input(draft, until=TODAY, by=leader, now=NOW)
    typed = {"version": draft.version, "early_reason": "Now."}
    response = visit(leader).send(url_of(draft), typed)
    assertContains(response, f"“Payments that fail”: {sentence}", status_code=422)
    draft.refresh_from_db()
    assert draft.state == "input"


def test_at_least_one_key_result(visit, team, cycle, leader):
    draft = make_draft(team, cycle, by=leader)
    actions.open_for_input(draft, until=TODAY, wants_key_results=True, by=leader, now=NOW)
    typed = {"version": draft.version, "early_reason": "Now."}
    response = visit(leader).send(url_of(draft), typed)
    assertContains(response, "Define at least one key result", status_code=422)


def test_a_draft_goes_through_input_first(visit, team, cycle, leader):
    draft = make_draft(team, cycle, by=leader)
    response = visit(leader).send(url_of(draft), {"version": draft.version})
    assertContains(response, "Only an objective in input can be committed.", status_code=422)


def test_what_the_page_did_not_show_is_not_committed(visit, ready, leader):
    shown = ready.version
    make_key_result(ready, by=leader, title="Slipped in meanwhile")
    response = visit(leader).send(url_of(ready), {"version": shown})
    assertContains(response, "Slipped in meanwhile", status_code=409)
    ready.refresh_from_db()
    assert ready.state == "input"


def test_committed_once(visit, ready, leader):
    visitor = visit(leader)
    body = {"version": ready.version, "once": visitor.new_key(url_of(ready))}
    first, second = visitor.post(url_of(ready), body), visitor.post(url_of(ready), body)
    assert first["Location"] == second["Location"]
    ready.refresh_from_db()
    again = visitor.send(url_of(ready), {"version": ready.version})
    assertContains(again, "Only an objective in input can be committed.", status_code=422)
    assert ready.moves.filter(to_state="committed").count() == 1


@pytest.mark.parametrize("text", ["x\x00", "ö" * 10_000])
def test_a_bad_reason_commits_nothing(visit, open_one, leader, text):
    typed = {"version": open_one.version, "early_reason": text}
    assert visit(leader).send(url_of(open_one), typed).status_code == 422
    open_one.refresh_from_db()
    assert open_one.state == "input"
