from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from apps.objectives import actions
from apps.objectives.models import KeyResult
from tests.factories import NOW, STARTS, TODAY, CycleFactory, KeyResultFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_cycle(cycle):
    return CycleFactory(
        name="First quarter 2027", slug="first-quarter-2027", state="input",
        starts=date(2027, 1, 4), ends=date(2027, 4, 4),
    )  # fmt: skip


def carried(objective, cycle, by) -> list[KeyResult]:
    made = actions.carry_over(objective, cycle=cycle, by=by, now=NOW)
    assert (made.state, made.carried_from) == ("draft", objective)
    return list(made.key_results.all())


def test_a_draft_is_whole_and_starts_at_the_last_value(
    objective, key_result, next_cycle, leader, member
):
    KeyResult.objects.filter(pk=key_result.pk).update(
        metric="Orders per basket", measured_by="The shop", ambition="aspirational", decimals=2,
        effect_from=STARTS + timedelta(days=14),
    )  # fmt: skip
    actions.measure(key_result, day=TODAY, value=Decimal("56.4"), by=member, now=NOW)
    actions.set_constraint(
        objective=objective, sentence="No dark patterns", reason="We are fair.", by=leader, now=NOW
    )
    made = actions.carry_over(objective, cycle=next_cycle, by=leader, now=NOW)

    assert (made.title, made.why, made.owner) == (objective.title, objective.why, leader)
    assert made.moves.get().to_state == "draft"
    assert made.constraints.get().sentence == "No dark patterns"
    new = made.key_results.get()
    assert (new.baseline, new.target, new.baseline_is_proposed) == (Decimal("56.4"), 65, True)
    assert (new.metric, new.measured_by) == ("Orders per basket", "The shop")
    assert (new.ambition, new.decimals, new.kind) == ("aspirational", 2, "increase")
    assert new.effect_from == date(2027, 1, 18)
    assert new.carried_from == key_result
    assert not new.measurements.exists()
    objective.refresh_from_db()
    assert objective.is_committed


def test_the_proposed_start_is_marked_until_someone_looks_at_it(
    visit, objective, key_result, next_cycle, leader
):
    (new,) = carried(objective, next_cycle, leader)
    assert (new.baseline, new.baseline_is_proposed) == (52, True)
    page = visit(leader).get(new.objective.get_absolute_url())
    assert "Proposed: the last value of Fourth quarter 2026" in page.content.decode()
    actions.edit_key_result(new, by=leader, baseline=Decimal(53))
    new.refresh_from_db()
    assert not new.baseline_is_proposed


def test_a_target_that_is_behind_the_last_value_is_set_anew(
    objective, key_result, next_cycle, leader, member
):
    actions.measure(key_result, day=TODAY, value=Decimal(66), by=member, now=NOW)
    (new,) = carried(objective, next_cycle, leader)
    assert (new.baseline, new.target, new.kind) == (66, None, "increase")


def test_every_kind_keeps_what_it_says(objective, team, next_cycle, leader):
    for said in [
        {"kind": "milestone", "due": STARTS + timedelta(days=60)},
        {"kind": "stages", "stage_commit": "a", "stage_target": "b", "stage_stretch": "c"},
        {"kind": "within", "low": 52, "high": 60},
    ]:
        KeyResultFactory(objective=objective, **{"baseline": None, "target": None, **said})
    milestone, stages, within = carried(objective, next_cycle, leader)
    assert milestone.due == next_cycle.starts + timedelta(days=60)
    assert [stages.stage_commit, stages.stage_target, stages.stage_stretch] == ["a", "b", "c"]
    assert (within.low, within.high) == (52, 60)
    assert not any(kr.baseline_is_proposed for kr in [milestone, stages, within])


def test_days_never_lie_after_a_shorter_cycle(objective, cycle, leader):
    """A cycle of one week."""
    week = CycleFactory(
        slug="one-week", name="One week", state="input", starts=date(2027, 1, 4),
        ends=date(2027, 1, 10),
    )  # fmt: skip
    KeyResultFactory(objective=objective, kind="milestone", baseline=None, target=None,
                     due=STARTS + timedelta(days=60))  # fmt: skip
    (new,) = carried(objective, week, leader)
    assert new.due == week.ends


def test_it_goes_on_once_in_a_cycle_unless_that_was_withdrawn(objective, next_cycle, leader):
    made = actions.carry_over(objective, cycle=next_cycle, by=leader, now=NOW)
    with pytest.raises(ValidationError, match="goes on in First quarter 2027 already"):
        actions.carry_over(objective, cycle=next_cycle, by=leader, now=NOW)
    actions.withdraw(made, reason="Not this time.", by=leader, now=NOW)
    assert actions.carry_over(objective, cycle=next_cycle, by=leader, now=NOW) != made


def test_nothing_goes_back(objective, cycle, leader):
    earlier = CycleFactory(
        slug="earlier", name="Earlier", state="running", starts=date(2026, 7, 1),
        ends=date(2026, 12, 1),
    )  # fmt: skip
    for other in [cycle, earlier]:
        with pytest.raises(ValidationError, match="Choose a cycle that ends after this one"):
            actions.carry_over(objective, cycle=other, by=leader, now=NOW)


def test_an_owner_who_has_gone_leaves_it_to_whoever_carries_it_over(
    objective, next_cycle, leader, leader_above
):
    leader.is_active = False
    leader.save()
    made = actions.carry_over(objective, cycle=next_cycle, by=leader_above, now=NOW)
    assert made.owner == leader_above


def test_a_key_result_of_an_archived_team_comes_to_the_team_of_the_objective(
    objective, other_team, next_cycle, leader
):
    KeyResultFactory(objective=objective, team=other_team)
    other_team.archived_at = NOW
    other_team.save()
    (new,) = carried(objective, next_cycle, leader)
    assert new.team == objective.team


@pytest.mark.parametrize("who", ["member", "observer", "administrator", "neighbour"])
def test_only_leaders_carry_it_over(request, objective, next_cycle, who):
    with pytest.raises(PermissionDenied, match="Only leaders of Checkout"):
        actions.carry_over(objective, cycle=next_cycle, by=request.getfixturevalue(who), now=NOW)
