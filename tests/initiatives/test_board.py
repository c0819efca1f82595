import re
from copy import copy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions, boards
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle
from tests.factories import NOW, TODAY, KeyResultFactory, at
from tests.initiatives.making import make_active, make_paused, make_proposed

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}


@pytest.fixture
def url(team):
    return reverse("initiatives:board", args=[team.slug])


def test_the_board_has_a_column_for_each_stage(visit, member, team, key_result, url):
    team.active_limit = 3
    team.save(update_fields=["active_limit"])
    make_proposed(team, member, key_result, title="Pay later")
    make_active(team, member, key_result, title="Amazon sign-in")
    make_paused(team, member, key_result, title="Basket icon")
    actions.kill(
        make_active(team, member, key_result, title="Guest prompt"), **LEARNT, by=member, now=NOW
    )
    page = visit(member).get(url)
    for words in (
        "1 of 3 at most",
        "Waiting for traffic",
        "Killed, with what we learned",
        "We learned: Guests leave at the password.",
        "Tom Richter, since week 4",
        'Should move <b lang="">Checkout conversion rate</b> by +2 points, by 4 December',
    ):
        assertContains(page, words)


def test_an_empty_board_asks_the_first_question(visit, member, key_result, url):
    assertContains(
        visit(member).get(url),
        "What is the smallest thing that could move “Checkout conversion rate”?",
    )


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_others_read_it_without_buttons_and_may_suggest(
    request, visit, member, team, key_result, url, who
):
    initiative = make_active(team, member, key_result)
    page = visit(request.getfixturevalue(who)).get(url)
    assertContains(page, initiative.title)
    assertContains(page, "Suggest an initiative")
    assert f"/initiatives/{initiative.pk}/kill/" not in page.content.decode()


def test_as_many_queries_for_one_as_for_many(
    visit, member, team, key_result, url, django_assert_max_num_queries, cycle
):
    visitor = visit(member)
    make_active(team, member, key_result)
    visitor.get(url)
    with django_assert_max_num_queries(12) as one:
        visitor.get(url)
    for number in range(5):
        make_paused(team, member, key_result, title=f"More {number}")
        made = make_active(team, member, key_result, title=f"Ended {number}")
        actions.kill(made, **LEARNT, by=member, now=NOW)
    with django_assert_max_num_queries(12) as many:
        visitor.get(url)
    assert len(one) == len(many)


def test_lanes_tell_the_story_of_the_cycle(member, team, key_result, cycle):
    killed = make_active(team, member, key_result, title="Guest prompt")
    actions.swap(killed, **LEARNT, title="Amazon sign-in", by=member, now=NOW)
    found = boards.lanes(Initiative.objects.for_cards(TODAY), cycle=cycle)
    assert [(lane.title, lane.words, lane.kind, lane.ends) for lane in found] == [
        ("Guest prompt", "killed in week 7, swapped", "ended", TODAY),
        ("Amazon sign-in", "proposed", "proposed", None),
    ]


def test_what_was_proposed_after_a_closed_cycle_is_not_of_it(member, team, key_result, cycle):
    in_it = make_proposed(team, member, key_result, now=at(cycle.ends))
    later = make_proposed(team, member, key_result, now=at(cycle.ends + timedelta(days=1)))
    # While the cycle is reviewed the team goes on trying things, and sees them on its board.
    assert set(Initiative.objects.for_cycle(cycle)) == {in_it, later}
    cycle.state = Cycle.State.CLOSED
    assert list(Initiative.objects.for_cycle(cycle)) == [in_it]


def test_filters_are_a_plain_address_and_what_one_may_choose_is_what_there_is(
    visit, member, leader, team, key_result, objective, url
):
    other = KeyResultFactory(objective=objective, title="Speed")
    make_active(team, member, key_result, title="Of Tom")
    make_active(team, leader, other, title="Of Ines")
    visitor = visit(member)
    whole = visitor.get(url)
    for words in ("Of Tom", "Of Ines", ">Speed</option>", ">Ines Kaya</option>", "All cycles"):
        assertContains(whole, words)
    for query, there, gone in (
        (f"key_result={other.pk}", "Of Ines", "Of Tom"),
        (f"person={member.pk}", "Of Tom", "Of Ines"),
    ):
        for page in (visitor.get(f"{url}?{query}"), visitor.get_htmx(f"{url}?{query}")):
            assertContains(page, there)
            assertNotContains(page, gone)
    assertContains(
        visitor.get(f"{url}?person={member.pk}"), f'<option value="{member.pk}" selected>'
    )
    assertNotContains(visitor.get_htmx(url), "<h1")


@pytest.mark.parametrize(
    "query",
    [
        "key_result=x",
        "person=\u00b2",
        "ended=-1",
        f"active={9**30}",
        "paused=0",
        "proposed=" + "9" * 18,
    ],
)
def test_nonsense_in_the_address_asks_for_nothing(visit, member, team, key_result, url, query):
    make_active(team, member, key_result, title="Of Tom")
    assertContains(visit(member).get(f"{url}?{query}"), "Of Tom")


