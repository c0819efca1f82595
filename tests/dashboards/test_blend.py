from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions as means
from apps.initiatives.blending import Tried, Try, blended
from apps.objectives import actions
from apps.objectives.models import Objective
from tests.factories import NOW, TODAY, KeyResultFactory
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def bets(team, member, key_result):
    """The story of the product: two outcomes that have not moved, two initiatives under way."""
    other = KeyResultFactory(objective=key_result.objective, title="Satisfaction", unit="of 10",
                             baseline=6, target=8, bound_high=10)  # fmt: skip
    for measured, value in [(key_result, 52), (other, 6)]:
        actions.measure(measured, day=TODAY, value=Decimal(value), by=member, now=NOW)
    return [
        make_active(team, member, key_result, title=title)
        for title in ("Cart reminder", "Amazon sign-in")
    ]


def url_of(objective):
    return f"/objectives/{objective.pk}/blend/"


def shown(visitor, objective, query=""):
    page = visitor.get(f"{url_of(objective)}?{query}" if query else url_of(objective))
    assert page.status_code == 200
    return page.context["blended"]


def test_it_stands_beside_the_outcome_and_says_that_it_misleads(visit, objective, bets, neighbour):
    page = visit(neighbour).get(objective.get_absolute_url())
    assertContains(page, url_of(objective))
    assertContains(page, "What would a blended list say?")
    page = visit(neighbour).get(url_of(objective))
    assertContains(page, "<s>25%</s>")
    assertContains(page, "(0 + 0 + 50 + 50) / 4.")
    assertContains(page, "It looks better than the outcomes by 25 points.")
    assertContains(page, '<p class="figure">0 of 2</p>')


def test_the_moves_make_it_lie_while_the_outcomes_stand_still(visit, objective, bets, member):
    visitor, (one, two) = visit(member), bets
    ninety = f"share-{one.pk}=90&share-{two.pk}=90"
    assert shown(visitor, objective, ninety) == "45%"
    assert shown(visitor, objective, f"{ninety}&move-{one.pk}=kill") == "30%"
    assert shown(visitor, objective, f"{ninety}&move-{two.pk}=split") == "54%"
    assert shown(visitor, objective, f"move-{one.pk}=ship&move-{two.pk}=ship") == "50%"
    page = visitor.get(url_of(objective))
    assertContains(page, "Kill “Cart reminder”")
    assertContains(page, "Ship all of them, and nobody cares")
    assertContains(page, f"?move-{one.pk}=split")


def test_what_is_done_counts_as_whole_and_what_was_killed_is_gone(visit, objective, bets, member):
    means.finish(bets[0], delivered="Live.", by=member, now=NOW)
    assert shown(visit(member), objective) == "38%"  # (0 + 0 + 100 + 50) / 4
    means.kill(bets[1], reason="no-effect", learning="Nobody came.", by=member, now=NOW)
    assert shown(visit(member), objective) == "33%"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x", "This must be a number, like 90."),
        ("101", "Enter a share from 0 to 100."),
        ("-1", "Enter a share from 0 to 100."),
    ],
)
def test_nonsense_is_named_and_kept(visit, objective, bets, member, typed, sentence):
    page = visit(member).get(f"{url_of(objective)}?share-{bets[0].pk}={typed}")
    assertContains(page, sentence, status_code=422)
    assertContains(page, f'value="{typed}"', status_code=422)
    assertContains(page, "<s>25%</s>", status_code=422)


def test_without_initiatives_there_is_nothing_to_mix_in(visit, objective, member):
    page = visit(member).get(url_of(objective))
    assertContains(page, "No initiative is linked to this objective")
    assertContains(page, "<s>no figure</s>")


def test_it_never_stands_on_the_page_of_the_objective(visit, objective, bets, member):
    assertNotContains(visit(member).get(objective.get_absolute_url()), "25%")


def test_a_draft_that_one_may_not_read_is_not_found(visit, team, cycle, leader, neighbour):
    draft = actions.draft(team=team, cycle=cycle, title="A draft", why="So.", by=leader, now=NOW)
    assert visit(neighbour).get(url_of(draft)).status_code == 404
    assert visit(leader).get(url_of(draft)).status_code == 200


def test_ten_initiatives_ask_the_database_no_more_than_one(
    visit, objective, key_result, team, member, django_assert_num_queries
):
    make_proposed(team, member, key_result)
    visitor = visit(member)
    visitor.get(url_of(objective))
    with django_assert_num_queries(9) as few:
        visitor.get(url_of(objective))
    for n in range(9):
        make_proposed(team, member, key_result, title=f"Bet {n}")
    with django_assert_num_queries(len(few)):
        visitor.get(url_of(objective))


@pytest.mark.parametrize(
    ("move", "expected"),
    [(Try.LEAVE, "0.45"), (Try.KILL, "0.3"), (Try.SPLIT, "0.54"), (Try.SHIP, "0.475")],
)
def test_the_sums_of_the_story(move, expected):
    tried = [Tried(None, Decimal("0.9"), move), Tried(None, Decimal("0.9"))]
    tried = [Tried(_Live(), one.share, one.move) for one in tried]
    assert blended([Decimal(0), Decimal(0)], tried).blended == Decimal(expected)


class _Live:
    status = "active"


def test_objectives_know_nothing_of_a_blend():
    assert not [field.name for field in Objective._meta.get_fields() if "blend" in field.name]
