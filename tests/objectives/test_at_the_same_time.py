"""Two people at once: the second waits for the first, then acts on what has committed."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from apps.objectives import actions
from apps.objectives.models import Input, Objective
from apps.organisation.models import TeamGrant
from tests.factories import NOW, bring
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db(transaction=True)

LONG_ENOUGH_TO_WAIT = 0.5


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """Begin `second` while the transaction of `first` is open; what it was refused with."""
    refused: list[Exception] = []

    def act() -> None:
        try:
            second()
        except (ValidationError, PermissionDenied) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    other = Thread(target=act)
    with transaction.atomic():
        first()
        other.start()
        other.join(LONG_ENOUGH_TO_WAIT)
        assert other.is_alive(), "the second did not wait for the first"
    other.join()
    return refused


@pytest.fixture
def open_one(team, cycle, leader):
    return make_open(team, cycle, by=leader)


def test_a_late_input_does_not_slip_under_a_commitment(open_one, leader, member):
    as_read = Objective.objects.get()
    refused = meanwhile(
        lambda: actions.commit(open_one, early_reason="Now.", by=leader, now=NOW),
        lambda: actions.give_input(as_read, unclear="Wait!", by=member, now=NOW),
    )
    assert "not open for input" in str(refused)
    assert not Input.objects.exists()


def test_a_commitment_waits_for_an_input_and_sees_it(open_one, leader, member):
    as_read = Objective.objects.get()
    refused = meanwhile(
        lambda: actions.give_input(open_one, unclear="Wait!", by=member, now=NOW),
        lambda: actions.commit(as_read, early_reason="Now.", by=leader, now=NOW),
    )
    assert "1 input still to answer" in str(refused)
    open_one.refresh_from_db()
    assert open_one.state == "input"


def test_a_leader_dismissed_meanwhile_commits_nothing(open_one, leader):
    refused = meanwhile(
        lambda: TeamGrant.objects.filter(user=leader).delete(),
        lambda: actions.commit(open_one, early_reason="Now.", by=leader, now=NOW),
    )
    assert isinstance(refused[0], PermissionDenied)
    open_one.refresh_from_db()
    assert open_one.state == "input"


def test_a_cycle_closed_meanwhile_is_read_only(open_one, leader, cycle):
    def close() -> None:
        bring(cycle, "closed")

    refused = meanwhile(
        close, lambda: actions.withdraw(open_one, reason="Late.", by=leader, now=NOW)
    )
    assert "is closed" in str(refused)
    open_one.refresh_from_db()
    assert open_one.state == "input"
