"""Who may do what: the one table, and the functions that read it.

A person stands in some relation to a team (grants, kept by django-guardian, and the
tree). The table says which relations allow an action. What it doesn't list, nobody may.
It follows the order of the domain's table "Who may do what"; the rows whose verbs come
later are already here, so that the table is whole wherever it is read.
"""

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from guardian.backends import ObjectPermissionBackend

from apps.organisation.locks import hold_for_share
from apps.organisation.models import Team, TeamGrant, User
from apps.organisation.standing import Relation
from apps.organisation.writes import lock


class Do(StrEnum):
    READ = "read"

    DRAFT_OBJECTIVE = "objective.draft"
    EDIT_OBJECTIVE = "objective.edit"
    OPEN_OBJECTIVE = "objective.open"
    ANSWER_INPUT = "input.answer"
    COMMIT_OBJECTIVE = "objective.commit"
    WITHDRAW_OBJECTIVE = "objective.withdraw"
    AMEND_OBJECTIVE = "objective.amend"
    REVIEW_OBJECTIVE = "objective.review"
    CLOSE_OBJECTIVE = "objective.close"
    ABANDON_OBJECTIVE = "objective.abandon"
    DEFINE_KEY_RESULT = "key_result.define"
    AMEND_KEY_RESULT = "key_result.amend"
    ASK_TO_REPORT = "key_result.ask_to_report"
    GIVE_INPUT = "input.give"
    WITHDRAW_INPUT = "input.withdraw"
    COMMENT = "comment"
    ISSUE_BRIEFING = "briefing.issue"
    ANSWER_BACKBRIEF = "backbrief.answer"
    GIVE_BACKBRIEF = "backbrief.give"
    ADD_MEASUREMENT = "measurement.add"
    CORRECT_MEASUREMENT = "measurement.correct"
    CHECK_IN = "check_in"

    SUGGEST_INITIATIVE = "initiative.suggest"
    PROPOSE_INITIATIVE = "initiative.propose"
    TAKE_OVER_INITIATIVE = "initiative.take_over"
    EDIT_INITIATIVE = "initiative.edit"
    START_INITIATIVE = "initiative.start"
    PAUSE_INITIATIVE = "initiative.pause"
    RESUME_INITIATIVE = "initiative.resume"
    SWAP_INITIATIVE = "initiative.swap"
    KILL_INITIATIVE = "initiative.kill"
    FINISH_INITIATIVE = "initiative.finish"
    DECLINE_INITIATIVE = "initiative.decline"
    GO_ON_WITH_INITIATIVE = "initiative.go_on"
    ADD_EVIDENCE = "initiative.add_evidence"
    GIVE_VERDICT = "initiative.verdict"
    OBJECT_TO_INITIATIVE = "objection.raise"
    WITHDRAW_OBJECTION = "objection.withdraw"
    ANSWER_OBJECTION = "objection.answer"
    MEET_OBJECTION = "objection.meet"

    ASK_FOR_HELP = "help.ask"
    WITHDRAW_HELP = "help.withdraw"
    ANSWER_HELP = "help.answer"
    SET_RHYTHM = "team.set_rhythm"
    RUN_REVIEW = "review.run"
    LOOK_BACK = "team.look_back"
    ANSWER_CONTRIBUTION = "contribution.answer"
    ANSWER_REPORT_REQUEST = "report_request.answer"
    ASK_FOR_CONTRIBUTION = "contribution.ask"
    SET_CONSTRAINT = "constraint.set"
    LIFT_CONSTRAINT = "constraint.lift"
    ANSWER_PULSE = "pulse.answer"
    SEE_PULSE = "pulse.see"

    ADD_MEMBER = "member.add"
    REMOVE_MEMBER = "member.remove"
    IMPORT_LIST = "organisation.import"
    APPOINT_LEADER = "leader.appoint"
    DISMISS_LEADER = "leader.dismiss"
    CREATE_TEAM = "team.create"
    RENAME_TEAM = "team.rename"
    MOVE_TEAM = "team.move"
    ARCHIVE_TEAM = "team.archive"
    MANAGE_CYCLES = "cycle.manage"
    OPEN_PULSE = "pulse.open"
    MANAGE_PEOPLE = "people.manage"
    SET_ORGANISATION = "organisation.set"
    READ_AUDIT_LOG = "organisation.audit"
    EXPORT_ALL = "organisation.export"


OWN_TEAM = Relation.MEMBER | Relation.LEADER
LEADERSHIP = Relation.LEADER | Relation.ABOVE
BRANCH = OWN_TEAM | Relation.ABOVE
ADMINISTRATOR = Relation.ADMINISTRATOR
ANYONE = Relation.SIGNED_IN | BRANCH | ADMINISTRATOR

