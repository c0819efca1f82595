"""A small organisation with one of everything, made by the same actions as the pages use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives

from apps.alignment import actions as alignment
from apps.alignment import pulse_links
from apps.alignment.models import Backbrief, Contribution, ContributionRequest, PulseRound
from apps.checkins import actions as checkins
from apps.exchange import actions as exchange
from apps.exchange import layout, rows, writer
from apps.exchange import unblend_actions as unblending
from apps.exchange.unblended import UnblendedList
from apps.initiatives.actions import Aim, Stop
from apps.notices.folder import EmailBackend, Stored, newest
from apps.objectives import actions as objectives
from apps.objectives.models import (
    Constraint,
    Cycle,
    Input,
    KeyResult,
    Measurement,
    Objective,
    ReportRequest,
)
from apps.organisation import invitation_actions as invitations
from apps.organisation.invited import Invitation
from apps.organisation.models import Organisation, Team, User
from tests.checkins.making import LAST_WEEK, WEEK, make_sent
from tests.factories import (
    NOW,
    TODAY,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    OrganisationFactory,
    TeamFactory,
    UserFactory,
)
from tests.initiatives.making import make_active, make_paused, make_proposed, make_suggested
from tests.initiatives.objecting import make_constraint, make_objection

SIGNED_OUT = "signed_out"
BLENDED = """Objective: Create a world-class checkout experience
Raise conversion from 52 % to 65 %
Build a cart reminder"""
CAST = (
    "member", "leader", "leader_above", "neighbour", "observer", "administrator", "deactivated",
    SIGNED_OUT,
)  # fmt: skip
SIGNED_IN = frozenset(CAST) - {"deactivated", SIGNED_OUT}


@dataclass
class World:
    organisation: Organisation
    cycle: Cycle
    planned_cycle: Cycle
    awaited_cycle: Cycle
    past_cycle: Cycle
    root: Team
    team: Team
    other_team: Team
    empty_team: Team
    people: dict[str, User]
    bystander: User
    draft: Objective
    bare_draft: Objective
    ready: Objective
    open: Objective
    committed: Objective
    input: Input
    drafted_key_result: KeyResult
    key_result: KeyResult
    promised_key_result: KeyResult
    other_key_result: KeyResult
    measurement: Measurement
    constraint: Constraint
    foreign_constraint: Constraint
    objection: Any
    proposed: Any
    suggested: Any
    active: Any
    paused: Any
    other_initiative: Any
    due_stop: Any
    due_link: Any
    help: Any
    pasted: Any
    unblended: Any
    prepared: Any
    meeting: Any
    decision: Any
    imported: Objective
    imported_key_result: KeyResult
    ended: Objective
    reviewed: Objective
    pulse_round: PulseRound
    pulse_token: str
    invitation: Invitation
    mail: Stored
    other_administrator: User
    briefed: Objective
    backbrief: Backbrief
    contribution: Contribution
    request: ContributionRequest
    report_request: ReportRequest
    week: date = WEEK
    last_week: date = LAST_WEEK


def a_list() -> bytes:
    """One that can be imported."""
    return writer.as_csv(layout.OKRS, rows.SAMPLE)


def build() -> World:
    organisation = OrganisationFactory()
    cycle = CycleFactory()
    root = TeamFactory(name="Lindenmarkt", slug="lindenmarkt", parent=None)
    area = TeamFactory(name="Shop", slug="shop", parent=root)
    team = TeamFactory(name="Checkout", slug="checkout", parent=area)
    other_team = TeamFactory(
        name="Delivery", slug="delivery", parent=TeamFactory(name="Fulfilment", parent=root)
    )
    people = {
        "member": UserFactory(name="Tom Richter", works_in=team),
        "leader": UserFactory(name="Ines Kaya", leads=team),
        "leader_above": UserFactory(name="Mara Petersen", leads=root),
        "neighbour": UserFactory(name="Karim Haddad", leads=other_team),
        "observer": UserFactory(name="Otto Brandt", observes=team),
        "administrator": UserFactory(name="Hanna Weiss", is_administrator=True),
        "deactivated": UserFactory(name="Gone Away", works_in=team, is_active=False),
    }
    leader, member, neighbour = people["leader"], people["member"], people["neighbour"]

    def draft(title: str, where: Team = team, by: User = leader) -> Objective:
        return objectives.draft(
            team=where, cycle=cycle, title=title, why="It matters.", by=by, now=NOW
        )

    def measurable(objective: Objective, **fields: Any) -> KeyResult:
        return KeyResultFactory(objective=objective, team=objective.team, **fields)

    drafted, bare = draft("A draft"), draft("A draft without key results")
    drafted_key_result = measurable(drafted)
    ready, opened = draft("Ready to be committed"), draft("Open for input")
    for objective in [ready, opened]:
        measurable(objective)
        objectives.open_for_input(objective, until=TODAY, by=leader, now=NOW, people=[member])
    given = objectives.give_input(opened, by=neighbour, now=NOW, unclear="Which customers?")
    committed = ObjectiveFactory(team=team, cycle=cycle, owner=leader, title="A committed goal")
    key_result = measurable(committed, title="Checkout conversion rate")
    other_key_result = measurable(
        ObjectiveFactory(team=other_team, cycle=cycle, owner=neighbour), title="On time"
    )

    imported = ObjectiveFactory(
        team=team, cycle=cycle, owner=None, why="", is_imported=True, title="From a list",
        committed_by=people["administrator"], committed_at=NOW,
    )  # fmt: skip

    def paste(text: str) -> UnblendedList:
        return unblending.paste(team=team, cycle=cycle, text=text, by=leader, now=NOW)

    unblended = paste(BLENDED)
    unblending.create(unblended, by=leader, now=NOW)
    pulse_round = alignment.open_pulse(
        until=date(2026, 11, 27), by=people["administrator"], now=NOW
    )
    due = make_active(
        team, member, key_result, title="Its day has come",
        aims=[Aim(key_result, 2, TODAY)], stops=[Stop("Mails that are opened", TODAY, limit="20%")],
    )  # fmt: skip
    sent = make_sent(key_result, member, week=LAST_WEEK, value="55.5")
    meeting = checkins.open_review(team=team, cycle=cycle, by=leader, now=NOW)
    decision = checkins.note_decision(
        meeting,
        key_result=key_result,
        what="Ask the bank.",
        who=member,
        by_when=TODAY,
        by=leader,
        now=NOW,
    )
    constraint = make_constraint(leader, objective=committed)
    active = make_active(team, member, key_result, title="Amazon sign-in")

    past_cycle = CycleFactory(
        slug="past", name="Past", state="reviewing", starts=date(2026, 6, 1),
        ends=date(2026, 9, 30),
    )  # fmt: skip
    ended, reviewed = [
        ObjectiveFactory(team=team, cycle=past_cycle, owner=leader, title=title)
        for title in ["Ended", "Ended and reviewed"]
    ]
    measurable(ended, title="Of a cycle that is over")
    objectives.review(
        reviewed, learnt="It takes longer.", what_next="done", remarks={}, by=leader, now=NOW
    )

    briefed = ObjectiveFactory(
        team=root, cycle=cycle, owner=people["leader_above"], title="A goal with a briefing"
    )
    words = alignment.Words(intent="Pay at once, in order to stay.", teams=[team, other_team])
    alignment.issue_briefing(briefed, words, by=people["leader_above"], now=NOW)

    return World(
        organisation=organisation,
        cycle=cycle,
        planned_cycle=CycleFactory(slug="planned", name="Planned", state="planned"),
        awaited_cycle=CycleFactory(
            slug="awaited", name="Awaited", state="input", starts=TODAY,
            ends=TODAY + timedelta(days=200),
        ),
        past_cycle=past_cycle,
        root=root,
        team=team,
        other_team=other_team,
        empty_team=TeamFactory(name="Empty", slug="empty", parent=area),
        people=people,
        bystander=UserFactory(name="Aylin Sommer", email="aylin@example.org"),
        draft=drafted,
        bare_draft=bare,
        ready=ready,
        open=opened,
        committed=committed,
        input=given,
        drafted_key_result=drafted_key_result,
        key_result=key_result,
        promised_key_result=measurable(
            committed, title="Promised", baseline=None, baseline_by=date(2026, 11, 30)
        ),
        other_key_result=other_key_result,
        measurement=sent.key_results.get().measurement,
        constraint=constraint,
        foreign_constraint=make_constraint(neighbour, team=other_team, sentence="Elsewhere"),
        objection=make_objection(active, constraint, people["leader_above"]),
        proposed=make_proposed(team, member, key_result),
        suggested=make_suggested(team, neighbour, key_result),
        active=active,
        paused=make_paused(team, member, key_result, title="A shorter form"),
        other_initiative=make_active(other_team, neighbour, other_key_result, title="Lockers"),
        due_stop=due.kill_criteria.get(),
        due_link=due.links.get(),
        help=checkins.ask_for_help(
            team=team, text="A decision on guests", asked=people["leader_above"],
            by_when=date(2026, 11, 27), by=member, now=NOW,
        ),
        pasted=paste(BLENDED),
        unblended=unblended,
        prepared=exchange.prepare_import(
            {"okrs": ("okrs.csv", a_list())}, by=people["administrator"], now=NOW
        ),
        meeting=meeting,
        decision=decision,
        imported=imported,
        imported_key_result=measurable(
            imported, title="Of a list", kind="", unit="", baseline=None, target=None
        ),
        briefed=briefed,
        backbrief=alignment.give_backbrief(
            briefed, other_team, understood="Deliver what was promised.", by=neighbour, now=NOW
        ),
        contribution=alignment.contribute(
            committed, goal=briefed, how="Most leave at the checkout.", by=leader, now=NOW
        ),
        request=alignment.ask_for_contribution(
            team=other_team, asked_team=team, goal=other_key_result, what="The delivery day",
            why="Late parcels.", by_when=date(2026, 11, 27), by=neighbour, now=NOW,
        ),
        report_request=objectives.ask_to_report(
            other_key_result, team=team, word="You see it first.", by=neighbour, now=NOW
        ),
        ended=ended,
        reviewed=reviewed,
        pulse_round=pulse_round,
        pulse_token=pulse_links.token(pulse_round.asked.get(person=member)),
        mail=land_mail(),
        invitation=invitations.invite(
            emails=["miro@example.org"], role="member", team=team, by=leader, now=NOW
        )[0],
        other_administrator=UserFactory(name="Bea Roth", is_administrator=True),
    )  # fmt: skip


def land_mail() -> Stored:
    """As the worker of the demo does it."""
    mail = EmailMultiAlternatives(
        "Tom Richter asks you for help", "Answer:", to=["mara@example.org"]
    )
    mail.attach_alternative("<!doctype html><title>Help</title><p>Answer</p>", "text/html")
    EmailBackend().send_messages([mail])
    return newest()[0]
