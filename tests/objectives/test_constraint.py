"""Set and lift a constraint, on an objective or for a team."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Constraint
from tests.factories import NOW
from tests.objectives.making import make_draft

pytestmark = pytest.mark.django_db

TYPED = {
    "sentence": "Keine Kundendaten außerhalb der Europäischen Union",
    "reason": "Our promise since 2014.",
    "expires": "",
}


@pytest.fixture
def urls(objective, team):
    return {
        "objective": f"/objectives/{objective.pk}/constraints/new/",
        "team": f"/teams/{team.slug}/constraints/new/",
    }


@pytest.fixture
def constraint(objective, leader):
    return actions.set_constraint(
        objective=objective, sentence="No dark patterns", reason="Trust.", by=leader, now=NOW
    )


def lift_url(constraint):
    return f"/constraints/{constraint.pk}/lift/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
@pytest.mark.parametrize("on", ["objective", "team"])
def test_leadership_sets_one_and_everyone_reads_it(
    request, visit, objective, neighbour, urls, who, on
):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(urls[on]), "Within it they decide alone.")

    response = visit(person).send(urls[on], TYPED)

    bound = request.getfixturevalue(on)
    assertRedirects(response, f"{bound.get_absolute_url()}#constraints")
    constraint = Constraint.objects.get()
    assert (constraint.bound, constraint.set_by) == (bound, person)
    page = visit(neighbour).get(objective.get_absolute_url())
    assertContains(page, TYPED["sentence"])
    assertContains(page, TYPED["reason"])


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
@pytest.mark.parametrize("on", ["objective", "team"])
def test_others_are_told_who_can(request, visit, urls, who, on):
    response = visit(request.getfixturevalue(who)).send(urls[on], TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Constraint.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sentence": " "}, "Write the constraint in one sentence."),
        ({"sentence": "x" * 201}, "at most 200 characters"),
        ({"sentence": "\x00"}, "Null characters are not allowed."),
        ({"reason": ""}, "A constraint without a reason binds nobody."),
        ({"reason": "ü" * 10_000}, "at most 5000 characters"),
        ({"expires": "never"}, "Enter a day, like 2026-11-25."),
        ({"expires": "2026-11-19"}, "Choose today or a later day."),
    ],
)
@pytest.mark.parametrize("on", ["objective", "team"])
def test_bad_input_sets_nothing(visit, leader, urls, on, wrong, sentence):
    response = visit(leader).send(urls[on], {**TYPED, **wrong})
    assertContains(response, sentence, status_code=422)
    kept = "sentence" if "reason" in wrong else "reason"
    assertContains(response, TYPED[kept], status_code=422)
    assert not Constraint.objects.exists()


def test_one_upon_a_team_above_binds_the_objective_too(visit, objective, root, leader_above):
    actions.set_constraint(team=root, sentence="No ads", reason="Ours.", by=leader_above, now=NOW)
    page = visit(leader_above).get(objective.get_absolute_url())
    assertContains(page, "No ads")
    assertContains(page, "for Lindenmarkt")


def test_the_last_day_over_it_is_no_longer_shown(visit, objective, leader, time_machine):
    actions.set_constraint(
        objective=objective, sentence="Not in December", reason="Peak.", by=leader, now=NOW,
        expires=NOW.date(),
    )  # fmt: skip
    assertContains(visit(leader).get(objective.get_absolute_url()), "Not in December")
    time_machine.move_to(NOW + timedelta(days=1))
    page = visit(leader).get(objective.get_absolute_url())
    assert "Not in December" not in page.content.decode()


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_lifts_it(request, visit, objective, constraint, who):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(objective.get_absolute_url()), lift_url(constraint))
    assertContains(visit(person).get(lift_url(constraint)), "No dark patterns")

    response = visit(person).send(lift_url(constraint), {"version": 1})

    assertRedirects(response, f"{objective.get_absolute_url()}#constraints")
    constraint.refresh_from_db()
    assert (constraint.lifted_at, constraint.lifted_by) == (NOW, person)
    page = visit(person).get(objective.get_absolute_url()).content.decode()
    assert "No dark patterns" not in page


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_nobody_else_lifts_it(request, visit, objective, constraint, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(lift_url(constraint), {"version": 1})
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    constraint.refresh_from_db()
    assert constraint.lifted_at is None
    page = visitor.get(objective.get_absolute_url()).content.decode()
    assert lift_url(constraint) not in page


def test_a_leader_does_not_lift_what_was_set_from_above(visit, root, leader, leader_above):
    above = actions.set_constraint(
        team=root, sentence="No ads", reason="Ours.", by=leader_above, now=NOW
    )
    response = visit(leader).send(lift_url(above), {"version": 1})
    assertContains(response, "Only leaders of Lindenmarkt", status_code=403)
    above.refresh_from_db()
    assert above.lifted_at is None


def test_lifted_once(visit, constraint, leader):
    visit(leader).send(lift_url(constraint), {"version": 1})
    assert visit(leader).send(lift_url(constraint), {"version": 1}).status_code == 409
    response = visit(leader).send(lift_url(constraint), {"version": 2})
    assertContains(response, "This constraint has been lifted already.", status_code=422)


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": "Other words"},
        {"reason": "Another"},
        {"expires": NOW.date()},
        {"set_at": NOW + timedelta(days=1)},
    ],
)
def test_its_words_stay_whoever_writes(constraint, change):
    """An objection cites them."""
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Constraint.objects.filter(pk=constraint.pk).update(**change)


def test_what_was_lifted_stays_lifted_by_whom_it_was(constraint, leader, leader_above):
    actions.lift_constraint(constraint, by=leader, now=NOW)
    for change in ({"lifted_at": None, "lifted_by": None}, {"lifted_by": leader_above}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Constraint.objects.filter(pk=constraint.pk).update(**change)


def test_that_of_a_draft_is_not_there_for_others(visit, team, cycle, leader, neighbour):
    draft = make_draft(team, cycle, by=leader)
    constraint = actions.set_constraint(
        objective=draft, sentence="Quietly", reason="So.", by=leader, now=NOW
    )
    assert visit(neighbour).get(lift_url(constraint)).status_code == 404
