"""Initiatives are moved by a check-in: in the name of whoever sends it, and only what is final
after it was shown and confirmed."""

from datetime import date

import pytest
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins.models import CheckIn
from apps.initiatives.actions import kill
from tests.checkins.making import WEEK, typed
from tests.factories import NOW
from tests.initiatives.making import make_active, make_paused, make_proposed

pytestmark = pytest.mark.django_db

KILL = {"move": "kill", "reason": "no-effect", "learning": "Nobody used it."}
FINISH = {"move": "finish", "delivered": "It is live."}
SWAP = {"move": "swap", "reason": "better-idea", "learning": "Few came.", "title": "A shorter one"}


@pytest.fixture
def bet(reported, member):
    return make_active(reported.team, member, reported, title="Amazon sign-in")


def of(bet, **said):
    return {f"{name}-{bet.pk}": text for name, text in said.items()}


def told(bet):
    bet.refresh_from_db()
    return bet.status


def test_what_is_final_is_shown_before_it_is_sent(visit, leader, reported, bet, url):
    response = visit(leader).send(url, typed(reported, in_the_way="Audit") | of(bet, **KILL))

    assertContains(response, "Something ends for good", status_code=422)
    assertContains(response, "Kill “Amazon sign-in”", status_code=422)
    assertContains(response, "Why: It did not move the key result", status_code=422)
    assertContains(response, "Learned: Nobody used it.", status_code=422)
    assertContains(response, "Audit", status_code=422)
    assert told(bet) == "active"
    assert not CheckIn.objects.submitted().exists()


@pytest.mark.parametrize(
    ("said", "status", "word"),
    [
        (KILL, "killed", "“Amazon sign-in” is killed."),
        (FINISH, "done", "“Amazon sign-in” is finished."),
        (SWAP, "swapped", "“Amazon sign-in” has ended, for “A shorter one”."),
    ],
)
def test_who_confirms_it_has_done_it(visit, leader, reported, bet, url, said, status, word):
    visitor = visit(leader)
    body = typed(reported) | of(bet, **said) | {"confirmed": f"{said['move']}-{bet.pk}"}
    response = visitor.send(url, body)

    assertRedirects(response, reported.team.get_absolute_url(), fetch_redirect_response=False)
    assert told(bet) == status
    assert bet.moves.order_by("-pk").first().by == leader
    assert CheckIn.objects.get(week=WEEK).submitted_by == leader
    assertContains(visitor.get(response["Location"]), word)


def test_a_swap_takes_one_that_is_proposed(visit, member, reported, bet, url):
    other = make_proposed(reported.team, member, reported, title="A shorter form")
    said = SWAP | {"successor": other.pk, "title": ""}
    assertContains(visit(member).get(url), "A shorter form")
    body = typed(reported) | of(bet, **said) | {"confirmed": f"swap-{bet.pk}"}
    visit(member).send(url, body)
    bet.refresh_from_db()
    assert bet.successor == other


def test_a_draft_ends_nothing_and_whoever_sends_it_is_asked(
    visit, member, leader, reported, bet, url, draft_url
):
    visit(member).post(draft_url, typed(reported) | of(bet, **KILL))
    assert told(bet) == "active"
    page = visit(leader).get(url)
    assertContains(page, f'name="move-{bet.pk}" value="kill" id="id_move-{bet.pk}_3" checked')
    response = visit(leader).send(url, typed(reported, seen={}) | of(bet, **KILL))
    assertContains(response, "it is recorded in your name", status_code=422)


