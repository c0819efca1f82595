"""Two of the team at the same time: the team's own limit and an end hold all the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from apps.initiatives import actions
from apps.initiatives.models import Initiative, InitiativeMove, Objection, ObjectionMove
from apps.organisation.models import User
from apps.organisation.writes import Conflict
from tests.factories import NOW, UserFactory
from tests.initiatives.making import make_active, make_proposed
from tests.initiatives.objecting import make_constraint, make_objection

pytestmark = pytest.mark.django_db(transaction=True)
LEARNT = {"reason": "cost", "learning": "Too dear."}


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What each comes to: "done", or the sentence that refuses it."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        together.wait()
        try:
            act()
        except ValidationError as refused:
            return refused.messages[0]
        except Conflict:
            return "changed meanwhile: what is stored now is shown"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_the_last_free_place_is_taken_once(team, member, leader, key_result):
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    first, second = (make_proposed(team, member, key_result, title=t) for t in ("One", "Two"))

    def start(initiative: Initiative, by: User) -> Callable[[], None]:
        return lambda: actions.start(
            Initiative.objects.get(pk=initiative.pk), by=User.objects.get(pk=by.pk), now=NOW
        )

    came_to = at_once(start(first, member), start(second, leader))
    assert came_to == ["Checkout has set itself a limit of 1. Choose one to pause.", "done"]
    assert Initiative.objects.active().count() == 1


def test_of_a_kill_and_a_swap_one_stands(team, member, leader, key_result):
    active = make_active(team, member, key_result)

    def again(by: User) -> dict[str, Any]:
        return {**LEARNT, "by": User.objects.get(pk=by.pk), "now": NOW}

    came_to = at_once(
        lambda: actions.kill(Initiative.objects.get(pk=active.pk), **again(member)),
        lambda: actions.swap(Initiative.objects.get(pk=active.pk), title="New", **again(leader)),
    )
    assert "done" in came_to
    assert "an end is final" in " ".join(came_to)
    ends = InitiativeMove.objects.filter(initiative=active, verb__in=["kill", "swap"])
    assert ends.count() == 1
    assert Initiative.objects.filter(title="New").exists() is (ends.get().verb == "swap")


def test_of_twenty_people_one_moves_it_and_the_others_are_told(team, key_result):
    people = [UserFactory(name=f"Person {n}", works_in=team) for n in range(20)]
    active = make_active(team, people[0], key_result)
    deeds = ("pause", "kill", "finish", "swap")

    def deed(n: int) -> Callable[[], Any]:
        words = {
            "pause": {"reason": f"Said by {n}"},
            "kill": LEARNT,
            "finish": {"delivered": f"Said by {n}"},
            "swap": {**LEARNT, "title": f"New of {n}"},
        }[deeds[n % 4]]
        return lambda: getattr(actions, deeds[n % 4])(
            Initiative.objects.get(pk=active.pk), version=active.version, now=NOW,
            by=User.objects.get(pk=people[n].pk), **words,
        )  # fmt: skip

    came_to = at_once(*(deed(n) for n in range(20)))
    assert came_to.count("done") == 1
    told = set(came_to) - {"done"}
    assert len(came_to) == 20
    assert told == {"changed meanwhile: what is stored now is shown"}
    moves = InitiativeMove.objects.filter(initiative=active).values_list("verb", flat=True)
    assert list(moves)[:2] == ["propose", "start"]
    assert len(moves) == 3
    assert Initiative.objects.filter(title__startswith="New of").count() == (
        1 if moves[2] == "swap" else 0
    )
    active.refresh_from_db()
    assert active.version == 3


def test_of_a_withdrawal_and_an_answer_that_it_is_met_one_stands(
    team, member, leader, leader_above, objective, key_result
):
    constraint = make_constraint(leader, objective=objective)
    raised = make_objection(make_active(team, member, key_result), constraint, leader_above)

    def again(by: User) -> dict[str, Any]:
        return {"by": User.objects.get(pk=by.pk), "now": NOW}

    came_to = at_once(
        lambda: actions.withdraw_objection(
            Objection.objects.get(pk=raised.pk), **again(leader_above)
        ),
        lambda: actions.meet_objection(
            Objection.objects.get(pk=raised.pk), text="It stays here.", **again(member)
        ),
    )
    assert came_to.count("done") == 1
    assert ObjectionMove.objects.filter(objection=raised).count() == 2  # raised, and one end
