"""Every address there is: how to make one, who reads it, who sends its form, and with what.

Written down by hand, beside the permission table and not from it. An address that is not
listed here fails the walk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.alignment.models import PulseRound
from apps.dashboards.handing_over import hands_of
from apps.notices.models import Topic
from apps.notices.stopping import link_to_stop
from tests.everywhere.world import BLENDED, SIGNED_IN, World, a_list

NOBODY: frozenset[str] = frozenset()
TEAM = frozenset({"member", "leader"})
LEADERSHIP = frozenset({"leader", "leader_above"})
ADMINISTRATOR = frozenset({"administrator"})
ABOVE = frozenset({"leader_above"})

Typed = dict[str, Any]


@dataclass
class Address:
    name: str
    args: Callable[[World], list[Any]] = lambda w: []
    get: frozenset[str] = SIGNED_IN
    post: frozenset[str] = NOBODY  # empty: there is no form, and a POST is no method of it
    typed: Callable[[World], Typed] = lambda w: {}
    query: Callable[[World], str] = lambda w: ""
    hidden: bool = False  # whoever may not see it at all is told that it does not exist
    sees: frozenset[str] = SIGNED_IN  # those who are not told so
    leads_on: frozenset[str] = NOBODY  # whose GET is answered by another page
    open_door: bool = False  # answers without a session
    only_post: bool = False
    most_queries: int = 12
    is_file: bool = False  # to take away, not to look at
    is_part: bool = False  # a component that htmx asks for, never a page
    own_row: bool = False  # changes nothing but the row of whoever is signed in
    no_key: bool = False  # a form that carries no one-time key, for a reason said in its view
    foreign: list[Callable[[World], Typed]] = field(default_factory=list)

    def url(self, world: World) -> str:
        return reverse(self.name, args=self.args(world)) + self.query(world)


def page(name: str, args: Callable[[World], list[Any]] = lambda w: [], **more: Any) -> Address:
    return Address(name, args, **more)


def step(
    name: str, args: Callable[[World], list[Any]], who: frozenset[str],
    typed: Callable[[World], Typed] = lambda w: {}, **more: Any,
) -> Address:  # fmt: skip
    return Address(name, args, get=who, post=who, typed=typed, **more)


def door(name: str, args: Callable[[World], list[Any]] = lambda w: [], **more: Any) -> Address:
    return Address(name, args, open_door=True, **more)


KEY_RESULT = {
    "title": "Satisfaction", "kind": "increase", "unit": "%", "baseline": "5", "target": "8",
    "ambition": "committed", "decimals": "1",
}  # fmt: skip

DOOR = [
    door("account_login"),
    door("account_logout"),
    door("account_reset_password"),
    door("account_reset_password_done"),
    door("account_reset_password_from_key", lambda w: ["1", "x-y"]),
    door("account_reset_password_from_key_done"),
    door(
        "organisation:accept_invitation",
        lambda w: [w.invitation.link.rstrip("/").rpartition("/")[2]],
    ),
]


def hand_over(world: World, to: Any = "nobody") -> Typed:
    """Of everything that the team's leader has in hand."""
    leader, administrator = world.people["leader"], world.people["administrator"]
    names = hands_of(leader, seen_by=administrator).names
    return dict.fromkeys(names, to)