def test_what_ended_before_this_cycle_is_found_under_all_cycles(
    visit, member, team, key_result, url
):
    old = make_active(team, member, key_result, title="Of spring", now=at(TODAY.replace(month=4)))
    actions.kill(old, **LEARNT, by=member, now=at(TODAY.replace(month=6)))
    visitor = visit(member)
    assertNotContains(visitor.get(url), "Of spring")
    assertContains(visitor.get(f"{url}?cycle=all"), "Of spring")
    link = f"{url}?cycle=all#column-ended"
    assertContains(visitor.get(f"/teams/{team.slug}/"), link)


def test_five_hundred_on_one_board_come_by_pages_with_as_many_queries(
    visit, member, team, key_result, url, django_assert_max_num_queries
):
    visitor = visit(member)
    model = make_proposed(team, member, key_result, title="No. 500")
    visitor.get(url)
    with django_assert_max_num_queries(12) as one:
        visitor.get(url)
    _many(model, 499)
    with django_assert_max_num_queries(12) as many:
        page = visitor.get(url)
    assert len(one) == len(many)
    assertContains(page, "1 to 20 of 500")
    assert page.content.count(b'<article class="initiative"') == 20
    last = visitor.get(f"{url}?proposed=25")
    assertContains(last, "481 to 500 of 500")
    assertContains(last, f"{url}?proposed=24#column-proposed".replace("?", "?cycle=2026-q4&amp;"))
    assertContains(visitor.get(f"{url}?proposed=26"), "There is no such page.")
    short = visitor.get(f"/teams/{team.slug}/")
    assertContains(short, "All 500")
    assert short.content.count(b'<article class="initiative"') == 10
    seen = set()
    for number in range(1, 26):
        page = visitor.get_htmx(f"{url}?proposed={number}").content.decode()
        seen |= set(re.findall(r'id="initiative-(\d+)"', page))
    assert len(seen) == 500


def _many(model, n):
    """So many more like it; the links and moves of each, as its own birth would write them."""
    link, move = model.links.get(), model.moves.get()
    made = [copy(model) for _n in range(n)]
    for number, initiative in enumerate(made):
        initiative.pk, initiative.title = None, f"No. {number}"
    Initiative.objects.bulk_create(made)
    for rows, of in ((link, made), (move, made)):
        copies = [copy(rows) for _n in of]
        for row, initiative in zip(copies, of, strict=True):
            row.pk, row.initiative = None, initiative
        type(rows).objects.bulk_create(copies)


def test_a_move_brings_back_the_board_that_one_looks_at(
    visit, member, leader, team, key_result, url
):
    other = make_active(team, leader, key_result, title="Of Ines")
    mine = make_active(team, member, key_result, title="Of Tom")
    pause = reverse("initiatives:pause", args=[mine.pk])
    visitor = visit(member)
    body = {"once": visitor.new_key(pause), "version": mine.version, "reason": "Traffic"}
    looked_at = {
        "HX-Request": "true", "HX-Current-URL": f"http://testserver{url}?person={member.pk}",
    }  # fmt: skip
    board = visitor.post(pause, body, headers=looked_at)
    assertContains(board, "“Of Tom” is paused.")
    assertNotContains(board, other.title)


@pytest.mark.parametrize(
    "title",
    [
        "Warenkorb\u00aderinnerung für Übergrößen & Straßenschuhe", "تذكير بسلة التسوق",
        "🛒🔔 Remind them 👩🏽\u200d💻", "<b>bold</b> \"quoted\"",
    ],
)  # fmt: skip
def test_any_script_is_shown_as_it_was_written(visit, member, team, key_result, url, title):
    made = make_active(team, member, key_result, title=title)
    for address in (url, made.get_absolute_url(), f"/teams/{team.slug}/"):
        page = visit(member).get(address)
        assertContains(page, escape(title))
        assertContains(page, 'dir="auto"')
        assertNotContains(page, "<b>bold</b>")


def test_a_team_of_one_runs_its_board_alone(visit, leader, team, key_result, url):
    made = make_proposed(team, leader, key_result, title="All mine")
    visitor = visit(leader)
    for verb, typed in (
        ("start", {}), ("pause", {"reason": "Ill."}), ("resume", {}),
        ("kill", {"reason": "cost", "learning": "Alone it is too much."}),
    ):  # fmt: skip
        made.refresh_from_db()
        address = reverse(f"initiatives:{verb}", args=[made.pk])
        assert visitor.send(address, {"version": made.version, **typed}).status_code == 302
    assertContains(visitor.get(url), "Alone it is too much.")


def test_a_learning_of_ten_thousand_characters_is_kept_and_told_in_short(
    visit, member, team, key_result, url
):
    made = make_active(team, member, key_result)
    words = "Ω" * 9_999 + "!"
    kill = reverse("initiatives:kill", args=[made.pk])
    typed = {"version": made.version, "reason": "cost", "learning": words}
    refused = visit(member).send(kill, typed | {"learning": words + "?"})
    assertContains(refused, words, status_code=422)
    visit(member).send(kill, typed)
    page = visit(member).get(made.get_absolute_url())
    assertContains(page, words)
    board = visit(member).get(url)
    assertNotContains(board, words)
    assertContains(board, "Ω" * 200)
