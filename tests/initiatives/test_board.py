from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.initiatives import actions, boards
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle
from tests.factories import NOW, TODAY, at
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
