"""An objective is reviewed at the end of its cycle, and closed with its review."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.objectives import actions
from apps.objectives.models import Remark, Review
from apps.organisation.writes import Conflict
from tests.factories import (
    NOW,
    STARTS,
    TODAY,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    at,
)

pytestmark = pytest.mark.django_db

WHOLE = {"learnt": "Mails tire people.", "what_next": "continue"}


@pytest.fixture(autouse=True)
def reviewing(cycle):
    cycle.state = "reviewing"
    cycle.save()


def url_of(objective, verb="review"):
    return reverse(f"objectives:{verb}", args=[objective.pk])


def test_the_score_is_computed_against_both_targets(visit, objective, key_result, leader, member):
    actions.measure(key_result, day=TODAY, value=Decimal("64.1"), by=member, now=NOW)
    actions.amend_target(key_result, target=Decimal(70), reason="We see more.", by=leader, now=NOW)
    page = visit(leader).get(url_of(objective))
    assertContains(page, "From 52% to 70%, amended from 65%. Final value 64.1%, 20 November.")
    assertContains(page, "Against 70%, as amended")
    assertContains(page, "<b>0.67</b>")
    assertContains(page, "Against 65%, as first committed")
    assertContains(page, "<b>0.93</b>")
    assertNotContains(page, 'name="score')


def test_what_is_just_short_never_reads_as_whole(visit, objective, key_result, leader, member):
    actions.measure(key_result, day=TODAY, value=Decimal("64.99"), by=member, now=NOW)
    page = visit(leader).get(url_of(objective))
    assertContains(page, "0.99")
    assertNotContains(page, "1.00")
    assertContains(page, "Short of the target")


def test_guardrails_are_held_and_never_scored(visit, objective, leader, member):
    guard = KeyResultFactory(
        objective=objective, title="Failures", kind="at-most", baseline=None, target=None, high=2
    )
    for days, value in [(0, "1"), (10, "3"), (20, "1")]:
        day = STARTS + timedelta(days=days)
        actions.measure(guard, day=day, value=Decimal(value), by=member, now=NOW)
    page = visit(leader).get(url_of(objective))
    assertContains(page, "Held or not, never scored.")
    assertContains(page, "Held on 36 of 46 days")
    assertNotContains(page, f"remark-{guard.pk}")


def test_it_may_be_saved_in_part_and_gone_on_with(visit, objective, key_result, leader):
    visitor = visit(leader)
    remark = f"remark-{key_result.pk}"
    answer = visitor.send(url_of(objective), {"version": 0, remark: "Guests pay as easily."})
    assert answer["Location"] == url_of(objective)
    page = visitor.get(url_of(objective))
    assertContains(page, "Guests pay as easily.")
    answer = visitor.send(url_of(objective), {"version": 1, remark: "Guests pay.", **WHOLE})
    assert answer["Location"] == url_of(objective, "close")
    review = Review.objects.get()
    assert (review.learnt, review.what_next, review.by) == (*WHOLE.values(), leader)
    assert Remark.objects.get().text == "Guests pay."


def test_two_who_write_at_once_see_both_and_lose_nothing(
    visit, objective, key_result, leader, leader_above
):
    remark = f"remark-{key_result.pk}"
    visit(leader_above).send(url_of(objective), {"version": 0, remark: "Hers.", **WHOLE})
    typed = {"version": 0, remark: "His.", "learnt": "Something else.", "what_next": "done"}
    answer = visit(leader).send(url_of(objective), typed)
    assert answer.status_code == 409
    for words in ["His.", "Hers.", "Something else.", WHOLE["learnt"]]:
        assert words in answer.content.decode()
    assert Review.objects.get().learnt == WHOLE["learnt"]
    with pytest.raises(Conflict):
        actions.review(objective, **WHOLE, remarks={}, by=leader, now=NOW, version=0)


def test_nonsense_is_refused_and_kept(visit, objective, leader):
    typed = {"version": 0, "learnt": "We learned.", "what_next": "later"}
    answer = visit(leader).send(url_of(objective), typed)
    assertContains(answer, "We learned.", status_code=422)
    assert not Review.objects.exists()


def test_a_sentence_about_a_key_result_of_another_goal_is_not_kept(
    objective, key_result, leader, other_team
):
    goal = ObjectiveFactory(team=other_team, cycle=objective.cycle)
    other = KeyResultFactory(objective=goal)
    actions.review(objective, **WHOLE, remarks={other.pk: "Not ours."}, by=leader, now=NOW)
    assert not Remark.objects.exists()


def test_it_is_closed_only_with_a_whole_review(visit, objective, key_result, leader):
    visitor = visit(leader)
    page = visitor.get(url_of(objective, "close"))
    assertContains(page, "Its review is not whole yet.")
    refused = visitor.send(url_of(objective, "close"), {"version": objective.version})
    for sentence in [
        "“Checkout conversion rate”: say what its number does not tell.",
        "Say what you learned.",
        "Say what comes next.",
    ]:
        assertContains(refused, sentence, status_code=422)
    objective.refresh_from_db()
    assert objective.is_committed

    said = {key_result.pk: "Guests pay."}
    actions.review(objective, **WHOLE, remarks=said, by=leader, now=NOW)
    answer = visitor.send(url_of(objective, "close"), {"version": objective.version})
    assert answer["Location"] == f"/objectives/{objective.pk}/carry-over/"
    objective.refresh_from_db()
    assert (objective.state, objective.without_review) == ("closed", False)
    assert objective.moves.last().by == leader


def test_an_objective_without_key_results_is_closed_with_what_was_learned(objective, leader):
    actions.review(objective, **WHOLE, remarks={}, by=leader, now=NOW)
    actions.close(objective, by=leader, now=NOW)
    objective.refresh_from_db()
    assert objective.state == "closed"


def test_once_closed_no_value_comes_late_and_no_word_changes(
    visit, objective, key_result, leader, member
):
    said = {key_result.pk: "Guests pay."}
    actions.review(objective, **WHOLE, remarks=said, by=leader, now=NOW)
    actions.close(objective, by=leader, now=NOW)
    with pytest.raises(ValidationError, match="while the objective is committed"):
        actions.measure(key_result, day=TODAY, value=Decimal(60), by=member, now=NOW)
    for act in [
        lambda: actions.review(objective, **WHOLE, remarks={}, by=leader, now=NOW),
        lambda: actions.close(objective, by=leader, now=NOW),
    ]:
        with pytest.raises(ValidationError, match="Only a committed objective"):
            act()
    page = visit(leader).get(objective.get_absolute_url())
    assertNotContains(page, url_of(objective))
    assertContains(page, url_of(objective, "close"), count=0)


def test_nothing_is_reviewed_before_the_end(visit, objective, leader):
    objective.cycle = CycleFactory(slug="running", name="Running")
    objective.save(update_fields=["cycle"])
    with pytest.raises(ValidationError, match="is reviewed from its last day on"):
        actions.review(objective, **WHOLE, remarks={}, by=leader, now=NOW)
    assertNotContains(visit(leader).get(objective.get_absolute_url()), url_of(objective))
    actions.review(objective, **WHOLE, remarks={}, by=leader, now=at(objective.cycle.ends))


def test_a_number_that_comes_late_says_so_wherever_it_stands(
    visit, objective, key_result, cycle, leader, member
):
    late = cycle.ends + timedelta(days=3)
    with time_machine.travel(at(late), tick=False):
        actions.measure(key_result, day=cycle.ends, value=Decimal(60), by=member, now=at(late))
        visitor = visit(leader)
        words = f"entered late on {late.day} January"
        assertContains(visitor.get(url_of(objective)), words)
        report = reverse("dashboards:objective_report", args=[objective.pk])
        assertContains(visitor.get(report), words)
        page = visitor.get(key_result.get_absolute_url())
        assertContains(page, "Its last number came late, on 6 January.")
        assertContains(page, "Late, entered on 6 Jan.")
        assertContains(visitor.get(f"/overview/?cycle={cycle.slug}"), "Entered late, on 6 January")


@pytest.mark.parametrize("n", [1, 60])
def test_a_review_asks_the_database_as_often_for_one_key_result_as_for_sixty(
    visit, objective, leader, n, django_assert_max_num_queries
):
    KeyResultFactory.create_batch(n, objective=objective, title="W" * 200)
    visitor = visit(leader)
    with django_assert_max_num_queries(12):
        page = visitor.get(url_of(objective))
    assertContains(page, "What does this number not tell?", count=n)


@pytest.mark.parametrize("who", ["member", "observer", "administrator", "neighbour"])
def test_only_leaders_review_and_close(request, objective, who):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="Only leaders of Checkout"):
        actions.review(objective, **WHOLE, remarks={}, by=person, now=NOW)
    with pytest.raises(PermissionDenied, match="Only leaders of Checkout"):
        actions.close(objective, by=person, now=NOW)


def test_it_waits_for_its_leaders_until_it_is_closed(
    visit, objective, leader, member, leader_above, neighbour
):
    for person, waits in [(leader, True), (member, False), (leader_above, False),
                          (neighbour, False)]:  # fmt: skip
        assert (url_of(objective) in visit(person).get("/").content.decode()) is waits
    actions.review(objective, **WHOLE, remarks={}, by=leader, now=NOW)
    actions.close(objective, by=leader, now=NOW)
    assertNotContains(visit(leader).get("/"), url_of(objective))


def test_where_all_who_answer_for_it_have_gone_it_waits_above(
    visit, objective, leader, leader_above, neighbour
):
    leader.is_active = False
    leader.save()
    assertContains(visit(leader_above).get("/"), url_of(objective))
    assertNotContains(visit(neighbour).get("/"), url_of(objective))


def test_a_late_number_is_offered_for_the_last_day(visit, key_result, cycle, member):
    url = reverse("objectives:measure", args=[key_result.pk])
    with time_machine.travel(at(cycle.ends + timedelta(days=9)), tick=False):
        assertContains(visit(member).get(url), f'value="{cycle.ends.isoformat()}"')


def test_a_cycle_of_one_week_is_read_reviewed_and_reported(visit, team, leader, member):
    week = CycleFactory(
        slug="one-week", name="One week", state="running", starts=TODAY - timedelta(days=6),
        ends=TODAY,
    )  # fmt: skip
    goal = ObjectiveFactory(team=team, cycle=week, owner=leader, title="W" * 160)
    found = KeyResultFactory(objective=goal, title="W" * 200)
    actions.measure(found, day=TODAY, value=Decimal(60), by=member, now=NOW)
    visitor = visit(leader)
    for url in [
        "/overview/?cycle=one-week", f"{team.get_absolute_url()}?cycle=one-week",
        goal.get_absolute_url(), found.get_absolute_url(), url_of(goal),
        reverse("dashboards:objective_report", args=[goal.pk]),
    ]:  # fmt: skip
        assertContains(visitor.get(url), "60%")
    report = visitor.get(reverse("dashboards:cycle_report", args=["one-week"]))
    assertContains(report, "Short of the target")
    actions.review(goal, **WHOLE, remarks={found.pk: "Guests pay."}, by=leader, now=NOW)
    actions.close(goal, by=leader, now=NOW)
    assertContains(visitor.get(reverse("dashboards:objective_report", args=[goal.pk])), "0.62")


def test_what_nobody_reviewed_ends_marked(objective, cycle, administrator):
    actions.close_cycle(cycle, by=administrator, now=at(date(2027, 1, 4)))
    objective.refresh_from_db()
    assert (objective.state, objective.without_review) == ("closed", True)
