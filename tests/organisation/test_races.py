"""A right that ends while a write is under way: whoever commits first is right, and only that.

Each race is run both ways round. The losing side has to be seen waiting, so that the test
would notice if nothing held the rows any more.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from apps.initiatives import actions as initiatives
from apps.initiatives.models import Initiative
from apps.objectives import actions as objectives
from apps.objectives.models import Cycle, Objective
from apps.organisation import actions
from apps.organisation import invitation_actions as invitations
from apps.organisation.invited import Invitation
from apps.organisation.models import Team, TeamGrant, User
from tests.factories import NOW, UserFactory, bring
from tests.initiatives.making import make_proposed

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 0.25


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A second connection to the database, as another request has."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield pool


def run(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


def is_waiting(future: Future[Any]) -> bool:
    try:
        future.result(timeout=A_MOMENT)
    except TimeoutError:
        return True
    return False


@pytest.fixture
def leader_of_area(area) -> User:
    return UserFactory(name="Leyla Demir", leads=area)


class Race:
    """What ends a right, and the write that needs it, each on rows of its own."""

    def __init__(self, end: Callable[[], Any], write: Callable[[], Any], refused: type) -> None:
        self.end, self.write, self.refused = end, write, refused


@pytest.fixture(params=["removed", "dismissed", "deactivated", "archived", "moved", "closed"])
def race(
    request, team, area, other_team, member, leader, leader_of_area, leader_above,
    administrator, cycle,
) -> Race:  # fmt: skip
    def again(row: Any) -> Any:
        return type(row).objects.get(pk=row.pk)

    def propose() -> None:
        by = again(member)
        initiatives.propose(team=again(team), title="A bet", aims=[], by=by, now=NOW)

    def draft(by: User) -> Callable[[], None]:
        return lambda: objectives.draft(
            team=again(team), cycle=again(cycle), title="T", why="W", by=again(by), now=NOW
        )

    def move() -> None:
        new = other_team.parent
        Team.objects.filter(pk=team.pk).update(parent=new, ancestor_ids=[*new.ancestor_ids, new.pk])

    ends: dict[str, tuple[Callable[[], Any], Callable[[], Any], type]] = {
        "removed": (
            lambda: actions.remove_member(team, person=member, by=leader_above),
            propose, PermissionDenied,
        ),
        "dismissed": (
            lambda: actions.dismiss_leader(team, person=leader, by=administrator),
            draft(leader), PermissionDenied,
        ),
        "deactivated": (
            lambda: actions.deactivate_person(member, by=administrator, now=NOW),
            propose, PermissionDenied,
        ),
        "archived": (
            lambda: Team.objects.filter(pk=team.pk).update(archived_at=NOW),
            propose, PermissionDenied,
        ),
        "moved": (move, draft(leader_of_area), PermissionDenied),
        "closed": (
            lambda: bring(cycle, Cycle.State.CLOSED),
            draft(leader), ValidationError,
        ),
    }  # fmt: skip
    return Race(*ends[request.param])


def written() -> int:
    return Initiative.objects.count() + Objective.objects.count()


def test_a_write_that_comes_second_is_refused(race, elsewhere):
    with transaction.atomic():
        race.end()
        write = elsewhere.submit(run, race.write)
        assert is_waiting(write)
    with pytest.raises(race.refused):
        write.result(timeout=5)
    assert written() == 0


def test_what_ends_the_right_waits_for_a_write_under_way(race, elsewhere):
    with transaction.atomic():
        race.write()
        end = elsewhere.submit(run, race.end)
        assert is_waiting(end)
    end.result(timeout=5)
    assert written() == 1
    with pytest.raises(race.refused):
        race.write()


@contextmanager
def both_at_once(elsewhere: ThreadPoolExecutor, *acts: Callable[[], Any]) -> Iterator[list[Any]]:
    start = Event()

    def wait_and_act(act: Callable[[], Any]) -> Any:
        start.wait()
        return run(act)

    futures = [elsewhere.submit(wait_and_act, act) for act in acts]
    start.set()
    yield [future.exception(timeout=10) for future in futures]


def test_two_administrators_who_shut_each_other_out_do_not_wait_in_a_circle(
    administrator, elsewhere
):
    other = UserFactory(name="Bea Roth", is_administrator=True)

    def shut_out(person: User, by: User) -> Callable[[], None]:
        return lambda: actions.deactivate_person(
            User.objects.get(pk=person.pk), by=User.objects.get(pk=by.pk), now=NOW
        )

    acts = [shut_out(other, administrator), shut_out(administrator, other)]
    with both_at_once(elsewhere, *acts) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "PermissionDenied"]
    assert User.objects.active().filter(is_administrator=True).count() == 1


def test_a_start_and_the_end_of_its_account_do_not_wait_in_a_circle(
    root, leader_above, administrator, key_result, elsewhere
):
    """In the team of which both ask: an administrator's rights are those towards the root."""
    bet = make_proposed(root, leader_above, key_result)

    def start() -> None:
        by = User.objects.get(pk=leader_above.pk)
        initiatives.start(Initiative.objects.get(pk=bet.pk), by=by, now=NOW)

    with transaction.atomic():
        User.objects.select_for_update().get(pk=leader_above.pk)
        started = elsewhere.submit(run, start)
        assert is_waiting(started)
        actions.deactivate_person(leader_above, by=administrator, now=NOW)
    with pytest.raises(PermissionDenied):
        started.result(timeout=5)


