import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from tests.factories import NOW
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db

ANSWER = {"answer": "partly", "answer_text": "88 %. Mehr hat noch niemand gehalten.", "version": 1}


@pytest.fixture
def given(team, cycle, leader, member):
    objective = make_open(team, cycle, by=leader)
    return actions.give_input(objective, would_change="Make it 90.", by=member, now=NOW)


def url_of(given):
    return f"/inputs/{given.pk}/answer/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_answers_and_everyone_reads_it(request, visit, given, neighbour, who):
    person = request.getfixturevalue(who)
    page = visit(person).get(given.objective.get_absolute_url())
    assertContains(page, "1 input still to answer before you can commit.")
    assertContains(page, url_of(given))

    response = visit(person).send(url_of(given), ANSWER)

    assertRedirects(response, f"{given.objective.get_absolute_url()}#input-{given.pk}")
    given.refresh_from_db()
    assert (given.answer, given.answered_by) == ("partly", person)
    page = visit(neighbour).get(given.objective.get_absolute_url())
    assertContains(page, "<b>Partly.</b> 88 %. Mehr hat noch niemand gehalten.", html=True)
    assert "still to answer" not in page.content.decode()


def test_with_htmx_the_row_comes_back_and_what_is_left_to_do(visit, given, leader):
    response = visit(leader).send(url_of(given), ANSWER, htmx=True)
    assertContains(response, f'id="input-{given.pk}"', count=1)
    assertContains(response, "<b>Partly.</b>")
    assertContains(response, "Tom Richter")
    assertContains(response, "Checkout")
    assertContains(response, 'id="commitment"', count=1)
    assertContains(response, "1 of 1")
    assert b"<html" not in response.content


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer": ""}, "Choose adopted, partly or not adopted."),
        ({"answer": "maybe"}, "maybe is not one of the available choices"),
        ({"answer_text": " "}, "Say in one sentence why."),
        ({"answer_text": "x\x00"}, "Null characters are not allowed."),
        ({"answer_text": "ü" * 10_000}, "at most 5000 characters"),
    ],
)
def test_an_answer_is_a_word_and_a_sentence(visit, given, leader, wrong, sentence, htmx):
    response = visit(leader).send(url_of(given), {**ANSWER, **wrong}, htmx=htmx)
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Tom Richter", status_code=422)
    if "answer" in wrong:
        assertContains(response, ANSWER["answer_text"], status_code=422)
    assert (b"<html" in response.content) is not htmx
    given.refresh_from_db()
    assert not given.answer


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, given, who):
    visitor = visit(request.getfixturevalue(who))
    for htmx in [True, False]:
        response = visitor.send(url_of(given), ANSWER, htmx=htmx)
        assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    given.refresh_from_db()
    assert not given.answer
    page = visitor.get(given.objective.get_absolute_url()).content.decode()
    assert url_of(given) not in page


def test_the_first_answer_stands(visit, given, leader, leader_above):
    visit(leader_above).send(url_of(given), ANSWER)
    late = {**ANSWER, "answer": "adopted", "answer_text": "All of it."}
    response = visit(leader).send(url_of(given), late)
    assertContains(response, "All of it.", status_code=409)
    assertContains(response, "Stored now: 88 %.", status_code=409)
    response = visit(leader).send(url_of(given), {**late, "version": 2})
    assertContains(response, "This input has been answered already.", status_code=422)
    given.refresh_from_db()
    assert (given.answer, given.answered_by) == ("partly", leader_above)


def test_a_withdrawn_input_wants_no_answer(visit, given, leader, member):
    actions.withdraw_input(given, by=member, now=NOW)
    response = visit(leader).send(url_of(given), {**ANSWER, "version": 2})
    assertContains(response, "This input has been withdrawn.", status_code=422)