ORGANISATION = [
    Address("account_change_password", post=SIGNED_IN, no_key=True, own_row=True),
    Address(
        "organisation:profile", post=SIGNED_IN, own_row=True,
        typed=lambda w: {"name": "Another name"},
    ),
    page("organisation:people"),
    step(
        "organisation:set_organisation", lambda w: [], ADMINISTRATOR,
        lambda w: {"name": "Lindenmarkt Gruppe"},
    ),
    step(
        "organisation:create_team", lambda w: [w.team.slug], ADMINISTRATOR,
        lambda w: {"name": "New"},
    ),
    step(
        "organisation:rename_team", lambda w: [w.team.slug], ADMINISTRATOR,
        lambda w: {"name": "Till"},
    ),
    step(
        "organisation:set_rhythm", lambda w: [w.team.slug], TEAM,
        lambda w: {
            "decides_alone": "Every colour.", "active_limit": "3", "rhythm": "two-weeks",
        },
    ),
    step(
        "organisation:move_team", lambda w: [w.team.slug], ADMINISTRATOR,
        query=lambda w: f"?to={w.root.pk}",
    ),
    step("initiatives:archive_team", lambda w: [w.empty_team.slug], ADMINISTRATOR),
    page("organisation:branch", lambda w: [w.team.slug], is_part=True),
    page("organisation:person", lambda w: [w.bystander.pk]),
    step(
        "organisation:invite", lambda w: [], ADMINISTRATOR,
        lambda w: {"emails": "ben@example.org", "role": "administrator"},
    ),
    step(
        "organisation:invite_to_team", lambda w: [w.team.slug], LEADERSHIP | ADMINISTRATOR,
        lambda w: {"emails": "ben@example.org", "role": "member"},
        foreign=[
            lambda w: {"emails": w.bystander.email},
            lambda w: {"emails": w.invitation.email},
            lambda w: {"role": "administrator"},
        ],
    ),
    step(
        "organisation:withdraw_invitation", lambda w: [w.invitation.pk],
        LEADERSHIP | ADMINISTRATOR,
    ),
    step(
        "organisation:send_invitation_again", lambda w: [w.invitation.pk],
        LEADERSHIP | ADMINISTRATOR,
    ),
    step("organisation:appoint_administrator", lambda w: [w.bystander.pk], ADMINISTRATOR),
    step(
        "organisation:dismiss_administrator", lambda w: [w.other_administrator.pk], ADMINISTRATOR
    ),
    step(
        "dashboards:deactivate_person", lambda w: [w.people["leader"].pk], ADMINISTRATOR,
        hand_over,
        foreign=[lambda w: hand_over(w, to=w.people["neighbour"].pk)],
    ),
    step(
        "organisation:erase_person", lambda w: [w.people["deactivated"].pk], ADMINISTRATOR,
        lambda w: {"confirmed": "Gone Away"},
    ),
    step(
        "organisation:add_member", lambda w: [w.team.slug], LEADERSHIP | ADMINISTRATOR,
        lambda w: {"person": w.bystander.email, "role": "member"},
        foreign=[lambda w: {"person": w.people["deactivated"].email}],
    ),
    step(
        "organisation:remove_member", lambda w: [w.team.slug, w.people["observer"].pk],
        LEADERSHIP | ADMINISTRATOR,
    ),
    step(
        "organisation:appoint_leader", lambda w: [w.team.slug], ADMINISTRATOR,
        lambda w: {"person": w.bystander.email},
    ),
    step(
        "organisation:dismiss_leader", lambda w: [w.team.slug, w.people["leader"].pk],
        ADMINISTRATOR,
    ),
]  # fmt: skip

READING = [
    page("dashboards:my_week"),
    page("dashboards:overview"),
    page("dashboards:teams"),
    page("dashboards:matrix"),
    page("dashboards:record", lambda w: [w.team.slug]),
    page("dashboards:team", lambda w: [w.team.slug]),
    page("dashboards:objective", lambda w: [w.committed.pk, "a-committed-goal"]),
    page("dashboards:blend", lambda w: [w.committed.pk]),
    page("dashboards:key_result", lambda w: [w.key_result.pk, "any-words"]),
    page("initiatives:learnings"),
    page("initiatives:team_learnings", lambda w: [w.team.slug]),
    page("initiatives:figures"),
    page("initiatives:team_figures", lambda w: [w.team.slug]),
    page(
        "initiatives:beside",
        lambda w: [w.team.slug],
        is_part=True,
        query=lambda w: "?title=A+shorter+form",
    ),
    page("initiatives:board", lambda w: [w.team.slug]),
    page("initiatives:initiative", lambda w: [w.active.pk, "any-words"]),
    page("checkins:help", lambda w: [w.help.pk]),
    page("dashboards:reviews"),
    page("dashboards:review", lambda w: [w.meeting.pk]),
    page("checkins:history", lambda w: [w.team.slug]),
    page("checkins:sent", lambda w: [w.team.slug, w.last_week]),
    page("checkins:now", lambda w: [w.team.slug], leads_on=SIGNED_IN),
    page("checkins:watch", lambda w: [w.team.slug, w.week], get=TEAM, leads_on=TEAM),
]

