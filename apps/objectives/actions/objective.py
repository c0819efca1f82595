"""Objectives: drafted, opened for input, committed, or withdrawn before that."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.objectives.actions.history import move, record
from apps.objectives.actions.holding import hold, require_changeable, require_open
from apps.objectives.commitment import Commitment
from apps.objectives.models import Asked, Cycle, Objective
from apps.organisation import outbox
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import require_text

State = Objective.State


@transaction.atomic
def draft(
    *,
    team: Team,
    cycle: Cycle,
    title: str,
    why: str,
    by: User,
    now: datetime,
    not_doing: str = "",
    owner: User | None = None,
) -> Objective:
    """Last in the cycle's order. Whoever drafts it owns it, unless another is named.

    A list that was pasted may not say why: then an edit has to.
    """
    still_may(by, Do.DRAFT_OBJECTIVE, team, shared=cycle)
    require_open(cycle)
    _require_leader(owner or by, team)
    if cycle.state == Cycle.State.PLANNED:
        raise ValidationError(
            {"cycle": _("%(cycle)s is not open for input yet.") % {"cycle": cycle}}
        )
    last = Objective.objects.for_cycle(cycle).aggregate(last=Max("position"))["last"] or 0
    objective = Objective.objects.create(
        team=team,
        cycle=cycle,
        title=_require_title(title),
        why=why.strip(),
        not_doing=not_doing,
        owner=owner or by,
        position=last + 1,
        created_at=now,
    )
    record(objective, came_from="", by=by, now=now)
    return objective


@transaction.atomic
def edit(
    objective: Objective,
    *,
    title: str,
    why: str,
    not_doing: str,
    owner: User,
    by: User,
    version: int | None = None,
) -> None:
    hold(objective, by=by, do=Do.EDIT_OBJECTIVE, version=version)
    require_changeable(objective)
    if owner.pk != objective.owner_id:
        _require_leader(owner, objective.team)
    objective.title = _require_title(title)
    objective.why = require_text("why", why, _("Say why it matters."))
    objective.not_doing, objective.owner = not_doing, owner
    objective.version += 1
    objective.save(update_fields=["title", "why", "not_doing", "owner", "version"])


@transaction.atomic
def open_for_input(
    objective: Objective,
    *,
    until: date,
    by: User,
    now: datetime,
    people: Iterable[User] = (),
    wants_key_results: bool = False,
    version: int | None = None,
) -> None:
    """Draft → input. Everyone may give input until that day; `people` are asked for it."""
    hold(objective, by=by, do=Do.OPEN_OBJECTIVE, version=version)
    _require(objective, State.DRAFT, _("Only a draft can be opened for input."))
    if not wants_key_results and not objective.key_results.exists():
        raise ValidationError(
            {
                "wants_key_results": _(
                    "Define a key result first, or say that you want proposals for key results."
                )
            }
        )
    _set_window(objective, until, now=now)
    objective.wants_key_results = wants_key_results
    _ask(objective, people, by=by, now=now)
    move(objective, "open_for_input", "input_until", "wants_key_results", by=by, now=now)
    _tell_asked(objective, now=now)


@transaction.atomic
def ask(
    objective: Objective,
    *,
    people: Iterable[User],
    by: User,
    now: datetime,
    until: date | None = None,
    version: int | None = None,
) -> None:
    """Ask more people, before or while it is open for input; or keep it open longer."""
    hold(objective, by=by, do=Do.OPEN_OBJECTIVE, version=version)
    require_changeable(objective)
    _ask(objective, people, by=by, now=now)
    if until and objective.is_open_for_input:
        _set_window(objective, until, now=now)
    if objective.is_open_for_input:
        _tell_asked(objective, now=now)
    objective.version += 1
    objective.save(update_fields=["input_until", "version"])


@transaction.atomic
def back_to_draft(
    objective: Objective,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Input → draft. The inputs given so far stay, and still want answers."""
    hold(objective, by=by, do=Do.OPEN_OBJECTIVE, version=version)
    _require(objective, State.INPUT, _("Only an objective in input goes back to draft."))
    move(objective, "back_to_draft", by=by, now=now, reason=reason)


@transaction.atomic
def withdraw(
    objective: Objective, *, reason: str, by: User, now: datetime, version: int | None = None
) -> None:
    """Draft or input → withdrawn, for good."""
    hold(objective, by=by, do=Do.WITHDRAW_OBJECTIVE, version=version)
    require_changeable(objective)
    reason = require_text("reason", reason, _("Say in one sentence why you withdraw it."))
    move(objective, "withdraw", by=by, now=now, reason=reason)


@transaction.atomic
def commit(
    objective: Objective,
    *,
    by: User,
    now: datetime,
    early_reason: str = "",
    version: int | None = None,
) -> None:
    """Input → committed. From here on it changes only by amendment."""
    hold(objective, by=by, do=Do.COMMIT_OBJECTIVE, version=version)
    _require(objective, State.INPUT, _("Only an objective in input can be committed."))
    commitment = Commitment.of(objective, today=_today(now))
    if commitment.hindrances:
        raise ValidationError(commitment.hindrances)
    objective.early_reason = (
        require_text("early_reason", early_reason, commitment.asks_why)
        if commitment.asks_why
        else ""
    )
    objective.committed_by, objective.committed_at = by, now
    changed = ["early_reason", "committed_by", "committed_at"]
    objective.key_results.update(baseline_is_proposed=False)
    move(objective, "commit", *changed, by=by, now=now, reason=objective.early_reason)


def _require(objective: Objective, state: Objective.State, otherwise: str) -> None:
    if objective.state != state:
        raise ValidationError(otherwise)


def _require_title(title: str) -> str:
    return require_text("title", title, _("Write the objective in one sentence."))


def _require_leader(owner: User, team: Team) -> None:
    if not may(owner, Do.EDIT_OBJECTIVE, team):
        raise ValidationError(
            {"owner": _("The owner is a leader of %(team)s, or above it.") % {"team": team}}
        )


def _today(now: datetime) -> date:
    return Organisation.objects.get().today(now)


def _set_window(objective: Objective, until: date, *, now: datetime) -> None:
    if not _today(now) <= until <= objective.cycle.ends:
        raise ValidationError({"until": _("Choose a day from today to the end of the cycle.")})
    objective.input_until = until


def _ask(objective: Objective, people: Iterable[User], *, by: User, now: datetime) -> None:
    asked = [Asked(objective=objective, person=person, by=by, at=now) for person in people]
    Asked.objects.bulk_create(asked, ignore_conflicts=True)


def _tell_asked(objective: Objective, *, now: datetime) -> None:
    """Each once for each time that it opens."""
    times = objective.moves.filter(to_state=State.INPUT).count()
    asked = User.objects.active().filter(asked_for_input__objective=objective)
    outbox.put("input.asked", to=asked, about=objective, now=now, occasion=str(times))
