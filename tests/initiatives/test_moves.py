"""What the actions keep true, whoever calls them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative, InitiativeMove, Status
from apps.objectives.models import Objective
from tests.factories import NOW, KeyResultFactory, ObjectiveFactory, at, bring
from tests.initiatives.making import WHOLE, make_active, make_paused, make_proposed

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}


def test_every_move_leaves_its_row_in_the_history(team, member, leader, key_result):
    initiative = make_proposed(team, member, key_result)
    actions.start(initiative, by=member, now=NOW)
    actions.pause(initiative, reason="No traffic", by=leader, now=NOW)
    actions.resume(initiative, by=member, now=NOW)
    actions.kill(initiative, **LEARNT, by=leader, now=NOW)

    moves = initiative.moves.values_list("verb", "from_status", "to_status", "reason", "by__name")
    assert list(moves) == [
        ("propose", "", "proposed", "", "Tom Richter"),
        ("start", "proposed", "active", "", "Tom Richter"),
        ("pause", "active", "paused", "No traffic", "Ines Kaya"),
        ("resume", "paused", "active", "", "Tom Richter"),
        ("kill", "active", "killed", "no-effect", "Ines Kaya"),
    ]
    assert initiative.version == 5


def test_the_history_cannot_be_changed(team, member, key_result):
    make_proposed(team, member, key_result)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        InitiativeMove.objects.update(verb="start")


@pytest.mark.parametrize("ended", ["done", "killed", "swapped", "declined"])
def test_an_end_is_final_in_the_database_too(team, member, key_result, ended):
    initiative = make_active(team, member, key_result)
    other = make_proposed(team, member, key_result, title="Pay later")
    match ended:
        case "done":
            actions.finish(initiative, delivered="Live for all.", by=member, now=NOW)
        case "killed":
            actions.kill(initiative, **LEARNT, by=member, now=NOW)
        case "swapped":
            actions.swap(initiative, **LEARNT, successor=other, by=member, now=NOW)
        case "declined":
            initiative = make_proposed(team, member, key_result, title="Invoice")
            actions.decline(initiative, word="Not now.", by=member, now=NOW)
    assert initiative.status == ended
    for again in (
        lambda: actions.kill(initiative, **LEARNT, by=member, now=NOW),
        lambda: actions.start(initiative, by=member, now=NOW),
        lambda: actions.swap(initiative, **LEARNT, title="New", by=member, now=NOW),
    ):
        with pytest.raises(ValidationError, match="an end is final"):
            again()
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(status="active")


def test_a_start_needs_all_that_active_needs(team, member, cycle, key_result):
    draft = KeyResultFactory(
        objective=ObjectiveFactory(team=team, cycle=cycle, state=Objective.State.INPUT)
    )
    initiative = actions.propose(team=team, title="Reminder", aims=[Aim(draft)], by=member, now=NOW)
    with pytest.raises(ValidationError) as refused:
        actions.start(initiative, by=member, now=NOW)
    assert refused.value.messages == [
        "A key result of a committed objective that it should move.",
        "What you believe.",
        "What you will do.",
        "How you will know.",
        "What would make you stop; or none, and why.",
    ]
    actions.edit(
        initiative, title="Reminder", aims=[Aim(key_result)], lead=member, believe="a", will="b",
        know_when="c", no_criteria_because="It costs an hour.", by=member, now=NOW,
    )  # fmt: skip
    actions.start(initiative, by=member, now=NOW)
    assert initiative.status == Status.ACTIVE


def test_a_goal_in_a_closed_cycle_takes_no_new_bet(team, member, cycle, key_result):
    bring(cycle, "closed")
    with pytest.raises(ValidationError, match="no longer open"):
        make_proposed(team, member, key_result)


def test_the_limit_asks_which_one_to_pause_and_pauses_it(team, member, key_result):
    team.active_limit = 2
    team.save(update_fields=["active_limit"])
    first = make_active(team, member, key_result, title="First")
    make_active(team, member, key_result, title="Second")
    third = make_proposed(team, member, key_result, title="Third")
    with pytest.raises(ValidationError) as refused:
        actions.start(third, by=member, now=NOW)
    assert refused.value.message_dict == {
        "pause": ["Checkout has set itself a limit of 2. Choose one to pause."]
    }
    actions.start(third, pause=first, by=member, now=NOW)
    first.refresh_from_db()
    assert (first.status, third.status) == (Status.PAUSED, Status.ACTIVE)
    assert first.moves.last().reason == "It makes room for “Third”."
    with pytest.raises(ValidationError, match="limit of 2"):
        actions.resume(first, by=member, now=NOW)


def test_a_swap_hands_on_the_links_and_starts_the_successor(team, member, key_result):
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    initiative = make_active(team, member, key_result)
    successor = actions.swap(
        initiative, **LEARNT, title="Amazon sign-in", **WHOLE, by=member, now=NOW
    )
    assert (initiative.status, initiative.successor) == (Status.SWAPPED, successor)
    assert successor.status == Status.ACTIVE
    link = successor.links.get()
    assert (link.key_result, link.expected_effect, link.by_when) == (
        key_result, 2, date(2026, 12, 4),
    )  # fmt: skip


def test_a_successor_that_lacks_something_stays_proposed(team, member, key_result):
    successor = actions.swap(
        make_active(team, member, key_result), **LEARNT, title="Sign-in", by=member, now=NOW
    )
    assert successor.status == Status.PROPOSED
    assert successor.links.get().key_result == key_result


def test_the_limit_counts_after_the_swap(team, member, key_result):
    team.active_limit = 1
    team.save(update_fields=["active_limit"])
    paused = make_paused(team, member, key_result, title="Paused")
    active = make_active(team, member, key_result, title="Active")
    words = {**LEARNT, **WHOLE, "title": "New", "by": member, "now": NOW}
    with pytest.raises(ValidationError, match="limit of 1"):
        actions.swap(paused, **words)
    assert Initiative.objects.get(pk=paused.pk).status == Status.PAUSED  # nothing half done
    assert not Initiative.objects.filter(title="New").exists()
    actions.swap(Initiative.objects.get(pk=paused.pk), pause=active, **words)
    assert list(Initiative.objects.filter(team=team).active().values_list("title", flat=True)) == [
        "New"
    ]


def test_whoever_starts_a_suggestion_takes_it_over(team, member, neighbour, key_result):
    initiative = actions.suggest(
        team=team, title="Delivery date", aims=[Aim(key_result)], by=neighbour, now=NOW,
        believe="a", will="b", know_when="c",
    )  # fmt: skip
    assert initiative.from_outside
    with pytest.raises(PermissionDenied, match="Only Checkout can do this"):
        actions.start(initiative, by=neighbour, now=NOW)
    actions.edit(
        initiative, title="Delivery date", aims=[Aim(key_result)], lead=neighbour, believe="a",
        will="b", know_when="c", stops=WHOLE["stops"], by=member, now=at(date(2026, 11, 21)),
    )  # fmt: skip
    actions.start(initiative, by=member, now=NOW)
    assert initiative.lead == member