NEXT_YEAR = {"name": "Next year", "starts": "2027-01-04", "ends": "2027-12-31"}

CYCLES = [
    page("objectives:forecasts"),
    page("objectives:cycles"),
    step("objectives:create_cycle", lambda w: [], ADMINISTRATOR, lambda w: NEXT_YEAR),
    step(
        "objectives:edit_cycle", lambda w: [w.planned_cycle.slug], ADMINISTRATOR,
        lambda w: NEXT_YEAR,
    ),
    step("objectives:open_input", lambda w: [w.planned_cycle.slug], ADMINISTRATOR),
    step("objectives:start_cycle", lambda w: [w.awaited_cycle.slug], ADMINISTRATOR),
    step("objectives:begin_review", lambda w: [w.cycle.slug], ADMINISTRATOR),
    step("dashboards:close_cycle", lambda w: [w.past_cycle.slug], ADMINISTRATOR),
    page("dashboards:cycle_report", lambda w: [w.past_cycle.slug]),
    page("dashboards:commitment", lambda w: [w.committed.pk]),
    page("dashboards:objective_report", lambda w: [w.reviewed.pk]),
    step(
        "dashboards:look_back", lambda w: [w.team.slug, w.past_cycle.slug], TEAM,
        lambda w: {"helped": "Time.", "differently": "Less.", "learnt": "Mails tire people."},
    ),
]  # fmt: skip