def invited(by: User, role: str = "", team: Team | None = None) -> Invitation:
    emails = ["aylin@example.org"]
    return invitations.invite(emails=emails, role=role, team=team, by=by, now=NOW)[0]


def accept(invitation: Invitation) -> User:
    again = Invitation.objects.get(pk=invitation.pk)
    return invitations.accept_invitation(again, name="Aylin", password=None, now=NOW)


def test_two_who_invite_the_same_address_send_one_invitation(administrator, elsewhere):
    def invite() -> None:
        invited(User.objects.get(pk=administrator.pk))

    with both_at_once(elsewhere, invite, invite) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "ValidationError"]
    assert Invitation.objects.count() == 1


def test_a_link_that_is_opened_twice_at_once_makes_one_account(
    organisation, administrator, elsewhere
):
    invitation = invited(administrator)
    acts = [lambda: accept(invitation)] * 2
    with both_at_once(elsewhere, *acts) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "ValidationError"]
    assert User.objects.filter(email="aylin@example.org").count() == 1


def test_whoever_loses_the_right_to_invite_lets_nobody_in_any_more(
    organisation, team, leader, administrator, elsewhere
):
    """Whichever comes first: the acceptance waits for the dismissal, and then is refused."""
    invitation = invited(leader, "member", team)
    with transaction.atomic():
        actions.dismiss_leader(team, person=leader, by=administrator)
        accepted = elsewhere.submit(run, lambda: accept(invitation))
        assert is_waiting(accepted)
    with pytest.raises(ValidationError, match="can invite you no longer"):
        accepted.result(timeout=5)
    assert not User.objects.filter(email="aylin@example.org").exists()


def test_a_withdrawal_waits_for_an_acceptance_under_way(
    organisation, team, leader, leader_above, elsewhere
):
    invitation = invited(leader, "member", team)

    def withdraw() -> None:
        again = Invitation.objects.get(pk=invitation.pk)
        by = User.objects.get(pk=leader_above.pk)
        invitations.withdraw_invitation(again, by=by, now=NOW)

    with transaction.atomic():
        accept(invitation)
        withdrawn = elsewhere.submit(run, withdraw)
        assert is_waiting(withdrawn)
    with pytest.raises(ValidationError, match="has accepted already"):
        withdrawn.result(timeout=5)
    assert TeamGrant.objects.for_teams(team).filter(user__email="aylin@example.org").exists()


def test_two_administrators_who_dismiss_each_other_leave_one(administrator, elsewhere):
    other = UserFactory(name="Bea Roth", is_administrator=True)

    def dismiss(person: User, by: User) -> Callable[[], None]:
        return lambda: actions.dismiss_administrator(
            User.objects.get(pk=person.pk), by=User.objects.get(pk=by.pk)
        )

    acts = [dismiss(other, administrator), dismiss(administrator, other)]
    with both_at_once(elsewhere, *acts) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "NotYours"]
    assert User.objects.administrators().count() == 1


def test_two_who_add_the_same_member_add_one_grant(team, leader, leader_above, elsewhere):
    aylin = UserFactory()

    def add(by: User) -> Callable[[], None]:
        return lambda: actions.add_member(
            Team.objects.get(pk=team.pk), person=User.objects.get(pk=aylin.pk),
            by=User.objects.get(pk=by.pk), now=NOW,
        )  # fmt: skip

    with both_at_once(elsewhere, add(leader), add(leader_above)) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "ValidationError"]
    assert TeamGrant.objects.filter(user=aylin).count() == 1


def test_two_tabs_at_the_same_moment_one_is_shown_the_other(member, elsewhere):
    def edit(name: str) -> Callable[[], None]:
        return lambda: actions.edit_profile(
            User.objects.get(pk=member.pk), name=name, language="en", theme="", version=1
        )

    with both_at_once(elsewhere, edit("Tom A."), edit("Tom B.")) as errors:
        assert sorted(type(error).__name__ for error in errors) == ["Conflict", "NoneType"]
