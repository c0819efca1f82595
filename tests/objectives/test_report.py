import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment, ReportRequest
from tests.factories import NOW, UserFactory
from tests.objectives.making import make_draft, make_key_result

pytestmark = pytest.mark.django_db
WORD = "You see this number before anyone else."


@pytest.fixture
def asked(key_result, other_team, leader, neighbour):
    """Delivery is asked to report a key result of Checkout's committed objective."""
    return actions.ask_to_report(key_result, team=other_team, word=WORD, by=leader, now=NOW)


def url_of(asked, verb):
    return f"/report-requests/{asked.pk}/{verb}/"


def ask_url(key_result):
    return f"/key-results/{key_result.pk}/ask-to-report/"


def test_a_leader_asks_and_until_the_answer_nothing_changes(
    visit, key_result, team, other_team, leader, neighbour
):
    assertContains(visit(leader).get(ask_url(key_result)), "Until it accepts, Checkout reports it.")
    typed = {"team": other_team.pk, "word": WORD}

    response = visit(leader).send(ask_url(key_result), typed)

    assertRedirects(response, key_result.get_absolute_url())
    key_result.refresh_from_db()
    assert key_result.team == team
    page = key_result.get_absolute_url()
    for asking in [team, other_team]:
        shown = visit(neighbour).get(asking.get_absolute_url())
        assertContains(shown, f"{page}#reporting")
        assertContains(shown, "Checkout asks Delivery")
    assertContains(visit(neighbour).get(page), WORD)
    assertContains(visit(neighbour).get(page), "Accept…")
    assertNotContains(visit(leader).get(page), "Accept…")


def test_the_team_accepts_and_reports_from_then_on(
    visit, asked, key_result, other_team, leader, neighbour
):
    assertContains(visit(neighbour).get(url_of(asked, "accept")), WORD)
    response = visit(neighbour).send(
        url_of(asked, "accept"), {"answer": "Gladly.", "version": asked.version}
    )
    assertRedirects(response, key_result.get_absolute_url())
    key_result.refresh_from_db()
    assert key_result.team == other_team
    page = visit(leader).get(key_result.get_absolute_url())
    assertContains(page, "Gladly.")
    # A committed goal changes only by amendment: by whoever asked, for the reason given.
    amended = Amendment.objects.get()
    assert (amended.field, amended.old, amended.new) == ("team", "Checkout", "Delivery")
    assert (amended.by, amended.reason) == (leader, WORD)
    assertContains(page, "Team that reports it")


def test_before_the_commitment_it_is_no_amendment(team, cycle, other_team, leader, neighbour):
    objective = make_draft(team, cycle, by=leader)
    key_result = make_key_result(objective, by=leader)
    asked = actions.ask_to_report(key_result, team=other_team, word=WORD, by=leader, now=NOW)
    actions.accept_report(asked, by=neighbour, now=NOW)
    key_result.refresh_from_db()
    assert key_result.team == other_team
    assert not Amendment.objects.exists()


def test_the_team_declines_with_a_sentence(visit, asked, key_result, team, leader, neighbour):
    url = url_of(asked, "decline")
    silent = visit(neighbour).send(url, {"answer": " ", "version": 1})
    assertContains(silent, "Say in one sentence why not.", status_code=422)
    visit(neighbour).send(url, {"answer": "We count parcels.", "version": 1})
    key_result.refresh_from_db()
    assert key_result.team == team
    assertContains(visit(leader).get(key_result.get_absolute_url()), "We count parcels.")
    again = visit(neighbour).send(url_of(asked, "accept"), {"version": 2})
    assertContains(again, "has been answered already", status_code=422)


def test_two_who_answer_at_once_do_not_overwrite_each_other(visit, asked, neighbour, other_team):
    colleague = UserFactory(works_in=other_team)
    actions.accept_report(asked, by=colleague, now=NOW)
    response = visit(neighbour).send(url_of(asked, "decline"), {"answer": "No.", "version": 1})
    assertContains(response, "No.", status_code=409)


def test_those_who_are_asked_read_the_draft(visit, team, cycle, other_team, leader, neighbour):
    objective = make_draft(team, cycle, by=leader)
    key_result = make_key_result(objective, by=leader)
    assert visit(neighbour).get(key_result.get_absolute_url()).status_code == 404
    actions.ask_to_report(key_result, team=other_team, word=WORD, by=leader, now=NOW)
    assertContains(visit(neighbour).get(key_result.get_absolute_url()), "Payments that fail")


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_only_leaders_of_the_goal_ask(request, visit, key_result, other_team, who):
    person = visit(request.getfixturevalue(who))
    typed = {"team": other_team.pk, "word": WORD}
    response = person.send(ask_url(key_result), typed)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not ReportRequest.objects.exists()
    assertNotContains(person.get(key_result.get_absolute_url()), ask_url(key_result))


