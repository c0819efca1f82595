import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.initiatives import actions
from apps.initiatives.models import Initiative
from tests.factories import NOW
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db
WHOLE = {
    "successor": "new", "title": "Amazon sign-in", "believe": "people with a card there",
    "will": "pay with it", "know_when": "8% choose it", "observable_0": "Visitors who choose it",
    "comparator_0": "below", "limit_0": "8%", "on_0": "2026-12-04",
}  # fmt: skip


@pytest.fixture
def url(active):
    return reverse("initiatives:swap", args=[active.pk])


@pytest.fixture
def typed(active):
    return {
        "version": active.version, "reason": "better-idea",
        "learning": "Guests leave at the password.",
    }  # fmt: skip


def test_a_new_one_written_on_the_spot_starts_in_the_same_step(
    visit, member, active, key_result, url, typed
):
    board = visit(member).send(url, typed | WHOLE, htmx=True)
    active.refresh_from_db()
    successor = active.successor
    assert (active.status, successor.status) == ("swapped", "active")
    assert successor.links.get().key_result == key_result
    assertContains(board, "“Cart reminder” has ended, “Amazon sign-in” is active in its place.")
    assertContains(board, "In week 7, swapped for Amazon sign-in")
    assert f'<article class="initiative" id="initiative-{successor.pk}"' in board.content.decode()


def test_one_that_was_proposed_takes_its_place(visit, member, active, proposed, url, typed):
    assertContains(visit(member).get(url), "Pay later")
    visit(member).send(url, typed | {"successor": proposed.pk})
    active.refresh_from_db()
    proposed.refresh_from_db()
    assert (active.successor, proposed.status) == (proposed, "active")
    assert proposed.moves.last().reason == "It takes the place of “Cart reminder”."


def test_without_a_hypothesis_the_successor_waits_as_proposed(visit, member, active, url, typed):
    board = visit(member).send(url, typed | {"successor": "new", "title": "Sign-in"}, htmx=True)
    assertContains(board, "“Sign-in” waits as proposed")
    assert Initiative.objects.get(title="Sign-in").is_proposed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"successor": ""}, "Choose what takes its place."),
        ({"title": ""}, "Say in a few words what you want to try."),
        ({"learning": ""}, "Say in one sentence what you learned."),
        ({"reason": ""}, "Choose the reason that comes nearest."),
        ({"on_0": "2026-11-01"}, "This day is over."),
        ({"title": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_changes_nothing_and_loses_nothing(
    visit, member, active, url, typed, wrong, sentence
):
    response = visit(member).send(url, typed | WHOLE | wrong)
    assertContains(response, sentence, status_code=422)
    assertContains(response, "pay with it", status_code=422)
    active.refresh_from_db()
    assert active.is_active
    assert Initiative.objects.count() == 1


def test_an_initiative_of_another_team_is_no_successor(
    visit, member, neighbour, other_team, active, key_result, url, typed
):
    theirs = make_proposed(other_team, neighbour, key_result, title="Second tour")
    assert visit(member).send(url, typed | {"successor": theirs.pk}).status_code == 422
    active.refresh_from_db()
    assert active.is_active


def test_one_that_succeeds_another_already_is_not_offered(
    visit, member, team, key_result, active, url, typed
):
    former = make_active(team, member, key_result, title="Former")
    words = {"reason": "cost", "learning": "Too dear."}
    actions.swap(former, **words, title="Taken", by=member, now=NOW)
    taken = Initiative.objects.get(title="Taken")
    response = visit(member).send(url, typed | {"successor": taken.pk})
    assertContains(response, "is not one of the available choices", status_code=422)
    active.refresh_from_db()
    assert (active.is_active, active.successor) == (True, None)


def test_the_limit_counts_after_the_swap(visit, member, team, active, url, typed):
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    visit(member).send(url, typed | WHOLE)
    assert Initiative.objects.get(title="Amazon sign-in").is_active


def test_swapping_a_paused_one_at_the_limit_asks_which_one_to_pause(
    visit, member, team, active, paused, typed
):
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    url = reverse("initiatives:swap", args=[paused.pk])
    typed |= {"version": paused.version}
    assertContains(visit(member).get(url), "Pause which one?")
    refused = visit(member).send(url, typed | WHOLE)
    assertContains(refused, "Choose one to pause.", status_code=422)
    visit(member).send(url, typed | WHOLE | {"pause": active.pk})
    active.refresh_from_db()
    paused.refresh_from_db()
    assert (active.status, paused.status) == ("paused", "swapped")
    assert paused.successor.is_active
