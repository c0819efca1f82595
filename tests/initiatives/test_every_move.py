"""What holds for each move alike; what is a verb's own stands in its own file."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.initiatives.models import Initiative, InitiativeMove

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}
# verb: from which state, what is typed, where it leads, and what the history keeps of it.
MOVES = {
    "start": ("proposed", {}, "active", ""),
    "pause": ("active", {"reason": "No traffic", "look_again_on": "2026-12-01"}, "paused",
              "No traffic"),
    "resume": ("paused", {}, "active", ""),
    "swap": ("active", {**LEARNT, "successor": "new", "title": "Sign-in"}, "swapped", "no-effect"),
    "kill": ("active", LEARNT, "killed", "no-effect"),
    "finish": ("active", {"delivered": "Live for everyone."}, "done", "Live for everyone."),
    "decline": ("proposed", {"word": "Not this quarter."}, "declined", "Not this quarter."),
}  # fmt: skip
# The field of each verb that takes words.
WORDS = {
    "pause": "reason", "swap": "learning", "kill": "learning", "finish": "delivered",
    "decline": "word",
}  # fmt: skip


@pytest.fixture(params=MOVES)
def verb(request):
    return request.param


@pytest.fixture
def initiative(request, verb):
    return request.getfixturevalue(MOVES[verb][0])


@pytest.fixture
def url(verb, initiative):
    return reverse(f"initiatives:{verb}", args=[initiative.pk])


@pytest.fixture
def typed(verb, initiative):
    return {"version": initiative.version, **MOVES[verb][1]}


def test_without_htmx_it_moves_and_one_is_back_at_the_team(
    visit, leader, initiative, verb, url, typed
):
    visitor = visit(leader)
    assertContains(visitor.get(url), f"{verb.capitalize()} “{initiative.title}”")

    response = visitor.send(url, typed)

    initiative.refresh_from_db()
    assert initiative.status == MOVES[verb][2]
    move = initiative.moves.last()
    assert (move.verb, move.by, move.reason) == (verb, leader, MOVES[verb][3])
    came_in = initiative.successor or initiative
    assertRedirects(
        response,
        f"{initiative.team.get_absolute_url()}#initiative-{came_in.pk}",
        fetch_redirect_response=False,
    )


def test_with_htmx_the_form_opens_in_the_card_and_the_board_comes_back(
    visit, member, initiative, verb, url, typed
):
    visitor = visit(member)
    card = visitor.get_htmx(url)
    assertContains(card, f'id="initiative-{initiative.pk}"', count=1)
    assertContains(card, f'hx-post="{url}"')
    assert b"<html" not in card.content

    board = visitor.send(url, typed, htmx=True)

    initiative.refresh_from_db()
    assert initiative.status == MOVES[verb][2]
    assert (board["HX-Retarget"], board["HX-Reswap"]) == ("#board", "outerHTML")
    assertContains(board, 'id="board"', count=1)
    assertContains(board, "data-focus", count=1)
    assertContains(board, 'role="status"', count=1)


@pytest.mark.parametrize(
    "who", ["leader_above", "neighbour", "observer", "administrator", "leader"]
)
def test_only_the_team_decides(request, visit, who, initiative, verb, url, typed):
    before = Initiative.objects.filter(pk=initiative.pk).values().get()
    moves = InitiativeMove.objects.count()
    visitor = visit(request.getfixturevalue(who))
    shown, answer = visitor.get(url), visitor.send(url, typed)
    after = Initiative.objects.filter(pk=initiative.pk).values().get()
    if who == "leader":
        assert after["status"] == MOVES[verb][2]
        return
    for response in (shown, answer):
        assertContains(response, "Only Checkout can do this", status_code=403)
    assert after == before
    assert InitiativeMove.objects.count() == moves


def test_others_are_offered_no_button(visit, leader_above, member, initiative, verb, url):
    page = initiative.get_absolute_url()
    assert url in visit(member).get(page).content.decode()
    assert url not in visit(leader_above).get(page).content.decode()


def test_the_same_form_twice_counts_once(visit, member, initiative, url, typed):
    visitor = visit(member)
    key = visitor.new_key(url)
    first = visitor.post(url, {"once": key, **typed})
    moves = InitiativeMove.objects.count()
    second = visitor.post(url, {"once": key, **typed})
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert InitiativeMove.objects.count() == moves


def test_a_second_one_who_comes_too_late_is_told(visit, member, leader, initiative, url, typed):
    visit(member).send(url, typed)
    moves = InitiativeMove.objects.count()
    late = visit(leader).send(url, typed)
    assertContains(late, "Someone changed this while you were writing", status_code=409)
    initiative.refresh_from_db()
    again = visit(leader).send(url, {**typed, "version": initiative.version}, htmx=True)
    assert again.status_code == 422
    assert InitiativeMove.objects.count() == moves


@pytest.mark.parametrize("verb", WORDS, indirect=True)
@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "ä" * 10_001])
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_words_are_refused_at_their_field_and_kept(
    visit, member, initiative, verb, url, typed, text, htmx
):
    status = initiative.status
    response = visit(member).send(url, {**typed, WORDS[verb]: text}, htmx=htmx)
    assertContains(response, "There is a problem", status_code=422)
    assertContains(
        response, f'id="initiative-{initiative.pk}-{WORDS[verb]}_error"', status_code=422
    )
    assert text.strip().replace("\x00", "") in response.content.decode().replace("\x00", "")
    initiative.refresh_from_db()
    assert initiative.status == status


def test_at_most_twelve_queries(visit, member, initiative, url, django_assert_max_num_queries):
    visitor = visit(member)
    visitor.get(url)
    with django_assert_max_num_queries(12):
        visitor.get(url)


def test_a_link_from_an_older_page_leads_to_how_things_stand(visit, member, initiative, url, typed):
    visitor = visit(member)
    visitor.send(url, typed)
    initiative.refresh_from_db()
    assertRedirects(visitor.get(url), initiative.get_absolute_url())