ALLOWED: dict[Do, Relation] = {
    Do.READ: ANYONE,
    Do.DRAFT_OBJECTIVE: LEADERSHIP,
    Do.EDIT_OBJECTIVE: LEADERSHIP,
    Do.OPEN_OBJECTIVE: LEADERSHIP,
    Do.ANSWER_INPUT: LEADERSHIP,
    Do.COMMIT_OBJECTIVE: LEADERSHIP,
    Do.WITHDRAW_OBJECTIVE: LEADERSHIP,
    Do.AMEND_OBJECTIVE: LEADERSHIP,
    Do.REVIEW_OBJECTIVE: LEADERSHIP,
    Do.CLOSE_OBJECTIVE: LEADERSHIP,
    Do.ABANDON_OBJECTIVE: LEADERSHIP,
    Do.DEFINE_KEY_RESULT: LEADERSHIP,
    Do.AMEND_KEY_RESULT: LEADERSHIP,
    Do.ASK_TO_REPORT: LEADERSHIP,
    Do.GIVE_INPUT: ANYONE,
    Do.WITHDRAW_INPUT: ANYONE,  # one's own; the action looks at the author
    Do.COMMENT: ANYONE,
    Do.ISSUE_BRIEFING: LEADERSHIP,
    Do.ANSWER_BACKBRIEF: LEADERSHIP,
    Do.GIVE_BACKBRIEF: OWN_TEAM,
    Do.ADD_MEASUREMENT: OWN_TEAM,
    Do.CORRECT_MEASUREMENT: OWN_TEAM,
    Do.CHECK_IN: OWN_TEAM,
    Do.SUGGEST_INITIATIVE: ANYONE,
    # The team's means: not even its leaders above.
    Do.PROPOSE_INITIATIVE: OWN_TEAM,
    Do.TAKE_OVER_INITIATIVE: OWN_TEAM,
    Do.EDIT_INITIATIVE: OWN_TEAM,
    Do.START_INITIATIVE: OWN_TEAM,
    Do.PAUSE_INITIATIVE: OWN_TEAM,
    Do.RESUME_INITIATIVE: OWN_TEAM,
    Do.SWAP_INITIATIVE: OWN_TEAM,
    Do.KILL_INITIATIVE: OWN_TEAM,
    Do.FINISH_INITIATIVE: OWN_TEAM,
    Do.DECLINE_INITIATIVE: OWN_TEAM,
    Do.GO_ON_WITH_INITIATIVE: OWN_TEAM,
    Do.ADD_EVIDENCE: OWN_TEAM,
    Do.GIVE_VERDICT: OWN_TEAM,
    Do.OBJECT_TO_INITIATIVE: Relation.ABOVE,
    Do.WITHDRAW_OBJECTION: Relation.ABOVE,  # one's own; the action looks at the author
    Do.ANSWER_OBJECTION: OWN_TEAM,
    Do.MEET_OBJECTION: OWN_TEAM,
    Do.ASK_FOR_HELP: OWN_TEAM,
    Do.WITHDRAW_HELP: OWN_TEAM,
    Do.ANSWER_HELP: LEADERSHIP,  # of the team that the asked leader leads
    Do.SET_RHYTHM: OWN_TEAM,
    Do.RUN_REVIEW: BRANCH,
    Do.LOOK_BACK: OWN_TEAM,
    Do.ANSWER_CONTRIBUTION: OWN_TEAM,
    Do.ANSWER_REPORT_REQUEST: OWN_TEAM,
    Do.ASK_FOR_CONTRIBUTION: BRANCH,
    Do.SET_CONSTRAINT: LEADERSHIP,
    Do.LIFT_CONSTRAINT: LEADERSHIP,
    Do.ANSWER_PULSE: OWN_TEAM,
    Do.SEE_PULSE: BRANCH,
    Do.ADD_MEMBER: LEADERSHIP | ADMINISTRATOR,  # never oneself
    Do.REMOVE_MEMBER: LEADERSHIP | ADMINISTRATOR,  # never oneself
    Do.IMPORT_LIST: ADMINISTRATOR,
    Do.APPOINT_LEADER: ADMINISTRATOR,  # never oneself
    Do.DISMISS_LEADER: ADMINISTRATOR,  # never oneself
    Do.CREATE_TEAM: ADMINISTRATOR,
    Do.RENAME_TEAM: ADMINISTRATOR,
    Do.MOVE_TEAM: ADMINISTRATOR,
    Do.ARCHIVE_TEAM: ADMINISTRATOR,
    Do.MANAGE_CYCLES: ADMINISTRATOR,
    Do.OPEN_PULSE: ADMINISTRATOR,
    Do.MANAGE_PEOPLE: ADMINISTRATOR,
    Do.SET_ORGANISATION: ADMINISTRATOR,
    Do.READ_AUDIT_LOG: ADMINISTRATOR,
    Do.EXPORT_ALL: ADMINISTRATOR,
}


