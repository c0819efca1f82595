"""A team asks another one for a contribution; the other accepts or declines."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.alignment.actions.contribution import make_contribution
from apps.alignment.actions.holding import hold_both, hold_for_alignment, leaders_of, require_alive
from apps.alignment.models import ContributionRequest, RequestState
from apps.initiatives import actions as means
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative
from apps.objectives import actions as goals
from apps.objectives.actions.holding import require_open
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation import outbox
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, permit, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def ask_for_contribution(
    *,
    team: Team,
    asked_team: Team,
    goal: Objective | KeyResult,
    what: str,
    why: str,
    by_when: date,
    by: User,
    now: datetime,
) -> ContributionRequest:
    """`team` asks `asked_team` for something that helps this goal."""
    key_result = goal if isinstance(goal, KeyResult) else None
    towards = goal.objective if isinstance(goal, KeyResult) else goal
    hold_for_alignment(towards, by=by, do=Do.ASK_FOR_CONTRIBUTION, team=team)
    if towards.is_draft:
        raise ValidationError(
            {"goal": _("Only its leaders read this draft. Choose a goal that others know.")}
        )
    if team.pk == asked_team.pk:
        raise ValidationError({"asked_team": _("Choose another team than your own.")})
    if asked_team.archived_at is not None:
        raise ValidationError({"asked_team": _("This team is archived. Choose another.")})
    if by_when < Organisation.objects.get().today(now):
        raise ValidationError({"by_when": _("Choose today or a later day.")})
    request = ContributionRequest.objects.create(
        team=team,
        asked_team=asked_team,
        towards=towards,
        key_result=key_result,
        what=require_text("what", what, _("Say in one sentence what you ask for.")),
        why=require_text("why", why, _("Say why it matters.")),
        by_when=by_when,
        asked_by=by,
        asked_at=now,
    )
    asked = leaders_of([asked_team], but=by)
    outbox.put("contribution.asked", to=asked, about=request, now=now)
    return request


@transaction.atomic
def accept_as_objective(
    request: ContributionRequest,
    *,
    how: str,
    by: User,
    now: datetime,
    objective: Objective | None = None,
    title: str = "",
    why: str = "",
    cycle: Cycle | None = None,
    version: int | None = None,
) -> None:
    """Open → accepted: with an objective that the team has, or with a new draft of it. For a
    goal of the team its leaders decide, as ever."""
    towards, key_result = request.towards, request.key_result
    still_may(by, Do.ANSWER_CONTRIBUTION, request.asked_team, shared=towards.cycle)
    permit(by, Do.DRAFT_OBJECTIVE, request.asked_team)
    if objective is None:
        objective = goals.draft(
            team=request.asked_team,
            cycle=cycle or towards.cycle,
            title=title,
            why=require_text("why", why, _("Say why it matters.")),
            by=by,
            now=now,
        )
    elif objective.team_id != request.asked_team_id:
        raise ValidationError({"objective": _("Choose an objective of your own team.")})
    hold_both(objective, towards, by=by, do=Do.EDIT_OBJECTIVE)
    require_alive(towards)
    _require_open(request, version=version)
    make_contribution(objective, towards, key_result, how=how, by=by, now=now)
    request.objective = objective
    _answer(request, RequestState.ACCEPTED, how.strip(), by=by, now=now)


@transaction.atomic
def accept_as_initiative(
    request: ContributionRequest,
    *,
    by: User,
    now: datetime,
    initiative: Initiative | None = None,
    title: str = "",
    answer: str = "",
    version: int | None = None,
) -> None:
    """Open → accepted: with a live initiative of the team, or with a new one that it proposes.
    From then on it aims at the key result that it should help; where an objective was meant as a
    whole, the team says itself which of its key results that is."""
    still_may(by, Do.ANSWER_CONTRIBUTION, request.asked_team)
    if initiative is not None:
        lock(initiative)  # before the goal, as whoever edits it does
    hold_for_alignment(request.towards, by=by, do=Do.ANSWER_CONTRIBUTION, team=request.asked_team)
    _require_open(request, version=version)
    if initiative is None:
        aims = [Aim(request.key_result)] if request.key_result else []
        initiative = means.propose(team=request.asked_team, title=title, aims=aims, by=by, now=now)
    elif initiative.team_id != request.asked_team_id or not initiative.is_live:
        raise ValidationError({"initiative": _("Choose a live initiative of your own team.")})
    elif request.key_result:
        means.aim_at(initiative, request.key_result, by=by, now=now)
    request.initiative = initiative
    _answer(request, RequestState.ACCEPTED, answer.strip(), by=by, now=now)


@transaction.atomic
def decline_contribution(
    request: ContributionRequest, *, reason: str, by: User, now: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """Open → declined; possible also when the goal itself has ended, until its cycle closes."""
    cycle = request.towards.cycle
    still_may(by, Do.ANSWER_CONTRIBUTION, request.asked_team, shared=cycle)
    require_open(cycle)
    _require_open(request, version=version)
    reason = require_text("reason", reason, _("Say in one sentence why not."))
    _answer(request, RequestState.DECLINED, reason, by=by, now=now)


def _require_open(request: ContributionRequest, *, version: int | None) -> None:
    kept = {name: getattr(request, name) for name in ("team", "asked_team", "towards")}
    key_result = request.key_result
    lock(request, version=version)
    for name, row in kept.items():
        setattr(request, name, row)
    request.key_result = key_result
    if not request.is_open:
        raise ValidationError(_("This request has been answered already."))


def _answer(
    request: ContributionRequest, to: RequestState, words: str, *, by: User, now: datetime
) -> None:
    request.state, request.answer = to, words
    request.answered_by, request.answered_at = by, now
    request.version += 1
    request.save(
        update_fields=[
            "state", "answer", "answered_by", "answered_at", "objective", "initiative", "version",
        ]
    )  # fmt: skip
    asked_by = [request.asked_by] if request.asked_by_id != by.pk else []
    outbox.put("contribution.answered", to=asked_by, about=request, now=now)