@pytest.mark.parametrize("who", ["member", "leader", "leader_above", "observer", "administrator"])
@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_only_the_team_that_is_asked_answers(request, visit, asked, key_result, team, who, verb):
    """Not even a leader above: to report costs the team its time."""
    person = visit(request.getfixturevalue(who))
    response = person.send(url_of(asked, verb), {"answer": "Yes.", "version": 1})
    assertContains(response, "Only Delivery can do this", status_code=403)
    key_result.refresh_from_db()
    assert key_result.team == team
    assertNotContains(person.get(key_result.get_absolute_url()), url_of(asked, verb))


def test_whoever_is_asked_later_takes_the_place_of_the_first(
    asked, key_result, area, leader_above, neighbour
):
    later = actions.ask_to_report(key_result, team=area, word=WORD, by=leader_above, now=NOW)
    assert list(ReportRequest.objects.open()) == [later]
    with pytest.raises(ValidationError, match="Another team has been asked since"):
        actions.accept_report(asked, by=neighbour, now=NOW)


def test_what_has_ended_waits_for_no_answer(asked, key_result, leader, neighbour):
    actions.drop_key_result(key_result, reason="It misleads.", by=leader, now=NOW)
    assert not ReportRequest.objects.open().exists()
    with pytest.raises(ValidationError, match="was dropped"):
        actions.accept_report(asked, by=neighbour, now=NOW)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"word": " "}, "Say in one sentence why you ask this team."),
        ({"team": "x"}, "Select a valid choice"),
        ({"word": "x\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_answered_at_the_field(
    visit, key_result, other_team, leader, typed, sentence
):
    body = {"team": other_team.pk, "word": WORD, **typed}
    response = visit(leader).send(ask_url(key_result), body)
    assertContains(response, sentence, status_code=422)


def test_the_team_that_reports_it_is_not_asked(key_result, team, leader):
    with pytest.raises(ValidationError, match="reports it already"):
        actions.ask_to_report(key_result, team=team, word=WORD, by=leader, now=NOW)


def test_another_team_is_not_put_down_without_being_asked(visit, team, cycle, other_team, leader):
    objective = make_draft(team, cycle, by=leader)
    with pytest.raises(ValidationError, match="Delivery must agree first"):
        make_key_result(objective, by=leader, team=other_team)
    key_result = make_key_result(objective, by=leader)
    with pytest.raises(ValidationError, match="Delivery must agree first"):
        actions.edit_key_result(key_result, by=leader, team=other_team)
    page = visit(leader).get(f"/key-results/{key_result.pk}/edit/")
    assertNotContains(page, "Delivery</option>")


def test_whoever_belongs_to_a_team_speaks_for_it(other_team, cycle, area, root):
    both = UserFactory(leads=root, works_in=area)
    objective = make_draft(root, cycle, by=both)
    assert make_key_result(objective, by=both, team=area).team == area
    with pytest.raises(ValidationError, match="Delivery must agree first"):
        make_key_result(objective, by=both, team=other_team, title="Other words")


def test_a_leader_who_settles_it_otherwise_asks_no_more(visit, team, cycle, area, root, other_team):
    both = UserFactory(leads=root, works_in=area)
    of_delivery = UserFactory(works_in=other_team)
    key_result = make_key_result(make_draft(root, cycle, by=both), by=both)
    asked = actions.ask_to_report(key_result, team=other_team, word=WORD, by=both, now=NOW)
    actions.edit_key_result(key_result, by=both, title="The same team, other words")
    assert list(ReportRequest.objects.open()) == [asked]

    actions.edit_key_result(key_result, by=both, team=area)

    assert not ReportRequest.objects.exists()
    response = visit(of_delivery).send(url_of(asked, "accept"), {"version": 1})
    assert response.status_code == 404
    key_result.refresh_from_db()
    assert key_result.team == area


def test_who_has_left_answers_no_more(asked, neighbour):
    neighbour.is_active = False
    neighbour.save()
    with pytest.raises(PermissionDenied):
        actions.accept_report(asked, by=neighbour, now=NOW)
