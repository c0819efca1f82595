"""From a draft to a commitment, by the actions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.objectives import actions
from apps.objectives.models import Input
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_story(team, cycle, leader, member, neighbour):
    objective = actions.draft(team=team, cycle=cycle, title="T", why="W", by=leader, now=NOW)
    kr = actions.define_key_result(objective, by=leader, title="K", kind="increase", team=team, unit="%", baseline=Decimal(52), target=Decimal(65))
    actions.edit_key_result(kr, by=leader, target=Decimal(66), version=1)
    actions.open_for_input(objective, until=TODAY, people=[member], by=leader, now=NOW)
    given = actions.give_input(objective, unclear="?", by=neighbour, now=NOW)
    with pytest.raises(ValidationError) as e:
        actions.commit(objective, by=leader, now=NOW)
    assert e.value.messages == ["1 input still to answer before you can commit."]
    actions.answer_input(given, answer="adopted", answer_text="Yes.", by=leader, now=NOW)
    actions.commit(objective, by=leader, now=NOW, early_reason="x")
    m = actions.measure(kr, day=TODAY, value=Decimal(53), by=member, now=NOW)
    actions.correct(m, value=Decimal(54), reason="typo", by=member, now=NOW)
    actions.amend_target(kr, target=Decimal("70.5"), reason="x", by=leader, now=NOW)
    c = actions.set_constraint(objective=objective, sentence="s", reason="r", by=leader, now=NOW)
    actions.lift_constraint(c, by=leader, now=NOW)
    assert [m.to_state for m in objective.moves.all()] == ["draft", "input", "committed"]
