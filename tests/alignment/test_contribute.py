"""Contributions: several, each with a sentence, upwards or sideways, never in a circle."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions
from apps.alignment.models import Contribution
from apps.objectives.actions import open_for_input
from apps.objectives.models import Objective
from apps.organisation.models import User
from tests.alignment.at_once import at_once
from tests.alignment.intent import make_contribution
from tests.factories import NOW, CycleFactory, KeyResultFactory, ObjectiveFactory

HOW = "Most leave at the checkout."


@pytest.fixture
def above(root, cycle, leader_above):
    return ObjectiveFactory(team=root, cycle=cycle, owner=leader_above, title="A great shop")


def url_of(objective):
    return f"/objectives/{objective.pk}/contributions/new/"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_a_leader_says_what_it_supports_and_both_goals_show_it(
    request, visit, objective, above, observer, who
):
    visitor = visit(request.getfixturevalue(who))
    assertContains(visitor.get(objective.get_absolute_url()), url_of(objective))
    key_result = KeyResultFactory(objective=above, title="Return rate")
    response = visitor.send(url_of(objective), {"goal": f"k-{key_result.pk}", "how": HOW})
    assertRedirects(response, f"{objective.get_absolute_url()}#contributions")
    visitor.send(url_of(objective), {"goal": f"o-{above.pk}", "how": "As a whole, too."})
    assert Contribution.objects.count() == 2
    page = visit(observer).get(above.get_absolute_url())
    assertContains(page, "Checkout, supports “Return rate”")
    assertContains(page, HOW)
    assertContains(visit(observer).get(objective.get_absolute_url()), "As a whole, too.")
    assertContains(visit(observer).get(f"/teams/{objective.team.slug}/"), HOW)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_nobody_else_does(request, visit, objective, above, who):
    visitor = visit(request.getfixturevalue(who))
    assertNotContains(visitor.get(objective.get_absolute_url()), url_of(objective))
    response = visitor.send(url_of(objective), {"goal": f"o-{above.pk}", "how": HOW})
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Contribution.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"how": " "}, "Say in one sentence how it helps."),
        ({"goal": ""}, "Choose a goal."),
        ({"goal": "o-99999999"}, "This goal is not there any more."),
        ({"goal": "k-x"}, "This goal is not there any more."),
        ({"goal": f"o-{'9' * 40}"}, "This goal is not there any more."),
    ],
)
def test_bad_words_stay_in_the_form(visit, objective, above, leader, typed, sentence):
    response = visit(leader).send(url_of(objective), {"goal": f"o-{above.pk}", "how": HOW, **typed})
    assertContains(response, sentence, status_code=422)
    assert not Contribution.objects.exists()


@pytest.mark.django_db
def test_it_is_said_once(objective, above, leader):
    make_contribution(objective, above, leader)
    with pytest.raises(ValidationError, match="It says so already"):
        make_contribution(objective, above, leader)


@pytest.mark.django_db
def test_it_goes_up_or_sideways_and_not_down(objective, above, leader_above):
    with pytest.raises(ValidationError, match="which is below"):
        make_contribution(above, objective, leader_above)


@pytest.mark.django_db
def test_a_goal_elsewhere_is_found_by_its_name(visit, objective, other_team, cycle, leader):
    other = ObjectiveFactory(team=other_team, cycle=cycle, title="Deliver on the day")
    assertNotContains(visit(leader).get(url_of(objective)), "Deliver on the day")
    found = visit(leader).get(f"{url_of(objective)}?q=deliver")
    assertContains(found, f'value="o-{other.pk}"')
    assertContains(visit(leader).get(f"{url_of(objective)}?q=zzz"), "No open goal is called “zzz”.")


@pytest.mark.django_db
def test_no_percentage_goes_up(visit, objective, above, leader, leader_above):
    before = visit(leader_above).get(above.get_absolute_url()).content.decode().count("%")
    KeyResultFactory(objective=objective)
    make_contribution(objective, above, leader, how="By half.")
    assert visit(leader_above).get(above.get_absolute_url()).content.decode().count("%") == before


@pytest.mark.django_db
def test_it_ends_with_a_reason_and_can_be_stated_again(visit, objective, above, leader):
    contribution = make_contribution(objective, above, leader)
    url = f"/contributions/{contribution.pk}/end/"
    assertContains(visit(leader).get(objective.get_absolute_url()), url)
    refused = visit(leader).send(url, {"version": 1, "reason": " "})
    assertContains(refused, "Say in one sentence why it no longer helps.", status_code=422)
    visit(leader).send(url, {"version": 1, "reason": "It is done."})
    contribution.refresh_from_db()
    assert contribution.end_reason == "It is done."
    again = visit(leader).send(url, {"version": 2, "reason": "Twice."})
    assertContains(again, "has ended already", status_code=422)
    make_contribution(objective, above, leader)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["closed", "abandoned"])
def test_a_goal_that_ended_is_supported_no_more(objective, above, leader, state):
    Objective.objects.filter(pk=above.pk).update(state=state)
    with pytest.raises(ValidationError, match="This goal is not open"):
        make_contribution(objective, Objective.objects.get(pk=above.pk), leader)


@pytest.fixture
def next_cycle(cycle):
    return CycleFactory(
        name="First quarter 2027", slug="first-quarter-2027", state="input",
        starts=date(2027, 1, 4), ends=date(2027, 4, 4),
    )  # fmt: skip


def carry_over(visit, who, objective, cycle):
    visit(who).send(f"/objectives/{objective.pk}/carry-over/", {"cycle": cycle.pk})
    return Objective.objects.carried_from(objective).get(cycle=cycle)


@pytest.mark.django_db
def test_what_a_carried_objective_supports_goes_along(
    visit, objective, above, key_result, leader, leader_above, next_cycle
):
    """Where the goal goes on, too: the key result that was carried, not the old one."""
    of_above = KeyResultFactory(objective=above, team=above.team)
    make_contribution(objective, of_above, leader, how="It helps.")
    goes_on = carry_over(visit, leader_above, above, next_cycle)
    open_for_input(goes_on, until=date(2026, 12, 18), by=leader_above, now=NOW)
    carried = carry_over(visit, leader, objective, next_cycle)
    [kept] = Contribution.objects.filter(objective=carried)
    assert (kept.towards, kept.how) == (goes_on, "It helps.")
    assert kept.key_result == goes_on.key_results.get(carried_from=of_above)
    assert Contribution.objects.live().filter(objective=objective).exists()  # the old one stands


@pytest.mark.django_db
@pytest.mark.parametrize("upper", ["goes nowhere", "is a draft there", "is a goal of the year"])
def test_it_is_carried_without_what_does_not_go_on(
    visit, objective, above, cycle, leader, leader_above, next_cycle, upper
):
    if upper == "is a goal of the year":
        year = CycleFactory(slug="year", name="Year", starts=cycle.starts, ends=date(2027, 9, 30))
        Objective.objects.filter(pk=above.pk).update(cycle=year)
    make_contribution(objective, Objective.objects.get(pk=above.pk), leader)
    if upper == "is a draft there":
        carry_over(visit, leader_above, above, next_cycle)
    carried = carry_over(visit, leader, objective, next_cycle)
    supported = [kept.towards for kept in Contribution.objects.filter(objective=carried)]
    assert supported == ([above] if upper == "is a goal of the year" else [])


# -- no circles


def goals_of(leader, team, cycle, n):
    return [ObjectiveFactory(team=team, cycle=cycle, owner=leader) for _n in range(n)]


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_refused_with_a_clear_sentence(leader, team, cycle, length):
    goals = goals_of(leader, team, cycle, length)
    for lower, upper in pairwise(goals):
        make_contribution(lower, upper, leader)
    sentence = "does not support itself" if length == 1 else "must not lead in a circle"
    with pytest.raises(ValidationError, match=sentence):
        make_contribution(goals[-1], goals[0], leader)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 5])
def test_the_database_refuses_it_too(leader, team, cycle, length):
    goals = goals_of(leader, team, cycle, length)
    for lower, upper in pairwise(goals):
        make_contribution(lower, upper, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(
            objective=goals[-1], towards=goals[0], how="Round.", by=leader, at=NOW
        )


@pytest.mark.django_db
def test_nor_can_an_ended_one_come_back_and_close_a_circle(leader, team, cycle):
    one, two = goals_of(leader, team, cycle, 2)
    ended = make_contribution(one, two, leader)
    actions.end_contribution(ended, reason="Over.", by=leader, now=NOW)
    make_contribution(two, one, leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.filter(pk=ended.pk).update(ended_at=None, ended_by=None, end_reason="")


@pytest.mark.django_db
def test_a_key_result_of_another_objective_is_no_way_round(leader, team, cycle):
    one, two = goals_of(leader, team, cycle, 2)
    stray = KeyResultFactory(objective=one)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.create(
            objective=one, towards=two, key_result=stray, how="?", by=leader, at=NOW
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("length", [1, 2, 5])
def test_two_people_do_not_close_a_circle_at_once(leader, member, team, cycle, length):
    """Each makes the last link that the other's would close; one of a circle of one, twice."""
    goals = goals_of(leader, team, cycle, length)
    links = list(zip(goals, [*goals[1:], goals[0]], strict=True))
    for lower, upper in links[: max(length - 2, 0)]:
        make_contribution(lower, upper, leader)
    racing = links[-2:] if length > 1 else links * 2

    def link(lower: int, upper: int) -> Callable[[], object]:
        def act() -> object:
            return make_contribution(
                Objective.objects.get(pk=lower), Objective.objects.get(pk=upper),
                User.objects.get(pk=leader.pk),
            )  # fmt: skip

        return act

    ends = at_once(*(link(lower.pk, upper.pk) for lower, upper in racing))

    refused = [end for end in ends if end != "done"]
    assert len(refused) == (2 if length == 1 else 1)
    assert all("circle" in end or "support itself" in end for end in refused)
    assert Contribution.objects.count() == max(length - 1, 0)


@pytest.mark.django_db(transaction=True)
def test_nor_past_the_action(leader, team, cycle):
    """Two rows written at once, by whatever way."""
    one, two = goals_of(leader, team, cycle, 2)

    def write(lower: Objective, upper: Objective) -> Callable[[], object]:
        return lambda: Contribution.objects.create(
            objective=lower, towards=upper, how="Round.", by=leader, at=NOW
        )

    ends = at_once(write(one, two), write(two, one))
    assert sorted(ends) == ["done", "forbidden by the database"]
