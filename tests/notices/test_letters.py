"""Every kind of mail that actions put is told, in its reader's language, and once."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from apps.alignment import actions as alignment
from apps.checkins import actions as checkins
from apps.checkins.models import HelpRequest
from apps.initiatives import actions as initiatives
from apps.initiatives.actions import Aim
from apps.notices.letters import KINDS
from apps.objectives import actions as objectives
from apps.objectives.models import Objective
from apps.organisation import actions as organisation
from apps.organisation.models import OutboxMessage, Team, User
from tests.alignment.intent import make_briefing, make_given, make_request
from tests.alignment.making import make_open
from tests.checkins.making import make_asked
from tests.factories import NOW, TODAY
from tests.initiatives.making import make_proposed
from tests.initiatives.objecting import make_constraint, make_objection
from tests.notices.making import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_for_input(team, cycle, leader, key_result):
    objective = objectives.draft(
        team=team, cycle=cycle, title="Make sending back easy", why="It matters.", by=leader,
        now=NOW,
    )  # fmt: skip
    objectives.open_for_input(
        objective, until=TODAY + timedelta(days=4), by=leader, now=NOW, wants_key_results=True
    )
    return objective


def help_asked(cast):
    checkins.ask_for_help(
        team=cast["team"], text="A decision on <guests>", asked=cast["leader_above"],
        by_when=TODAY, by=cast["member"], now=NOW,
    )  # fmt: skip


def help_answered(cast):
    help_asked(cast)
    deliver()
    asked = HelpRequest.objects.get()
    checkins.answer_help(asked, answer="Yes.", by=cast["leader_above"], now=NOW)


def input_asked(cast):
    objectives.ask(cast["objective"], people=[cast["neighbour"]], by=cast["leader"], now=NOW)


def input_answered(cast):
    given = objectives.give_input(
        cast["objective"], unclear="Which parcels?", by=cast["neighbour"], now=NOW
    )
    objectives.answer_input(
        given, answer="partly", answer_text="Only the large ones.", by=cast["leader"], now=NOW
    )


def goal_amended(cast):
    objectives.amend_target(
        cast["key_result"], target=Decimal(66), reason="It came early.", by=cast["leader_above"],
        now=NOW,
    )  # fmt: skip


def suggested(cast):
    return initiatives.suggest(
        team=cast["team"], title="Parcel lockers", by=cast["neighbour"], now=NOW,
        aims=[Aim(cast["key_result"], 2, date(2026, 12, 4))],
    )  # fmt: skip


def suggestion_taken_over(cast):
    initiatives.take_over(suggested(cast), word="We try it.", by=cast["member"], now=NOW)


def suggestion_declined(cast):
    initiatives.decline(suggested(cast), word="We tried it.", by=cast["member"], now=NOW)


def member_added(cast):
    organisation.add_member(
        cast["team"], person=cast["neighbour"], by=cast["leader_above"], now=NOW
    )


def gone(cast):
    """Whoever proposed and leads an initiative, and owns an objective."""
    organisation.appoint_leader(
        cast["team"], person=cast["neighbour"], by=cast["administrator"], now=NOW
    )
    bet = make_proposed(cast["team"], cast["leader"], cast["key_result"], title="Guest checkout")
    organisation.deactivate_person(cast["leader"], by=cast["administrator"], now=NOW)
    return bet


def initiative_handed_over(cast):
    initiatives.hand_over(gone(cast), to=cast["member"], by=cast["administrator"], now=NOW)


def objective_handed_over(cast):
    gone(cast)
    objective = Objective.objects.get(pk=cast["objective"].pk)
    objectives.hand_over(objective, to=cast["neighbour"], by=cast["administrator"], now=NOW)


def objection_raised(cast):
    initiative = make_proposed(cast["team"], cast["member"], cast["key_result"])
    constraint = make_constraint(cast["leader"], objective=cast["key_result"].objective)
    return make_objection(initiative, constraint, cast["leader_above"])


def objection_answered(cast):
    objection = objection_raised(cast)
    initiatives.answer_objection(objection, text="It stays here.", by=cast["member"], now=NOW)


def briefing_issued(cast):
    return make_briefing(cast["key_result"].objective, cast["leader_above"])


def backbrief_given(cast):
    briefing_issued(cast)
    return make_given(cast["key_result"].objective, cast["team"], cast["member"])


def backbrief_accepted(cast):
    alignment.accept_backbrief(backbrief_given(cast), by=cast["leader_above"], now=NOW)


def backbrief_returned(cast):
    given = backbrief_given(cast)
    alignment.return_backbrief(given, comment="Fewer calls.", by=cast["leader_above"], now=NOW)


def contribution_asked(cast):
    neighbours = Team.objects.get(slug="delivery")
    return make_request(neighbours, cast["team"], cast["key_result"], cast["neighbour"])


def contribution_answered(cast):
    asked = contribution_asked(cast)
    alignment.decline_contribution(asked, reason="Not now.", by=cast["member"], now=NOW)


def report_asked(cast):
    delivery = Team.objects.get(slug="delivery")
    return objectives.ask_to_report(
        cast["key_result"], team=delivery, word="You see it first.", by=cast["leader"], now=NOW
    )


def report_answered(cast):
    asked = report_asked(cast)
    objectives.decline_report(asked, answer="We count parcels.", by=cast["neighbour"], now=NOW)


def pulse_asked(cast):
    make_open(cast["administrator"])


def meeting_ended(cast):
    meeting = checkins.open_review(
        team=cast["team"], cycle=cast["key_result"].objective.cycle, by=cast["leader"], now=NOW
    )
    checkins.note_decision(
        meeting, key_result=cast["key_result"], what="Ask the bank.", who=cast["member"],
        by_when=TODAY, by=cast["leader"], now=NOW,
    )  # fmt: skip
    checkins.end_review(meeting, by=cast["leader"], now=NOW)


KINDS_OF_MAIL = {
    "review.decisions": (
        meeting_ended,
        {
            "member": "Decided in the review meeting of Checkout",
            "leader": "Decided in the review meeting of Checkout",
        },
        "Tom Richter, by Friday, 20 November",
    ),
    "help.asked": (
        help_asked, {"leader_above": "Tom Richter (Checkout) asks you for help by"},
        "“A decision on <guests>”",
    ),
    "help.answered": (
        help_answered, {"member": "Mara Petersen answers your request for help"}, "“Yes.”",
    ),
    "input.asked": (
        input_asked, {"neighbour": "Ines Kaya asks for your input: Make sending back easy"},
        "Input is open until Tuesday, 24 November.",
    ),
    "input.answered": (
        input_answered, {"neighbour": "Ines Kaya answers your input: Make sending back easy"},
        "Partly: “Only the large ones.”",
    ),
    "goal.amended": (
        goal_amended,
        {
            "leader": "Mara Petersen amends Checkout conversion rate",
            "member": "Mara Petersen amends Checkout conversion rate",
        },
        "The reason: “It came early.”",
    ),
    "initiative.taken_over": (
        suggestion_taken_over, {"neighbour": "Checkout takes up your suggestion: Parcel lockers"},
        "Tom Richter says: “We try it.”",
    ),
    "initiative.declined": (
        suggestion_declined, {"neighbour": "Checkout declines your suggestion: Parcel lockers"},
        "Tom Richter says: “We tried it.”",
    ),
    "objection.raised": (
        objection_raised,
        dict.fromkeys(
            ("leader", "member"), "Mara Petersen objects to “Shopping-cart reminder”"
        ),
        "The constraint: No customer data leaves the Union",
    ),
    "objection.answered": (
        objection_answered,
        {"leader_above": "Checkout answers your objection to “Shopping-cart reminder”"},
        "Tom Richter says: “It stays here.”",
    ),
    "briefing.issued": (
        briefing_issued,
        {"leader": "Mara Petersen briefs you on “Create a world-class checkout experience”"},
        "Make paying easy, in order that",
    ),
    "backbrief.given": (
        backbrief_given,
        {"leader": "Checkout has given its backbrief to “Create a world-class checkout"},
        "They understood: “Guests first, on phones first.”",
    ),
    "backbrief.accepted": (
        backbrief_accepted, {"member": "Mara Petersen accepts your backbrief to “Create"},
        "Yes, that is what I meant.",
    ),
    "backbrief.returned": (
        backbrief_returned, {"member": "Mara Petersen returns your backbrief to “Create"},
        "Mara Petersen says: “Fewer calls.”",
    ),
    "contribution.asked": (
        contribution_asked,
        {"leader": "Delivery asks Checkout for a contribution by Friday, 27 November"},
        "Why it matters: “One in three leaves to look for it.”",
    ),
    "contribution.answered": (
        contribution_answered, {"neighbour": "Checkout declines what Delivery asked for"},
        "The answer: “Not now.”",
    ),
    "report.asked": (
        report_asked,
        {"neighbour": "Ines Kaya asks Delivery to report a key result: Checkout conversion rate"},
        "“You see it first.”",
    ),
    "report.answered": (
        report_answered,
        {"leader": "Delivery declines to report: Checkout conversion rate"},
        "The answer: “We count parcels.”",
    ),
    "pulse.asked": (
        pulse_asked,
        dict.fromkeys(
            ("leader", "member", "leader_above", "neighbour"),
            "Four short questions, until Friday, 27 November",
        ),
        "Nobody sees what you answer",
    ),
    "initiative.handed_over": (
        initiative_handed_over, {"member": "You lead an initiative now: Guest checkout"},
        "Whoever led it has left.",
    ),
    "objective.handed_over": (
        objective_handed_over, {"neighbour": "You own an objective now: Make sending back easy"},
        "Whoever owned it has left.",
    ),
    "member.added": (
        member_added,
        {
            "neighbour": "Mara Petersen has added you to Checkout",
            "leader": "Mara Petersen has added Karim Haddad to Checkout",
            "member": "Mara Petersen has added Karim Haddad to Checkout",
        },
        "Its goals, its initiatives and its check-ins stand on its page.",
    ),
}  # fmt: skip
# Tested with what makes them due: test_reminders.py, test_digests.py, test_due_means.py, and at
# the door.
ELSEWHERE = {"password.forgotten", "password.unknown", "check_in.reminder", "digest", "due.means",
             "invitation"}  # fmt: skip


@pytest.fixture
def cast(team, leader, member, leader_above, neighbour, administrator, open_for_input, key_result):
    return {
        "team": team, "leader": leader, "member": member, "leader_above": leader_above,
        "administrator": administrator,
        "neighbour": neighbour, "objective": open_for_input, "key_result": key_result,
    }  # fmt: skip


def put_anywhere() -> set[str]:
    """As the actions write it down."""
    written = [path.read_text() for path in Path(settings.BASE_DIR, "apps").rglob("*.py")]
    put = re.findall(r"outbox\.put\(\s*\"([a-z_.]+)\"", " ".join(written))
    return {*put, *re.findall(r"_put\(\"([a-z_.]+)\"", " ".join(written))}


def test_every_kind_that_is_put_is_told_and_tested():
    assert put_anywhere() <= KINDS.keys()
    assert KINDS_OF_MAIL.keys() | ELSEWHERE == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS_OF_MAIL)
def test_a_mail_goes_once_and_to_exactly_those_concerned(cast, kind):
    act, to, says = KINDS_OF_MAIL[kind]
    act(cast)
    mails = [mail for mail in deliver() if mail.subject.startswith(tuple(to.values()))]
    assert sorted(mail.to[0] for mail in mails) == sorted(cast[who].email for who in to)
    assert all(says in mail.body for mail in mails)
    assert deliver() == []


@pytest.mark.parametrize("kind", KINDS_OF_MAIL)
def test_a_mail_is_small_leads_here_and_can_be_stopped(cast, kind):
    KINDS_OF_MAIL[kind][0](cast)
    for mail in deliver():
        whole = mail.message().as_bytes()
        assert len(whole) < 6_000
        html = mail.alternatives[0].content
        assert "<img" not in html
        assert "style" not in html
        assert "<guests>" not in html
        for link in re.findall(r"https?://[^\s\"<>]+", mail.body + html):
            assert link.startswith("http://127.0.0.1:8000/")
        assert mail.extra_headers["Message-ID"].endswith("@127.0.0.1>")
        assert mail.extra_headers["List-Unsubscribe"].strip("<>") in mail.body
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_it_speaks_the_language_of_its_reader(cast):
    User.objects.update(language="de")
    help_asked(cast)
    [mail] = deliver()
    assert '<html lang="de">' in mail.alternatives[0].content


def test_what_is_done_meanwhile_is_no_longer_asked_for(cast):
    help_asked(cast)
    checkins.withdraw_help(HelpRequest.objects.get(), by=cast["member"], now=NOW)
    assert deliver() == []
    assert OutboxMessage.objects.get(kind="help.asked").dropped_because == "moot"


def test_whoever_has_gone_gets_no_more_mail(cast):
    help_asked(cast)
    User.objects.filter(pk=cast["leader_above"].pk).update(is_active=False)
    assert deliver() == []
    assert OutboxMessage.objects.get(kind="help.asked").dropped_because == "closed"


def test_a_line_break_in_a_name_begins_no_header(cast):
    type(cast["team"]).objects.update(name="Checkout\r\nBcc: everyone@example.org")
    help_asked(cast)
    [mail] = deliver()
    assert mail.message()["Bcc"] is None
    assert "Checkout Bcc: everyone@example.org" in mail.subject
    _first, *folded = mail.message()["Subject"].splitlines()
    assert all(line.startswith(" ") for line in folded)


def test_input_is_asked_anew_when_it_opens_anew_and_not_when_it_stays_open_longer(cast):
    input_asked(cast)
    assert len(deliver()) == 1
    objective, leader = cast["objective"], cast["leader"]
    objectives.ask(objective, people=[], until=TODAY + timedelta(days=9), by=leader, now=NOW)
    assert deliver() == []
    objectives.back_to_draft(objective, by=leader, now=NOW)
    until = TODAY + timedelta(days=12)
    objectives.open_for_input(objective, until=until, by=leader, now=NOW, wants_key_results=True)
    assert [mail.to for mail in deliver()] == [[cast["neighbour"].email]]


def test_what_a_newer_version_put_there_waits_and_holds_up_nothing(team, member, leader):
    unknown = OutboxMessage.objects.create(kind="of.tomorrow", person=leader, thing="a", put_at=NOW)
    make_asked(team, member, leader)
    assert [sent.to for sent in deliver()] == [[leader.email]]
    unknown.refresh_from_db()
    assert (unknown.tries, unknown.sent_at, unknown.dropped_at) == (0, None, None)


def test_a_clock_that_goes_back_sends_nothing_twice(team, member, leader):
    make_asked(team, member, leader)
    assert len(deliver(NOW + timedelta(days=2))) == 1
    assert deliver(NOW) == deliver(NOW + timedelta(days=3)) == []
