"""Cycles are planned, opened for input and started by administrators."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from apps.objectives import actions
from apps.objectives.models import Cycle
from apps.organisation.writes import Conflict
from tests.factories import NOW, ObjectiveFactory

pytestmark = pytest.mark.django_db

NEXT = {"name": "First quarter 2027", "starts": date(2027, 1, 4), "ends": date(2027, 4, 4)}


@pytest.fixture
def planned(administrator):
    return actions.create_cycle(**NEXT, by=administrator, now=NOW)


def test_an_administrator_plans_opens_and_starts_one(planned, administrator):
    assert (planned.state, planned.slug) == ("planned", "first-quarter-2027")
    actions.open_input(planned, by=administrator, now=NOW)
    assert (planned.state, planned.input_opens) == ("input", date(2026, 11, 20))
    assert planned.input_closes == NEXT["starts"]
    actions.start_cycle(planned, by=administrator, now=NOW + timedelta(days=45))
    planned.refresh_from_db()
    assert (planned.state, planned.version) == ("running", 3)


@pytest.mark.parametrize("who", ["leader_above", "leader", "member", "observer"])
def test_nobody_else_does(request, planned, who):
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        actions.create_cycle(**{**NEXT, "name": "Mine"}, by=person, now=NOW)
    for move in [actions.open_input, actions.start_cycle]:
        with pytest.raises(PermissionDenied, match="Only an administrator"):
            move(planned, by=person, now=NOW)
    assert [cycle.state for cycle in Cycle.objects.all()] == ["planned"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": date(2027, 1, 4)}, "ends"),
        ({"starts": date(2026, 1, 1), "ends": date(2026, 3, 31)}, "ends"),
        ({"input_opens": date(2026, 12, 1)}, "input_closes"),
        ({"input_opens": date(2026, 12, 2), "input_closes": date(2026, 12, 1)}, "input_closes"),
        ({"name": "First Quarter, 2027"}, "name"),
        ({"name": "–"}, "name"),
    ],
)
def test_what_cannot_be_is_refused(planned, administrator, wrong, field):
    typed = {**NEXT, "name": "Another", **wrong}
    with pytest.raises(ValidationError) as refused:
        actions.create_cycle(**typed, by=administrator, now=NOW)
    assert list(refused.value.message_dict) == [field]
    assert Cycle.objects.count() == 1


def test_no_state_is_jumped_over_or_gone_back_to(planned, administrator):
    with pytest.raises(ValidationError, match="“Planned”"):
        actions.start_cycle(planned, by=administrator, now=NOW)
    actions.open_input(planned, by=administrator, now=NOW)
    with pytest.raises(ValidationError, match="Open for input"):
        actions.open_input(planned, by=administrator, now=NOW)
    with pytest.raises(ValidationError, match="begins on 4 January 2027"):
        actions.start_cycle(planned, by=administrator, now=NOW)
    planned.refresh_from_db()
    assert planned.state == "input"


def test_an_older_version_moves_nothing(planned, administrator):
    with pytest.raises(Conflict):
        actions.open_input(planned, by=administrator, now=NOW, version=9)
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_a_cycle_is_edited_while_planned_and_not_after(planned, administrator):
    typed = {**NEXT, "name": "Winter", "ends": date(2027, 3, 31), "by": administrator, "now": NOW}
    actions.edit_cycle(planned, **typed, version=1)
    planned.refresh_from_db()
    assert (planned.name, planned.slug, planned.ends.day, planned.version) == (
        "Winter", "winter", 31, 2,
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.edit_cycle(planned, **typed, version=1)
    actions.open_input(planned, by=administrator, now=NOW)
    with pytest.raises(ValidationError, match="Open for input"):
        actions.edit_cycle(planned, **typed)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"ends": date(9999, 12, 31)}, "ends"),
        ({"starts": date(9999, 1, 1), "ends": date(9999, 12, 31)}, "starts"),
        ({"input_opens": date(2027, 1, 4), "input_closes": date(2028, 1, 4)}, "input_closes"),
    ],
)
def test_a_year_typed_wrongly_is_noticed(administrator, root, days, field):
    with pytest.raises(ValidationError) as refused:
        actions.create_cycle(**{**NEXT, **days}, by=administrator, now=NOW)
    assert list(refused.value.message_dict) == [field]
    assert not Cycle.objects.exists()


def test_closing_ends_what_nobody_reviewed_and_leaves_the_rest(administrator, objective, cycle):
    draft = ObjectiveFactory(cycle=cycle, team=objective.team, state="draft")
    actions.begin_review(cycle, by=administrator, now=NOW)
    with pytest.raises(ValidationError, match="runs until 3 January 2027"):
        actions.close_cycle(cycle, by=administrator, now=NOW)
    later = NOW + timedelta(days=60)
    actions.close_cycle(cycle, by=administrator, now=later)
    for row in [cycle, objective, draft]:
        row.refresh_from_db()
    assert (cycle.state, objective.state, draft.state) == ("closed", "closed", "draft")
    move = objective.moves.get()
    assert (move.from_state, move.to_state, move.reason, move.by) == (
        "committed", "closed", "Closed without review.", administrator,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="“Closed”"):
        actions.close_cycle(cycle, by=administrator, now=later)
    assert objective.moves.count() == 1


def test_nobody_but_an_administrator_ends_one(cycle, objective, leader_above):
    for move in [actions.begin_review, actions.close_cycle]:
        with pytest.raises(PermissionDenied, match="Only an administrator"):
            move(cycle, by=leader_above, now=NOW)
    cycle.refresh_from_db()
    assert cycle.state == "running"
