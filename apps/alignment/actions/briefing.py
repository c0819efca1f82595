"""Briefings: written as a draft, issued as a revision that never changes again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.alignment.actions.holding import hold_for_alignment, leaders_of, take_turns
from apps.alignment.models import (
    ANSWERED,
    MAIN_EFFORTS,
    WORDS,
    Backbrief,
    BackbriefMove,
    BackbriefState,
    BriefedTeam,
    Briefing,
    BriefingState,
)
from apps.alignment.serving import teams_on
from apps.objectives.models import Objective
from apps.organisation import outbox
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do
from apps.organisation.writes import Conflict, require_text


@dataclass(frozen=True)
class Words:
    """A briefing as it is typed. main_effort: which of the tasks, counted from 1."""

    intent: str
    context: str = ""
    one_up: str = ""
    two_up: str = ""
    tasks: list[str] = field(default_factory=list)
    main_effort: int | None = None
    freedoms: str = ""
    teams: Iterable[Team] = ()


@transaction.atomic
def write_briefing(
    objective: Objective, words: Words, *, by: User, now: datetime, version: int | None = None
) -> Briefing:
    """Keep a draft of the next revision; nobody is told. `version` is the last revision's."""
    hold_for_alignment(objective, by=by, do=Do.ISSUE_BRIEFING)
    return _write(objective, words, by=by, now=now, version=version)


@transaction.atomic
def issue_briefing(
    objective: Objective, words: Words, *, by: User, now: datetime, version: int | None = None
) -> Briefing:
    """Draft → issued: every team that works on the objective is asked for its backbrief.

    The revision before it is superseded, and what was answered to that becomes stale.
    """
    hold_for_alignment(objective, by=by, do=Do.ISSUE_BRIEFING)
    if objective.is_draft:
        raise ValidationError(
            _("Only its leaders read this draft. Open it for input before you brief teams on it.")
        )
    briefing = _write(objective, words, by=by, now=now, version=version)
    require_text("intent", briefing.intent, _("Say in one sentence what you want, and why."))
    Briefing.objects.filter(objective=objective).issued().update(
        state=BriefingState.SUPERSEDED, main_effort_of=None, main_effort_in=None
    )
    briefing.state, briefing.issued_by, briefing.issued_at = BriefingState.ISSUED, by, now
    _claim_main_effort(briefing, objective)
    briefing.version += 1
    briefing.save()
    _outdate(briefing, by=by, now=now)
    asked = list(teams_on(objective))
    outbox.put("briefing.issued", to=leaders_of(asked, but=by), about=briefing, now=now)
    return briefing


def _write(
    objective: Objective, words: Words, *, by: User, now: datetime, version: int | None
) -> Briefing:
    """The objective is held, so there is one draft, and one who writes it."""
    last = Briefing.objects.filter(objective=objective).order_by("number").last()
    if last is not None and version is not None and version != last.version:
        raise Conflict(last)
    if last is None or not last.is_draft:
        last = Briefing(
            objective=objective,
            number=last.number + 1 if last else 1,
            version=last.version if last else 0,
        )
    for name in WORDS:
        setattr(last, name, getattr(words, name))
    last.tasks = [task.strip() for task in words.tasks if task.strip()]
    if last.main_effort is not None and not 1 <= last.main_effort <= len(last.tasks):
        raise ValidationError({"main_effort": _("The main effort is one of the tasks.")})
    last.drafted_by, last.drafted_at = by, now
    last.version += 1
    last.save()
    last.asks.all().delete()
    BriefedTeam.objects.bulk_create(BriefedTeam(briefing=last, team=t) for t in set(words.teams))
    return last


def _claim_main_effort(briefing: Briefing, objective: Objective) -> None:
    """At most one for a team in a cycle; a goal that has ended holds none any longer."""
    briefing.main_effort_of = briefing.main_effort_in = None
    if briefing.main_effort is None:
        return
    take_turns(MAIN_EFFORTS, objective.team_id)
    held = Briefing.objects.filter(main_effort_of=objective.team, main_effort_in=objective.cycle)
    holder = held.select_related("objective").first()
    if holder is not None:
        still = {Objective.State.INPUT, Objective.State.COMMITTED}
        if holder.objective.state in still:
            raise ValidationError(
                {
                    "main_effort": _(
                        "%(team)s has a main effort in %(cycle)s already: “%(task)s”, of "
                        "“%(objective)s”. There is only one; revise that briefing first."
                    )
                    % {
                        "team": objective.team,
                        "cycle": objective.cycle,
                        "task": holder.main_task,
                        "objective": holder.objective,
                    }
                }
            )
        held.update(main_effort_of=None, main_effort_in=None)
    briefing.main_effort_of, briefing.main_effort_in = objective.team, objective.cycle


def _outdate(briefing: Briefing, *, by: User, now: datetime) -> None:
    """What was said to an older revision is stale; what is being written goes on for this one."""
    answers = Backbrief.objects.filter(objective=briefing.objective_id).order_by("pk")
    held = list(answers.select_for_update(of=("self",)))
    said = [answer for answer in held if answer.state in {*ANSWERED, BackbriefState.RETURNED}]
    BackbriefMove.objects.bulk_create(
        BackbriefMove(
            backbrief=answer,
            briefing=briefing,
            from_state=answer.state,
            to_state=BackbriefState.STALE,
            by=by,
            at=now,
        )
        for answer in said
    )
    for answer in held:
        answer.version += 1
        if answer in said:
            answer.state = BackbriefState.STALE
        elif answer.state == BackbriefState.DRAFT:
            answer.briefing = briefing
    Backbrief.objects.bulk_update(held, ["state", "briefing", "version"])