OBJECTIVES = [
    Address(
        "objectives:draft", get=LEADERSHIP | {"neighbour"}, post=LEADERSHIP,
        typed=lambda w: {
            "team": w.team.pk, "cycle": w.cycle.pk, "title": "Another goal", "why": "It matters.",
        },
        query=lambda w: f"?team={w.team.slug}",
        foreign=[lambda w: {"team": w.other_team.pk}],
    ),
    step(
        "objectives:edit", lambda w: [w.draft.pk], LEADERSHIP, lambda w: {"title": "Other words"},
        hidden=True, sees=LEADERSHIP,
        foreign=[lambda w: {"owner": w.people["neighbour"].pk}],
    ),
    step(
        "objectives:open_for_input", lambda w: [w.draft.pk], LEADERSHIP,
        lambda w: {"until": "2026-11-27"}, hidden=True, sees=LEADERSHIP,
    ),
    step(
        "objectives:ask", lambda w: [w.open.pk], LEADERSHIP,
        lambda w: {"people": w.bystander.pk, "until": "2026-11-27"},
        foreign=[lambda w: {"people": w.people["deactivated"].pk}],
    ),
    step("objectives:back_to_draft", lambda w: [w.open.pk], LEADERSHIP),
    step("objectives:withdraw", lambda w: [w.open.pk], LEADERSHIP, lambda w: {"reason": "No."}),
    step(
        "objectives:commit", lambda w: [w.ready.pk], LEADERSHIP,
        lambda w: {"early_reason": "We know enough."},
    ),
    step(
        "objectives:review", lambda w: [w.ended.pk], LEADERSHIP,
        lambda w: {"learnt": "It takes longer.", "what_next": "done"},
        foreign=[lambda w: {"what_next": "nonsense"}],
    ),
    step("objectives:close", lambda w: [w.reviewed.pk], LEADERSHIP),
    step("dashboards:carry_over", lambda w: [w.ended.pk], LEADERSHIP),
    step(
        "objectives:give_input", lambda w: [w.open.pk], SIGNED_IN,
        lambda w: {"unclear": "Which customers?"},
    ),
    step(
        "objectives:answer_input", lambda w: [w.input.pk], LEADERSHIP,
        lambda w: {"answer": "adopted", "answer_text": "Yes."},
    ),
    step("objectives:withdraw_input", lambda w: [w.input.pk], frozenset({"neighbour"})),
    step(
        "objectives:define_key_result", lambda w: [w.draft.pk], LEADERSHIP, lambda w: KEY_RESULT,
        hidden=True, sees=LEADERSHIP,
    ),
    step(
        "objectives:edit_key_result", lambda w: [w.drafted_key_result.pk], LEADERSHIP,
        lambda w: {"title": "Other words"}, hidden=True, sees=LEADERSHIP,
    ),
    step(
        "objectives:remove_key_result", lambda w: [w.drafted_key_result.pk], LEADERSHIP,
        hidden=True, sees=LEADERSHIP,
    ),
    step(
        "objectives:ask_to_report", lambda w: [w.key_result.pk], LEADERSHIP,
        lambda w: {"team": w.other_team.pk, "word": "You see it first."},
        foreign=[lambda w: {"team": w.team.pk}],
    ),
    step("objectives:accept_report", lambda w: [w.report_request.pk], TEAM),
    step(
        "objectives:decline_report", lambda w: [w.report_request.pk], TEAM,
        lambda w: {"answer": "We count something else."},
    ),
    step(
        "objectives:amend_target", lambda w: [w.key_result.pk], LEADERSHIP,
        lambda w: {"target": "64", "change": "target", "reason": "We know more now."},
    ),
    step(
        "objectives:amend_key_result", lambda w: [w.key_result.pk], LEADERSHIP,
        lambda w: {"title": "Other words", "reason": "It was unclear."},
    ),
    step(
        "objectives:drop_key_result", lambda w: [w.key_result.pk], LEADERSHIP,
        lambda w: {"reason": "It can’t be measured."},
    ),
    step(
        "objectives:amend", lambda w: [w.committed.pk], LEADERSHIP,
        lambda w: {"title": "Other words", "reason": "It was unclear."},
    ),
    step(
        "objectives:abandon", lambda w: [w.committed.pk], LEADERSHIP,
        lambda w: {"reason": "The market has gone."},
    ),
    step(
        "objectives:state_baseline", lambda w: [w.promised_key_result.pk], LEADERSHIP,
        lambda w: {"baseline": "52", "reason": "Measured in week 6."},
    ),
    step(
        "objectives:fill_in", lambda w: [w.imported.pk], LEADERSHIP,
        lambda w: {"why": "It matters.", "owner": w.people["leader"].pk},
        foreign=[lambda w: {"owner": w.people["neighbour"].pk}],
    ),
    step(
        "objectives:fill_in_key_result", lambda w: [w.imported_key_result.pk], LEADERSHIP,
        lambda w: {"kind": "increase", "baseline": "5", "target": "8"},
    ),
    step(
        "objectives:measure", lambda w: [w.key_result.pk], TEAM,
        lambda w: {"day": "2026-11-20", "value": "56"},
    ),
    step(
        "objectives:correct", lambda w: [w.measurement.pk], TEAM,
        lambda w: {"value": "55", "reason": "Misread."},
    ),
    step(
        "objectives:set_constraint", lambda w: [w.committed.pk], LEADERSHIP,
        lambda w: {"sentence": "No dark patterns", "reason": "We are fair."},
    ),
    step(
        "objectives:set_team_constraint", lambda w: [w.team.slug], LEADERSHIP,
        lambda w: {"sentence": "No dark patterns", "reason": "We are fair."},
    ),
    step("objectives:lift_constraint", lambda w: [w.constraint.pk], LEADERSHIP),
]  # fmt: skip

BET = {"believe": "people come back", "will": "send one mail", "know_when": "a point more"}

