"""The report of a cycle counts every kind of key result, and each objective has a page."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.objectives import actions
from tests.factories import NOW, STARTS, TODAY, KeyResultFactory, ObjectiveFactory, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cycle):
    return reverse("dashboards:cycle_report", args=[cycle.slug])


def counts(page):
    return {count.outcome: count.n for count in page.context["counts"]}


def test_every_kind_is_counted_once(visit, url, objective, team, cycle, leader, member, observer):
    def measured(value, day=TODAY, **said):
        made = KeyResultFactory(objective=objective, **said)
        actions.measure(made, day=day, value=Decimal(value), by=member, now=NOW)
        return made

    measured("70")
    measured("65")
    measured("60")
    measured("50")
    KeyResultFactory(objective=objective)
    guard = {"kind": "at-most", "baseline": None, "target": None, "high": 2}
    measured("1", **guard)
    measured("3", **guard)
    again = measured("3", day=STARTS, **guard)
    actions.measure(again, day=TODAY, value=Decimal(1), by=member, now=NOW)
    dropped = measured("60")
    dropped.dropped_at = NOW
    dropped.save()
    measured("5", kind="", baseline=None, target=None, bound_high=None)
    gone = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="abandoned")
    KeyResultFactory(objective=gone)
    never = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state="draft")
    KeyResultFactory(objective=never)

    page = visit(observer).get(url)
    assert counts(page) == {
        "beyond": 1, "reached": 1, "short": 1, "below-start": 1, "held": 1,
        "held-at-the-end": 1, "not-held": 1, "not-measured": 1, "no-road": 1, "dropped": 1,
        "abandoned": 1,
    }  # fmt: skip
    assertContains(page, "11 key results were committed to.")


def test_what_was_closed_without_review_is_said(
    visit, url, objective, key_result, cycle, administrator
):
    cycle.state = "reviewing"
    cycle.save()
    actions.close_cycle(cycle, by=administrator, now=at(cycle.ends))
    page = visit(administrator).get(url)
    assertContains(page, "1 of them belongs to an objective that was closed without review.")
    own = visit(administrator).get(reverse("dashboards:objective_report", args=[objective.pk]))
    assertContains(own, "Closed without review.")


def test_an_objective_has_a_page_with_its_results_and_its_review(
    visit, objective, key_result, cycle, leader, member, observer
):
    actions.measure(key_result, day=TODAY, value=Decimal(60), by=member, now=NOW)
    cycle.state = "reviewing"
    cycle.save()
    actions.review(
        objective, learnt="Mails tire people.", what_next="done",
        remarks={key_result.pk: "Guests pay."}, by=leader, now=NOW,
    )  # fmt: skip
    actions.close(objective, by=leader, now=NOW)
    page = visit(observer).get(reverse("dashboards:objective_report", args=[objective.pk]))
    for words in ["0.62", "Guests pay.", "Mails tire people.", "It is done", "Because it matters."]:
        assertContains(page, words)


def test_what_still_runs_is_told_as_it_stands_so_far(
    visit, objective, key_result, cycle, leader, member
):
    actions.measure(key_result, day=TODAY, value=Decimal(60), by=member, now=NOW)
    own = reverse("dashboards:objective_report", args=[objective.pk])
    page = visit(leader).get(own)
    assertContains(page, "Not closed yet, so all of this can still change.")
    assertContains(page, "So far 60%, 20 November.")
    actions.abandon(objective, reason="The market is gone.", by=leader, now=NOW)
    assertContains(visit(leader).get(own), "Final value 60%, 20 November.")


def test_a_draft_has_no_report(visit, objective, leader):
    draft = ObjectiveFactory(team=objective.team, cycle=objective.cycle, state="draft")
    url = reverse("dashboards:objective_report", args=[draft.pk])
    assert visit(leader).get(url).status_code == 404


@pytest.mark.parametrize("n", [1, 5])
def test_as_many_questions_for_five_objectives_as_for_one(
    visit, url, team, cycle, leader, n, django_assert_max_num_queries
):
    for objective in ObjectiveFactory.create_batch(n, team=team, cycle=cycle, owner=leader):
        KeyResultFactory.create_batch(3, objective=objective)
    visitor = visit(leader)
    with django_assert_max_num_queries(12):
        visitor.get(url)
