from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.objectives import actions as objectives
from apps.objectives.models import KeyResult
from tests.dashboards.making import BEHIND, ON_PACE, report, text_of
from tests.factories import NOW, STARTS, TODAY, KeyResultFactory, ObjectiveFactory, at, bring

pytestmark = pytest.mark.django_db

PEOPLE = ["leader", "member", "leader_above", "neighbour", "observer", "administrator"]


@pytest.fixture
def draft(team, cycle, leader):
    objective = objectives.draft(
        team=team, cycle=cycle, title="Make sending back easy", why="Trust.", by=leader, now=NOW
    )
    objectives.define_key_result(
        objective, by=leader, title="Returns without help", kind="increase", team=team, unit="%",
        baseline=48, target=80,
    )  # fmt: skip
    return objective


@pytest.fixture
def open_for_input(draft, leader, member):
    objectives.open_for_input(draft, until=TODAY, people=[member], by=leader, now=NOW)
    return draft


def test_a_draft_shows_what_is_still_missing(visit, leader, draft):
    page = text_of(visit(leader).get(draft.get_absolute_url()))
    assert "Make sending back easy" in page
    assert "Key results, as drafted" in page
    assert "Returns without help" in page


def test_a_draft_is_hidden_from_others(visit, member, leader_above, neighbour, draft):
    assert visit(leader_above).get(draft.get_absolute_url()).status_code == 200
    for stranger in (member, neighbour):
        assert visit(stranger).get(draft.get_absolute_url()).status_code == 404


def test_while_it_is_open_everyone_reads_the_thread(
    visit, leader, member, neighbour, open_for_input
):
    objectives.give_input(
        open_for_input, unclear="Does a minute count the walk?", by=member, now=NOW
    )
    page = text_of(visit(neighbour).get(open_for_input.get_absolute_url()))
    assert "Does a minute count the walk?" in page
    assert "Your own input" in page
    assert "1 input still to answer" in text_of(
        visit(leader).get(open_for_input.get_absolute_url())
    )


def test_a_committed_one_tells_how_it_stands(visit, member, objective, key_result):
    report(key_result, member, BEHIND)
    page = text_of(visit(member).get(objective.get_absolute_url()))
    assert "The one key result is not where it should be." in page
    assert "What must have moved by 3 January" in page
    assert "1 of 1 measured" in page
    assert "Why Because it matters." in page
    assert "Committed" in page


def test_guardrails_are_drawn_apart_and_never_averaged(visit, member, objective, key_result):
    guardrail = KeyResultFactory(
        objective=objective, title="Orders cancelled", kind=KeyResult.Kind.AT_MOST, baseline=None,
        target=None, high=2,
    )  # fmt: skip
    report(guardrail, member, ["1.8"] * 7)
    page = visit(member).get(objective.get_absolute_url())
    words = text_of(page)
    assert "What must hold while we move the rest. Holding 1 of 1." in words
    assert "0 of 1 measured" in words
    assert words.index("Guardrails") < words.index("Orders cancelled")


def test_a_dropped_key_result_stays_on_record(visit, member, objective, key_result):
    report(key_result, member, ON_PACE)
    KeyResultFactory(objective=objective, title="Gone", dropped_at=NOW)
    page = text_of(visit(member).get(objective.get_absolute_url()))
    assert "1 of 1 measured" in page
    assert page.index("Dropped") < page.index("Gone")


@pytest.mark.parametrize("who", PEOPLE)
def test_a_leader_has_its_verbs_and_a_team_its_means(request, visit, objective, key_result, who):
    page = visit(request.getfixturevalue(who)).get(objective.get_absolute_url()).content.decode()
    constrain = reverse("objectives:set_constraint", args=[objective.pk])
    assert (constrain in page) is (who in {"leader", "leader_above"})
    propose = reverse("initiatives:propose", args=[objective.team.slug])
    assert (propose in page) is (who in {"leader", "member"})


def test_a_closed_cycle_is_read_only(visit, leader, objective, key_result, cycle):
    bring(cycle, "closed")
    page = visit(leader).get(objective.get_absolute_url()).content.decode()
    assert reverse("initiatives:propose", args=[objective.team.slug]) not in page
    assert reverse("objectives:set_constraint", args=[objective.pk]) not in page


@pytest.mark.parametrize("state", ["closed", "abandoned", "withdrawn"])
def test_it_has_a_page_in_every_state(visit, leader, team, cycle, state):
    ended = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=state)
    KeyResultFactory(objective=ended)
    page = visit(leader).get(ended.get_absolute_url())
    assert page.status_code == 200
    assert ended.title in text_of(page)


def test_one_that_was_committed_early_says_why(visit, member, leader, open_for_input):
    objectives.give_input(open_for_input, unclear="Which parcels?", by=member, now=at(STARTS))
    given = open_for_input.inputs.get()
    objectives.answer_input(given, answer="adopted", answer_text="All.", by=leader, now=NOW)
    objectives.commit(open_for_input, early_reason="The depot opens today.", by=leader, now=NOW)
    page = text_of(visit(member).get(open_for_input.get_absolute_url()))
    assert "The depot opens today." in page
    assert "Adopted. All." in page


def test_a_wrong_slug_finds_the_page(visit, member, objective):
    assert visit(member).get(f"/objectives/{objective.pk}-other/").status_code == 200
    assert visit(member).get("/objectives/999999-nothing/").status_code == 404


def test_its_figure_can_be_asked_why(visit, objective, key_result, member):
    other = KeyResultFactory(objective=objective, title="Satisfaction")
    KeyResultFactory(objective=objective, title="Returns")
    page = visit(member).get(objective.get_absolute_url())
    assertContains(page, "unknown: nothing is measured yet. That is not 0%.")
    for measured, value in [(key_result, 52), (other, 70)]:
        objectives.measure(measured, day=TODAY, value=Decimal(value), by=member, now=NOW)
    page = visit(member).get(objective.get_absolute_url())
    assertContains(page, "(52 − 52) / (65 − 52) = 0")
    assertContains(page, "(70 − 52) / (65 − 52) = 1.385, counted as 1")
    assertContains(page, "(0 + 1) / 2 = 0.5")
    assertContains(page, "2 of 3; the others are left out, not counted as 0")