class NotYours(PermissionDenied):
    """Says who can, so that the page can lead there; the team is None where it is no team's."""

    def __init__(self, do: Do, team: Team) -> None:
        super().__init__(refusal(do, team))
        if ALLOWED[do] == ADMINISTRATOR:
            self.team, self.whom_to_ask = None, User.objects.administrators()
        else:
            self.team, self.whom_to_ask = team, User.objects.leading(team)


def may(user: User, do: Do, team: Team) -> bool:
    """An archived team is read, and nothing else."""
    is_open = team.archived_at is None or do == Do.READ
    return user.is_active and is_open and bool(ALLOWED[do] & user.standing.towards(team))


def permit(user: User, do: Do, team: Team) -> None:
    """Raise NotYours, with a sentence that says who can, unless this person may."""
    if not user.is_active:
        raise PermissionDenied(_("Your account has been closed."))
    if not may(user, do, team):
        raise NotYours(do, team)


def still_may(user: User, do: Do, team: Team, *, shared: models.Model | None = None) -> None:
    """Ask again inside the writing transaction, holding FOR SHARE what decides the answer.

    Held, in this order: the person, the person's grants, the team, and `shared` (the
    cycle, where a closed one would forbid the write). Deactivation,
    removal, a move of the team and the closing of a cycle update these rows: they wait
    for us, or we see what they did. Raises PermissionDenied.
    """
    person = hold_for_share(User.objects.filter(pk=user.pk), "is_active", "is_administrator")
    grants = hold_for_share(
        TeamGrant.objects.filter(user=user), "permission__codename", "content_object_id"
    )
    stored = hold_for_share(Team.objects.filter(pk=team.pk), "ancestor_ids", "archived_at")
    if shared is not None:
        names = [field.attname for field in shared._meta.concrete_fields]
        (row,) = hold_for_share(type(shared)._default_manager.filter(pk=shared.pk), *names)
        for name, value in zip(names, row, strict=True):
            setattr(shared, name, value)
    ((user.is_active, user.is_administrator),) = person
    ((team.ancestor_ids, team.archived_at),) = stored
    user.stand(grants)
    permit(user, do, team)


def take_turns(user: User, team: Team) -> None:
    """Hold the team alone, before still_may() shares it: two who share a row could never both
    go on to hold it alone. The person comes first here, too, for who shuts him or her out
    holds the person before any team.
    """
    hold_for_share(User.objects.filter(pk=user.pk))
    lock(team)


def never_oneself(by: User, person: User) -> None:
    """Raise PermissionDenied where someone would act on himself or herself."""
    if person.pk == by.pk:
        raise PermissionDenied(
            _("Nobody adds, appoints, removes or closes out himself or herself. Ask a colleague.")
        )


def refusal(do: Do, team: Team) -> str:
    """Why not, in one sentence that names who can."""
    if team.archived_at is not None:
        return _("%(team)s is archived. It can be read, not changed.") % {"team": team.name}
    match ALLOWED[do]:
        case allowed if allowed == OWN_TEAM and do.startswith("initiative."):
            sentence = _(
                "Only %(team)s can do this: the team decides about its means. "
                "You can read it or ask them."
            )
        case allowed if allowed == OWN_TEAM:
            sentence = _("Only %(team)s can do this. You can read it or ask them.")
        case allowed if allowed == LEADERSHIP:
            sentence = _(
                "Only leaders of %(team)s, or above it, can do this. You can read it or ask them."
            )
        case allowed if allowed == BRANCH:
            sentence = _("Only %(team)s and its leaders above can do this.")
        case Relation.ABOVE:
            sentence = _("Only a leader above %(team)s can do this.")
        case Relation.ADMINISTRATOR:
            sentence = _("Only an administrator can do this.")
        case _leaders_and_administrators:
            sentence = _("Only leaders of %(team)s, or above it, and administrators can do this.")
    return sentence % {"team": team.name}


class TeamBackend(ObjectPermissionBackend):
    """`user.has_perm("initiative.kill", team)`, answered from the same table."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return isinstance(obj, Team) and perm in set(Do) and may(user_obj, Do(perm), obj)
