"""No sequence of what people do to initiatives changes any objective's progress."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative
from apps.objectives import actions as goals
from apps.objectives.models import KeyResult
from apps.objectives.readings import read, roll_up_of
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory
from tests.initiatives.making import WHOLE

pytestmark = pytest.mark.django_db

LEARNT = {"reason": "no-effect", "learning": "Nobody used it."}
ON_ONE = {
    "start": lambda bet, by: actions.start(bet, by=by, now=NOW),
    "pause": lambda bet, by: actions.pause(bet, reason="No traffic.", by=by, now=NOW),
    "resume": lambda bet, by: actions.resume(bet, by=by, now=NOW),
    "kill": lambda bet, by: actions.kill(bet, **LEARNT, by=by, now=NOW),
    "finish": lambda bet, by: actions.finish(bet, delivered="It is live.", by=by, now=NOW),
    "decline": lambda bet, by: actions.decline(bet, word="Not now.", by=by, now=NOW),
    "swap": lambda bet, by: actions.swap(bet, title="Another", **WHOLE, **LEARNT, by=by, now=NOW),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["propose", "start", "suggest", "edit", "split", *ON_ONE]),
        st.integers(0, 5),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@pytest.fixture
def key_results(team, cycle, leader, member):
    """Of two objectives; of one of them nothing is measured."""
    first, second = (
        ObjectiveFactory(team=team, cycle=cycle, owner=leader) for _objective in range(2)
    )
    found = [KeyResultFactory(objective=first), KeyResultFactory(objective=first),
             KeyResultFactory(objective=second)]  # fmt: skip
    goals.measure(found[0], day=TODAY, value=Decimal(55), by=member, now=NOW)
    return found


def progress():
    """By objective, as its page reads it."""
    rows = [read(found, today=TODAY, language="en") for found in KeyResult.objects.for_rows()]
    return {
        pk: roll_up_of([row for row in rows if row.key_result.objective_id == pk])
        for pk in {row.key_result.objective_id for row in rows}
    }


def step(verb, place, goal, *, team, by, key_results):
    """As the page would: on the bet at that place, if there is one, aimed at that key result."""
    aims = [Aim(key_results[goal], 2, TODAY)]
    if verb == "propose":
        actions.propose(team=team, title="Bet", aims=aims, by=by, now=NOW, **WHOLE)
    elif verb == "suggest":
        actions.suggest(team=team, title="Idea", aims=aims, by=by, now=NOW)
    bets = list(Initiative.objects.order_by("pk"))
    if verb in {"propose", "suggest"} or not bets:
        return
    bet = bets[place % len(bets)]
    if verb == "split":
        for half in ("first", "second"):
            actions.propose(team=team, title=f"{bet}: {half} half", aims=aims, by=by, now=NOW)
        actions.kill(bet, **LEARNT, by=by, now=NOW)
    elif verb == "edit":
        actions.edit(bet, title="Other words", aims=aims, lead=by, by=by, now=NOW, **WHOLE)
    else:
        ON_ONE[verb](bet, by)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_no_sequence_of_initiative_actions_changes_any_progress(team, member, key_results, steps):
    before = progress()
    with transaction.atomic():
        for verb, place, goal in steps:
            try:
                with transaction.atomic():
                    step(verb, place, goal, team=team, by=member, key_results=key_results)
            except ValidationError:
                continue  # not possible now: that, too, must change nothing
        assert progress() == before
        transaction.set_rollback(True)


def test_the_sequences_do_something(team, member, key_results):
    """Else the property would hold of nothing at all."""
    for verb in ["propose", "start", "pause", "resume", "swap", "propose", "edit", "split"]:
        step(verb, -1, 0, team=team, by=member, key_results=key_results)
    assert {"swapped", "active", "killed", "proposed"} <= set(
        Initiative.objects.values_list("status", flat=True)
    )
