"""Each kind of thing that waits: it is there for exactly the people concerned, on My week with one
button, and gone with the deed. A new kind wants a row here."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import time_machine

from apps.alignment import actions as alignment
from apps.checkins import actions as checkins
from apps.initiatives import actions as initiatives
from apps.initiatives.actions import Aim
from apps.notices.waiting import Whose, gather
from apps.notices.waiting.gather import KINDS
from apps.objectives import actions as objectives
from apps.organisation.models import Team, User
from tests.alignment.intent import make_briefing, make_given, make_request
from tests.alignment.making import make_open
from tests.checkins.making import make_asked
from tests.dashboards.making import text_of
from tests.factories import NOW, TODAY, KeyResultFactory, at, grant
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

CAST = ("member", "leader", "leader_above", "neighbour", "observer", "administrator")
DUE = date(2026, 12, 5)  # the day after that of its stop mark and its verdict
OVER = date(2027, 1, 4)  # the day after the cycle


class Row(NamedTuple):
    """make: what comes about; whom: for whom it then waits; says: its title, as a page shows it;
    deed: what ends it."""

    make: Callable[[Any], Any]
    whom: set[str]
    says: str
    verb: str
    deed: Callable[[Any, Any], object]
    on: date = TODAY


def opened(w: Any) -> Any:
    objective = objectives.draft(
        team=w.team, cycle=w.cycle, title="Make sending back easy", why="It matters.",
        by=w.leader, now=NOW,
    )  # fmt: skip
    KeyResultFactory(objective=objective, team=w.team)
    until = TODAY + timedelta(days=4)
    objectives.open_for_input(objective, until=until, people=[w.neighbour], by=w.leader, now=NOW)
    return objective


def given(w: Any) -> Any:
    return objectives.give_input(opened(w), unclear="Which parcels?", by=w.neighbour, now=NOW)


def objected(w: Any) -> Any:
    constraint = objectives.set_constraint(
        objective=w.objective, sentence="No dark patterns", reason="We are fair.",
        by=w.leader_above, now=NOW,
    )  # fmt: skip
    return initiatives.object_to(
        w.active, constraint=constraint, reason="It hides the price.", by=w.leader_above, now=NOW
    )


def abandoned(w: Any) -> Any:
    objectives.abandon(w.objective, reason="The market has gone.", by=w.leader_above, now=NOW)
    return w.active


def suggested(w: Any) -> Any:
    return initiatives.suggest(
        team=w.team, title="Parcel lockers", aims=[Aim(w.key_result, 2, DUE)], by=w.neighbour,
        now=NOW,
    )  # fmt: skip


def paused(w: Any) -> Any:
    initiatives.pause(w.active, reason="Too much.", look_again_on=DUE, by=w.member, now=NOW)
    return w.active


def backbriefed(w: Any) -> Any:
    make_briefing(w.objective, w.leader_above, w.team)
    return make_given(w.objective, w.team, w.member)


def decided(w: Any) -> Any:
    meeting = checkins.open_review(team=w.team, cycle=w.cycle, by=w.leader, now=NOW)
    decision = checkins.note_decision(
        meeting, key_result=w.key_result, what="Ask the bank", who=w.member, by_when=TODAY,
        by=w.leader, now=NOW,
    )  # fmt: skip
    checkins.end_review(meeting, by=w.leader, now=NOW)
    return decision


def asked_to_report(w: Any) -> Any:
    delivery = Team.objects.get(slug="delivery")
    return objectives.ask_to_report(
        w.key_result, team=delivery, word="You see it first.", by=w.leader, now=NOW
    )


ROWS: dict[str, Row] = {
    "input asked": Row(
        opened, {"neighbour"}, "Ines Kaya asks for your input", "Give input",
        lambda w, made: objectives.give_input(made, unclear="Which?", by=w.neighbour, now=NOW),
    ),
    "input to answer": Row(
        given, {"leader"}, "1 input to answer", "Answer",
        lambda w, made: objectives.answer_input(
            made, answer="adopted", answer_text="Yes.", by=w.leader, now=NOW
        ),
    ),
    "commitment": Row(
        opened, {"leader"}, "Input has closed: commit, or ask again", "Look at it",
        lambda w, made: objectives.withdraw(
            made, reason="We know better.", by=w.leader_above, now=NOW
        ),
        on=TODAY + timedelta(days=5),
    ),
    "help to answer": Row(
        lambda w: make_asked(w.team, w.member, w.leader_above), {"leader_above"},
        "Tom Richter (Checkout) asks you for help", "Answer",
        lambda w, made: checkins.answer_help(made, answer="Yes.", by=w.leader_above, now=NOW),
    ),
    "objection to answer": Row(
        objected, {"member", "leader"}, "Mara Petersen objects to “Shopping-cart reminder”",
        "Answer",
        lambda w, made: initiatives.meet_objection(made, text="Changed.", by=w.member, now=NOW),
    ),
    "decision to carry out": Row(
        decided, {"member"}, "Ask the bank", "Mark as done",
        lambda w, made: checkins.finish_decision(made, by=w.member, now=NOW),
    ),
    "suggestion to take over or decline": Row(
        suggested, {"member", "leader"}, "Karim Haddad suggests “Parcel lockers”", "Look at it",
        lambda w, made: initiatives.decline(made, word="We tried.", by=w.member, now=NOW),
    ),
    "pause that is over": Row(
        paused, {"member", "leader"}, "“Shopping-cart reminder” was paused until now",
        "Look at it",
        lambda w, made: initiatives.resume(made, by=w.member, now=at(DUE)), on=DUE,
    ),
    "stop mark to answer": Row(
        lambda w: w.active.kill_criteria.get(), {"member", "leader"},
        "Kill “Shopping-cart reminder” or go on?", "Answer",
        lambda w, made: initiatives.go_on(
            made, because="It is close.", is_reached=True, by=w.member, now=at(DUE)
        ),
        on=DUE,
    ),
    "verdict to give": Row(
        lambda w: w.active.links.get(), {"member", "leader"},
        "Did “Shopping-cart reminder” move it?", "Give the verdict",
        lambda w, made: initiatives.give_verdict(
            made, kind="less", evidence="A point at most.", by=w.member, now=at(DUE)
        ),
        on=DUE,
    ),
    "backbrief to give": Row(
        lambda w: make_briefing(w.objective, w.leader_above, w.team), {"member", "leader"},
        "Checkout: give your backbrief", "Write it",
        lambda w, made: make_given(w.objective, w.team, w.member),
    ),
    "backbrief to answer": Row(
        backbriefed, {"leader"}, "Checkout has given its backbrief", "Answer",
        lambda w, made: alignment.accept_backbrief(made, by=w.leader_above, now=NOW),
    ),
    "contribution asked": Row(
        lambda w: make_request(w.team, w.other_team, w.objective, w.leader), {"neighbour"},
        "Checkout asks Delivery for a contribution", "Answer",
        lambda w, made: alignment.decline_contribution(
            made, reason="No time.", by=w.neighbour, now=NOW
        ),
    ),
    "pulse": Row(
        lambda w: make_open(w.administrator), {"member", "leader", "leader_above", "neighbour"},
        "the pulse, four short questions", "Answer",
        lambda w, made: alignment.close_pulse(made, by=w.administrator, now=NOW),
    ),
    "key result to report": Row(
        lambda w: asked_to_report(w), {"neighbour"},
        "Ines Kaya asks Delivery to report a key result", "Answer",
        lambda w, made: objectives.accept_report(made, by=w.neighbour, now=NOW),
    ),
    "goal abandoned": Row(
        abandoned, {"member", "leader"}, "“Shopping-cart reminder”: its goal was abandoned",
        "Decide",
        lambda w, made: initiatives.kill(
            made, reason="goal-gone", learning="We were late.", by=w.member, now=NOW
        ),
    ),
    "review to write": Row(
        lambda w: w.objective, {"leader"}, "Review and close", "Review",
        lambda w, made: reviewed(w), on=OVER,
    ),
    "look-back to write": Row(
        lambda w: w.team, {"member", "leader"}, "Checkout: look back on Fourth quarter 2026",
        "Look back",
        lambda w, made: objectives.look_back(
            made, cycle=w.cycle, helped="The mails.", differently="Ask first.", learnt="A lot.",
            by=w.member, now=at(OVER),
        ),
        on=OVER,
    ),
    "initiatives that outlived their goals": Row(
        lambda w: w.active, {"member", "leader"}, "Checkout: 1 initiative has outlived its goal",
        "Decide",
        lambda w, made: initiatives.finish(
            made, delivered="It is live.", by=w.member, now=at(OVER)
        ),
        on=OVER,
    ),
}  # fmt: skip


def reviewed(w: Any) -> None:
    remarks = {key_result.pk: "It was close." for key_result in w.objective.key_results.all()}
    objectives.review(
        w.objective, learnt="A lot.", what_next="done", remarks=remarks, by=w.leader,
        now=at(OVER),
    )  # fmt: skip
    w.objective.refresh_from_db()
    objectives.close(w.objective, by=w.leader, now=at(OVER))


@pytest.fixture
def world(
    team, other_team, cycle, objective, key_result, member, leader, leader_above, neighbour,
    observer, administrator,
):  # fmt: skip
    return SimpleNamespace(
        team=team, other_team=other_team, cycle=cycle, objective=objective,
        key_result=key_result, member=member,
        leader=leader, leader_above=leader_above, neighbour=neighbour, observer=observer,
        administrator=administrator, active=make_active(team, member, key_result),
    )  # fmt: skip


def waits_for(name: str, world: Any, on: date) -> set[str]:
    [kind] = [kind for kind in KINDS if kind.name == name]
    people = {who: User.objects.get(pk=getattr(world, who).pk) for who in CAST}
    return {
        who
        for who, person in people.items()
        if gather(Whose(person, today=on, cycle=world.cycle), [kind])
    }


def test_two_teams_of_one_person_that_both_owe_an_answer_are_two_lines(world, visit):
    grant("belong_to_team", world.member, world.other_team)
    make_briefing(world.objective, world.leader_above, world.team, world.other_team)
    page = text_of(visit(world.member).get("/"))
    assert "Checkout: give your backbrief" in page
    assert "Delivery: give your backbrief" in page
    make_given(world.objective, world.team, world.member)
    page = text_of(visit(world.member).get("/"))
    assert "Checkout: give your backbrief" not in page
    assert "Delivery: give your backbrief" in page


def test_every_kind_has_a_row():
    assert ROWS.keys() == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", ROWS)
def test_it_waits_for_those_concerned_and_is_gone_with_the_deed(world, visit, name):
    row = ROWS[name]
    made = row.make(world)
    assert waits_for(name, world, row.on) == row.whom
    with time_machine.travel(at(row.on), tick=False):
        for who in CAST:
            page = text_of(visit(getattr(world, who)).get("/"))
            assert (row.says in page) is (who in row.whom)
            if who in row.whom:
                assert f"{row.verb} : {row.says}" in page or f"{row.verb} :" in page
    row.deed(world, made)
    assert waits_for(name, world, row.on) == set()


def test_all_kinds_are_asked_in_one_query(world, django_assert_num_queries):
    person = User.objects.get(pk=world.leader.pk)
    assert person.standing
    with django_assert_num_queries(1):
        gather(Whose(person, today=TODAY, cycle=world.cycle))