INITIATIVES = [
    step(
        "initiatives:propose", lambda w: [w.team.slug], TEAM,
        lambda w: {"title": "A new bet", "key_result_0": w.key_result.pk},
        foreign=[lambda w: {"key_result_0": w.drafted_key_result.pk}],
    ),
    step(
        "initiatives:suggest", lambda w: [w.team.slug], SIGNED_IN - TEAM,
        lambda w: {"title": "Have you tried this?", "key_result_0": w.key_result.pk},
        leads_on=TEAM,
        foreign=[lambda w: {"key_result_0": w.drafted_key_result.pk}],
    ),
    step(
        "initiatives:edit", lambda w: [w.active.pk], TEAM, lambda w: {"title": "Other words"},
        foreign=[
            lambda w: {"lead": w.people["neighbour"].pk},
            lambda w: {"key_result_1": w.drafted_key_result.pk},
        ],
    ),
    step(
        "initiatives:take_over", lambda w: [w.suggested.pk], TEAM,
        lambda w: {"word": "We will try it on phones first."},
    ),
    step("initiatives:start", lambda w: [w.proposed.pk], TEAM),
    step("initiatives:pause", lambda w: [w.active.pk], TEAM, lambda w: {"reason": "Too much."}),
    step("initiatives:resume", lambda w: [w.paused.pk], TEAM),
    step(
        "initiatives:swap", lambda w: [w.active.pk], TEAM,
        lambda w: {
            "reason": "better-idea", "learning": "Few came.", "successor": w.proposed.pk,
        },
        foreign=[lambda w: {"successor": w.other_initiative.pk}],
    ),
    step(
        "initiatives:kill", lambda w: [w.active.pk], TEAM,
        lambda w: {"reason": "no-effect", "learning": "Nobody used it."},
    ),
    step(
        "initiatives:finish", lambda w: [w.active.pk], TEAM,
        lambda w: {"delivered": "It is live."},
    ),
    step(
        "initiatives:object_to", lambda w: [w.paused.pk], ABOVE,
        lambda w: {"constraint": w.constraint.pk, "reason": "It sends data to Virginia."},
        foreign=[lambda w: {"constraint": w.foreign_constraint.pk}],
    ),
    step(
        "initiatives:answer_objection", lambda w: [w.objection.pk], TEAM,
        lambda w: {"text": "The data stays here."},
    ),
    step(
        "initiatives:meet_objection", lambda w: [w.objection.pk], TEAM,
        lambda w: {"text": "The data stays here now."},
    ),
    step("initiatives:withdraw_objection", lambda w: [w.objection.pk], ABOVE),
    step("initiatives:decline", lambda w: [w.proposed.pk], TEAM, lambda w: {"word": "Not now."}),
    step(
        "initiatives:add_evidence", lambda w: [w.active.pk], TEAM,
        lambda w: {"text": "Two of five saw it.", "url": "https://example.org/notes"},
    ),
    step(
        "initiatives:go_on", lambda w: [w.due_stop.pk], TEAM,
        lambda w: {"is_reached": "yes", "because": "It has been live for two days only."},
    ),
    step(
        "initiatives:give_verdict", lambda w: [w.due_link.pk], TEAM,
        lambda w: {"kind": "as-expected", "evidence": "A point more where it was shown."},
    ),
]  # fmt: skip