def test_a_confirmation_of_something_else_confirms_nothing(visit, member, reported, bet, url):
    body = typed(reported) | of(bet, **KILL) | {"confirmed": f"finish-{bet.pk}"}
    assertContains(visit(member).send(url, body), "Something ends for good", status_code=422)
    assert told(bet) == "active"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"move": "pause"}, "Say in a few words why it waits."),
        ({"move": "pause", "why": "Black Friday.", "again": "2026-11-20"}, "still to come"),
        ({"move": "kill", "learning": "Nobody."}, "Choose the reason that comes nearest."),
        ({"move": "kill", "reason": "cost"}, "Say in one sentence what you learned."),
        ({"move": "kill", "reason": "cost", "learning": " "}, "what you learned."),
        ({"move": "kill", "reason": "whim", "learning": "x"}, "Select a valid choice."),
        ({"move": "finish"}, "Say in one sentence what was delivered."),
        ({"move": "swap", "reason": "cost", "learning": "x"}, "what you want to try."),
        ({"move": "burn"}, "“Amazon sign-in” stands differently by now."),
        ({"move": "resume"}, "“Amazon sign-in” stands differently by now."),
        ({"move": "kill", "reason": "cost", "learning": "x" * 100_000}, "at most 2000"),
    ],
)
def test_what_a_move_needs_is_asked_at_its_field(visit, member, reported, bet, url, said, sentence):
    response = visit(member).send(url, typed(reported, sentence="Kept.") | of(bet, **said))
    assertContains(response, escape(sentence), status_code=422)
    assertContains(response, "Kept.", status_code=422)
    assert told(bet) == "active"
    assert not CheckIn.objects.exists()


def test_a_pause_needs_no_confirmation(visit, member, reported, bet, url):
    said = {"move": "pause", "why": "Black Friday.", "again": "2026-11-30"}
    visit(member).send(url, typed(reported) | of(bet, **said))
    assert told(bet) == "paused"
    assert bet.look_again_on == date(2026, 11, 30)


def test_what_rests_makes_room_for_what_goes_on(visit, member, reported, bet, url):
    other = make_paused(reported.team, member, reported, title="A shorter form")
    reported.team.active_limit = 1
    reported.team.save()
    resume = of(other, move="resume")
    response = visit(member).send(url, typed(reported) | resume)
    assertContains(response, "Checkout has set itself a limit of 1", status_code=422)
    assert (told(bet), told(other)) == ("active", "paused")
    assert not CheckIn.objects.submitted().exists()

    pause = of(bet, move="pause", why="Black Friday.")
    visit(member).send(url, typed(reported) | resume | pause)
    assert (told(bet), told(other)) == ("paused", "active")


def test_what_ended_meanwhile_is_not_ended_twice(visit, member, leader, reported, bet, url):
    visitor = visit(member)
    visitor.get(url)
    kill(bet, reason="cost", learning="Too dear.", by=leader, now=NOW)
    body = typed(reported, in_the_way="Audit") | of(bet, **FINISH)
    visitor.send(url, body | {"confirmed": f"finish-{bet.pk}"})
    assert told(bet) == "killed"


def test_the_moves_and_the_report_are_one(visit, member, reported, bet, url):
    """What the report is refused for moves nothing."""
    body = typed(reported, value="56.4") | of(bet, **KILL) | {"confirmed": f"kill-{bet.pk}"}
    response = visit(member).send(url, body)
    assertContains(response, "Say from 0 to 10 how sure you are", status_code=422)
    assert told(bet) == "active"


def test_a_check_in_that_is_caught_up_on_moves_nothing(visit, member, reported, bet):
    url = f"/teams/{reported.team.slug}/check-in/2026-w46/"
    assertNotContains(visit(member).get(url), f"move-{bet.pk}")
    page = visit(member).send(url, typed(reported, in_the_way="Audit") | of(bet, **KILL))
    assertContains(page, KILL["learning"], status_code=422)  # no field asks for it any more
    visit(member).send(url, typed(reported, in_the_way="Audit"))
    assert told(bet) == "active"
    assert CheckIn.objects.submitted().exists()


def test_sent_twice_it_counts_once(visit, member, reported, bet, url):
    visitor = visit(member)
    body = typed(reported) | of(bet, **KILL) | {"confirmed": f"kill-{bet.pk}"}
    body["once"] = visitor.new_key(url)
    first, second = (visitor.post(url, body) for _time in range(2))
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert bet.moves.filter(verb="kill").count() == 1


def test_back_at_the_form_all_is_as_it_was(visit, member, reported, bet, url, draft_url):
    visitor = visit(member)
    body = typed(reported, sentence="Kept.") | of(bet, **KILL)
    visitor.send(url, body)
    assertRedirects(visitor.post(draft_url, body), url, fetch_redirect_response=False)
    page = visitor.get(url)
    assertContains(page, "Kept.")
    assertContains(page, "Nobody used it.")
