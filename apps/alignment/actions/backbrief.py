"""Backbriefs: written by a team, given, and accepted or returned by the objective's leaders."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.alignment.actions.holding import hold_for_alignment, leaders_of
from apps.alignment.models import (
    PROMPTS,
    Backbrief,
    BackbriefMove,
    BackbriefState,
    Briefing,
)
from apps.alignment.serving import teams_on
from apps.initiatives.models import Initiative
from apps.objectives.models import Objective
from apps.organisation import outbox
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do
from apps.organisation.writes import Conflict, lock, require_text

State = BackbriefState


@transaction.atomic
def write_backbrief(
    objective: Objective,
    team: Team,
    *,
    by: User,
    now: datetime,
    understood: str = "",
    will_do: Iterable[Initiative] = (),
    needs: str = "",
    gives_up: str = "",
    questions: str = "",
    number: int | None = None,
    version: int | None = None,
) -> Backbrief:
    """Keep a draft that the team shares; returned and stale ones go back to draft.

    `number` is the revision that the form showed: an answer to an older one is a conflict.
    """
    said = {
        "understood": understood,
        "needs": needs,
        "gives_up": gives_up,
        "questions": questions,
    }
    briefing = _hold(objective, team, by=by)
    return _write(briefing, team, said, will_do, by=by, now=now, number=number, version=version)


@transaction.atomic
def give_backbrief(
    objective: Objective,
    team: Team,
    *,
    understood: str,
    by: User,
    now: datetime,
    will_do: Iterable[Initiative] = (),
    needs: str = "",
    gives_up: str = "",
    questions: str = "",
    number: int | None = None,
    version: int | None = None,
) -> Backbrief:
    """Draft → given: the leaders of the objective are asked whether that is what they meant."""
    said = {
        "understood": require_text(
            "understood", understood, _("Say in your own words what you understood.")
        ),
        "needs": needs,
        "gives_up": gives_up,
        "questions": questions,
    }
    briefing = _hold(objective, team, by=by)
    backbrief = _write(
        briefing, team, said, will_do, by=by, now=now, number=number, version=version
    )
    given = {name: getattr(backbrief, name) for name in PROMPTS}
    chosen = backbrief.will_do.order_by("pk").values_list("pk", flat=True)
    move = _move(backbrief, State.GIVEN, by=by, now=now, will_do=list(chosen), **given)
    asked = leaders_of([objective.team], but=by)
    outbox.put("backbrief.given", to=asked, about=move, now=now)
    return backbrief


@transaction.atomic
def accept_backbrief(
    backbrief: Backbrief, *, by: User, now: datetime, comment: str = "", version: int | None = None
) -> None:
    """Given → accepted: yes, that is what I meant."""
    _answer(backbrief, State.ACCEPTED, by=by, now=now, comment=comment.strip(), version=version)


@transaction.atomic
def return_backbrief(
    backbrief: Backbrief, *, comment: str, by: User, now: datetime, version: int | None = None
) -> None:
    """Given → returned, with what was meant instead. It is where the talking happens."""
    comment = require_text("comment", comment, _("Say what you meant instead."))
    _answer(backbrief, State.RETURNED, by=by, now=now, comment=comment, version=version)


def _hold(objective: Objective, team: Team, *, by: User) -> Briefing:
    """The revision that is in force, for a team that works on the objective."""
    hold_for_alignment(objective, by=by, do=Do.GIVE_BACKBRIEF, team=team)
    briefing = Briefing.objects.filter(objective=objective).issued().first()
    if briefing is None:
        raise ValidationError(_("There is no briefing yet that you could answer."))
    answers = Backbrief.objects.filter(objective=objective, team=team)
    if not teams_on(objective).filter(pk=team.pk).exists() and not answers.exists():
        raise ValidationError(
            _("%(team)s does not work on this objective, so nobody asks for its backbrief.")
            % {"team": team}
        )
    return briefing


def _write(
    briefing: Briefing,
    team: Team,
    said: dict[str, str],
    will_do: Iterable[Initiative],
    *,
    by: User,
    now: datetime,
    number: int | None,
    version: int | None,
) -> Backbrief:
    """The objective is held, so there is one answer of this team, and one who writes it."""
    backbrief = Backbrief.objects.filter(objective=briefing.objective_id, team=team).first()
    if backbrief is None:
        backbrief = Backbrief(objective=briefing.objective, team=team, briefing=briefing, version=0)
    is_other_revision = number is not None and number != briefing.number
    if is_other_revision or (version is not None and version != backbrief.version):
        raise Conflict(backbrief)
    if backbrief.state in {State.GIVEN, State.ACCEPTED}:
        raise ValidationError(
            _("Your backbrief has been given. It can change again when it is returned, or when "
              "the briefing changes.")
        )  # fmt: skip
    came_from = backbrief.state
    backbrief.state, backbrief.briefing = State.DRAFT, briefing
    for name in PROMPTS:
        setattr(backbrief, name, said[name].strip())
    backbrief.version += 1
    backbrief.save()
    backbrief.will_do.set(_require_own(will_do, team))
    if came_from != State.DRAFT:
        _record(backbrief, came_from=came_from, by=by, now=now)
    return backbrief


def _require_own(initiatives: Iterable[Initiative], team: Team) -> list[Initiative]:
    chosen = list(initiatives)
    if any(initiative.team_id != team.pk for initiative in chosen):
        raise ValidationError({"will_do": _("Choose among the initiatives of your own team.")})
    return chosen


def _answer(
    backbrief: Backbrief,
    to: BackbriefState,
    *,
    by: User,
    now: datetime,
    comment: str,
    version: int | None,
) -> None:
    objective = backbrief.objective
    hold_for_alignment(objective, by=by, do=Do.ANSWER_BACKBRIEF)
    team = backbrief.team
    lock(backbrief, version=version)
    backbrief.objective, backbrief.team = objective, team
    if not backbrief.is_given:
        raise ValidationError(_why_not(backbrief))
    move = _move(backbrief, to, by=by, now=now, comment=comment)
    told = _whoever_gave(backbrief, but=by)
    if to == State.ACCEPTED:
        outbox.put("backbrief.accepted", to=told, about=move, now=now)
    else:
        outbox.put("backbrief.returned", to=told, about=move, now=now)


def _whoever_gave(backbrief: Backbrief, *, but: User) -> Iterable[User]:
    """If that person has gone, the leaders of the team."""
    given = backbrief.moves.filter(to_state=State.GIVEN).select_related("by").last()
    if given is not None and given.by.is_active:
        return [given.by] if given.by_id != but.pk else []
    return leaders_of([backbrief.team], but=but)


def _why_not(backbrief: Backbrief) -> str:
    match backbrief.state:
        case State.STALE:
            return _("The briefing has changed since. %(team)s answers the new revision first.") % {
                "team": backbrief.team
            }
        case State.DRAFT:
            return _("%(team)s is writing it anew.") % {"team": backbrief.team}
        case _answered:
            return _("This backbrief has been answered already.")


def _move(
    backbrief: Backbrief, to: BackbriefState, *, by: User, now: datetime, **said: object
) -> BackbriefMove:
    came_from, backbrief.state = backbrief.state, to
    backbrief.version += 1
    backbrief.save(update_fields=["state", "version"])
    return _record(backbrief, came_from=came_from, by=by, now=now, **said)


def _record(
    backbrief: Backbrief, *, came_from: str, by: User, now: datetime, **said: object
) -> BackbriefMove:
    return BackbriefMove.objects.create(
        backbrief=backbrief,
        briefing=backbrief.briefing,
        from_state=came_from,
        to_state=backbrief.state,
        by=by,
        at=now,
        **said,
    )