CHECKINS = [
    step(
        "checkins:check_in", lambda w: [w.team.slug, w.week], TEAM,
        lambda w: {f"value-{w.key_result.pk}": "56.4", f"confidence-{w.key_result.pk}": "7"},
        foreign=[
            lambda w: {
                "help": "Help", "asked": w.people["neighbour"].pk, "by_when": "2026-11-27",
            }
        ],
    ),
    step(
        "checkins:correct", lambda w: [w.team.slug, w.last_week], TEAM,
        lambda w: {
            f"value-{w.key_result.pk}": "55.6", f"confidence-{w.key_result.pk}": "7",
            "reason": "Misread.",
        },
    ),
    step(
        "checkins:save_draft", lambda w: [w.team.slug, w.week], TEAM,
        lambda w: {"in_the_way": "Nothing", "version": "1", "seen": "{}"},
        only_post=True, no_key=True,
    ),
    step(
        "checkins:ask_for_help", lambda w: [w.team.slug], TEAM,
        lambda w: {
            "text": "We need a decision", "asked": w.people["leader_above"].pk,
            "by_when": "2026-11-27",
        },
        foreign=[lambda w: {"asked": w.people["neighbour"].pk}],
    ),
    step("checkins:answer_help", lambda w: [w.help.pk], ABOVE, lambda w: {"answer": "Yes."}),
    step("checkins:withdraw_help", lambda w: [w.help.pk], TEAM),
    step(
        "checkins:open_review", lambda w: [w.other_team.slug],
        frozenset({"leader_above", "neighbour"}),
    ),
    Address(
        "dashboards:screen", lambda w: [w.meeting.pk, 1], post=TEAM | ABOVE,
        typed=lambda w: {
            "what": "Ask the bank.", "who": w.people["leader"].pk, "by_when": "2026-11-27",
        },
        foreign=[lambda w: {"who": w.people["neighbour"].pk}],
    ),
    Address("dashboards:decisions", lambda w: [w.meeting.pk], post=TEAM | ABOVE),
    step(
        "checkins:edit_decision", lambda w: [w.decision.pk], TEAM | ABOVE,
        lambda w: {
            "what": "Ask both banks.", "who": w.people["leader"].pk, "by_when": "2026-11-27",
        },
        foreign=[lambda w: {"who": w.people["neighbour"].pk}],
    ),
    step("checkins:remove_decision", lambda w: [w.decision.pk], TEAM | ABOVE),
    step("checkins:finish_decision", lambda w: [w.decision.pk], TEAM | ABOVE),
    step(
        "checkins:mark_weeks_off", lambda w: [w.team.slug], TEAM,
        lambda w: {"weeks": w.week + timedelta(weeks=1)},
        foreign=[lambda w: {"weeks": w.last_week}],
    ),
]  # fmt: skip


def after_the_round(world: World) -> list[Any]:
    """One round is open at a time, so this one ends before the next is opened."""
    PulseRound.objects.open().update(state="closed", closed_on=world.pulse_round.until)
    return []


PULSE = {f"question_{n}": "5" for n in range(4)}

ALIGNMENT = [
    page("alignment:pulse_rounds", get=ADMINISTRATOR),
    step(
        "alignment:open_pulse", after_the_round, ADMINISTRATOR,
        lambda w: {"until": "2026-11-27"},
    ),
    step("alignment:close_pulse", lambda w: [w.pulse_round.pk], ADMINISTRATOR),
    step(
        "alignment:answer_pulse", lambda w: [w.team.slug], TEAM, lambda w: PULSE, no_key=True,
    ),
    door("alignment:answer_pulse_by_link", lambda w: [w.pulse_token]),
    step(
        "alignment:issue_briefing", lambda w: [w.committed.pk], LEADERSHIP,
        lambda w: {"intent": "Make paying easy, in order that people stay.", "then": "issue"},
    ),
    page("dashboards:map"),
    page("dashboards:map_branch", lambda w: [w.briefed.pk]),
    page("alignment:revisions", lambda w: [w.briefed.pk]),
    page("alignment:backbriefs", lambda w: [w.briefed.pk]),
    step(
        "alignment:give_backbrief", lambda w: [w.briefed.pk, w.team.slug], TEAM,
        lambda w: {"understood": "Guests first.", "then": "give"},
        foreign=[lambda w: {"will_do": w.other_initiative.pk}],
    ),
    step("alignment:accept_backbrief", lambda w: [w.backbrief.pk], ABOVE),
    step(
        "alignment:return_backbrief", lambda w: [w.backbrief.pk], ABOVE,
        lambda w: {"comment": "I meant fewer questions."},
    ),
    step(
        "alignment:contribute", lambda w: [w.committed.pk], LEADERSHIP,
        lambda w: {"goal": f"k-{w.other_key_result.pk}", "how": "Fewer wrong addresses."},
        foreign=[
            lambda w: {"goal": f"o-{w.committed.pk}"},
            lambda w: {"goal": f"o-{w.draft.pk}"},
        ],
    ),
    step(
        "alignment:end_contribution", lambda w: [w.contribution.pk], LEADERSHIP,
        lambda w: {"reason": "It is done."},
    ),
    step(
        "alignment:ask_for_contribution", lambda w: [w.team.slug], TEAM | ABOVE,
        lambda w: {
            "asked_team": w.other_team.pk, "goal": f"o-{w.committed.pk}",
            "what": "The delivery day in the basket", "why": "People wait for it.",
            "by_when": "2026-11-27",
        },
        foreign=[
            lambda w: {"goal": f"o-{w.draft.pk}"}, lambda w: {"asked_team": w.team.pk},
        ],
    ),
    page("alignment:contribution_request", lambda w: [w.request.pk]),
    step(
        "alignment:accept_contribution", lambda w: [w.request.pk], TEAM,
        lambda w: {"accept_as": "new-initiative", "title": "Show the parcel"},
        foreign=[lambda w: {"accept_as": f"i-{w.other_initiative.pk}"}],
    ),
    step(
        "alignment:decline_contribution", lambda w: [w.request.pk], TEAM,
        lambda w: {"reason": "Not before spring."},
    ),
]  # fmt: skip

EXCHANGE = [
    Address(
        "exchange:unblend", get=LEADERSHIP | {"neighbour"}, post=LEADERSHIP,
        typed=lambda w: {"team": w.team.pk, "cycle": w.cycle.pk, "text": BLENDED},
        query=lambda w: f"?team={w.team.slug}",
        foreign=[lambda w: {"team": w.other_team.pk}],
    ),
    step(
        "exchange:unblend_sort", lambda w: [w.pasted.pk], LEADERSHIP, hidden=True,
        sees=LEADERSHIP,
    ),
    step(
        "exchange:unblend_create", lambda w: [w.pasted.pk], LEADERSHIP, hidden=True,
        sees=LEADERSHIP,
    ),
    step(
        "exchange:prepare_import", lambda w: [], ADMINISTRATOR,
        lambda w: {"okrs": SimpleUploadedFile("okrs.csv", a_list())},
    ),
    # It holds a whole list against all that stands; as often for any list.
    step("exchange:import_list", lambda w: [w.prepared.pk], ADMINISTRATOR, most_queries=18),
    page("exchange:sample", get=ADMINISTRATOR, is_file=True),
    page("exchange:numbers", lambda w: [w.key_result.pk], is_file=True),
    page("exchange:export", get=ADMINISTRATOR),
    page(
        "exchange:download", lambda w: ["everything.zip"], get=ADMINISTRATOR, is_file=True,
    ),
    page(
        "exchange:unblended", lambda w: [w.unblended.pk], get=LEADERSHIP, hidden=True,
        sees=LEADERSHIP,
    ),
]  # fmt: skip

NOTICES = [
    Address(
        "notices:choose_mails", post=SIGNED_IN, own_row=True,
        typed=lambda w: {"topics": "digest"},
    ),
    door(
        "notices:stop_mails",
        lambda w: [link_to_stop(w.people["member"], Topic.DIGEST).split("/")[-2]],
    ),
    page("notices:mails"),
    page("notices:mail", lambda w: [w.mail.name]),
    page("notices:mail_as_html", lambda w: [w.mail.name], is_file=True),
]  # fmt: skip

ADDRESSES = [
    *DOOR,
    *ORGANISATION,
    *READING,
    *CYCLES,
    *OBJECTIVES,
    *INITIATIVES,
    *CHECKINS,
    *ALIGNMENT,
    *NOTICES,
    *EXCHANGE,
]
