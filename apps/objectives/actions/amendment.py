"""Amendments: the only way in which a committed goal changes."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.objectives.actions.history import move
from apps.objectives.actions.holding import hold
from apps.objectives.actions.key_result import (
    OF_KIND,
    Definition,
    contradictions,
    implied_kind,
    refuse_target,
    refuse_value,
    require_another,
    require_unit,
)
from apps.objectives.commitment import missing
from apps.objectives.models import Amendment, KeyResult, Measurement, Objective
from apps.organisation import outbox
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text

Kind = Amendment.Kind

WORDS = ("title", "why", "not_doing")
# Of a key result, besides its target. Its kind stays: another kind would be another key result.
DEFINITION = (
    *("title", "metric", "measured_by", "unit_kind", "unit", "decimals", "baseline"),
    "baseline_by",
    *("low", "high", "due", "stage_commit", "stage_target", "stage_stretch"),
    *("bound_low", "bound_high", "ambition", "effect_from"),
)


class Change(NamedTuple):
    field: str
    old: Any
    new: Any


@transaction.atomic
def amend(
    objective: Objective,
    *,
    title: str,
    why: str,
    not_doing: str,
    reason: str,
    by: User,
    now: datetime,
    change: str = Kind.SCOPE,
    version: int | None = None,
) -> list[Amendment]:
    """Other words for a committed objective; the old ones stay in its history."""
    hold(objective, by=by, do=Do.AMEND_OBJECTIVE, version=version)
    _require_committed(objective)
    reason = require_text("reason", reason, _("Say in one sentence why it changes."))
    title = require_text("title", title, _("Write the objective in one sentence."))
    why = require_text("why", why, _("Say why it matters."))
    said = {"title": title, "why": why, "not_doing": not_doing.strip()}
    changes = _changes(objective, said)
    rows = record_amendments(objective, changes, change=change, reason=reason, by=by, now=now)
    for name, _old, new in changes:
        setattr(objective, name, new)
    objective.version += 1
    objective.save(update_fields=[*said, "version"])
    return rows


@transaction.atomic
def abandon(
    objective: Objective, *, reason: str, by: User, now: datetime, version: int | None = None
) -> Amendment:
    """Committed → abandoned, for good. What becomes of the means, each team says itself."""
    hold(objective, by=by, do=Do.ABANDON_OBJECTIVE, version=version)
    _require_committed(objective)
    reason = require_text("reason", reason, _("Say in one sentence why you give it up."))
    gone = Change("state", objective.state, Objective.State.ABANDONED)
    [row] = record_amendments(
        objective, [gone], change=Kind.ABANDONMENT, reason=reason, by=by, now=now
    )
    move(objective, "abandon", by=by, now=now, reason=reason)
    return row


@transaction.atomic
def amend_target(
    key_result: KeyResult,
    *,
    target: Decimal,
    reason: str,
    by: User,
    now: datetime,
    change: str = Kind.TARGET,
    version: int | None = None,
) -> Amendment:
    """A new target from today on. The old one stays in the history and in the chart."""
    _hold(key_result, by=by, version=version)
    reason = require_text("reason", reason, _("Say in one sentence why the target changes."))
    if not key_result.has_target_to_amend:
        raise ValidationError(_("This key result has no target figure to amend."))
    if target == key_result.target:
        raise ValidationError({"target": _("This is the target that stands already.")})
    if not key_result.kind:
        key_result.kind = implied_kind(key_result.baseline, target)
    if refusal := refuse_target(key_result, target):
        raise ValidationError({"target": refusal})
    changes = _changes(key_result, {"target": target})
    [row] = _amend(key_result, changes, "kind", change=change, reason=reason, by=by, now=now)
    return row


@transaction.atomic
def amend_key_result(
    key_result: KeyResult,
    *,
    reason: str,
    by: User,
    now: datetime,
    change: str = Kind.SCOPE,
    same_values: bool = False,
    different: bool = False,
    version: int | None = None,
    **definition: Unpack[Definition],
) -> list[Amendment]:
    """Its words, its start, its limits and its days; `same_values` says that the numbers which
    stand are in the new unit already, `different` that it is another one than what says nearly
    the same."""
    _hold(key_result, by=by, version=version)
    reason = require_text("reason", reason, _("Say in one sentence why it changes."))
    said: dict[str, Any] = {
        name: definition.get(name) for name in amendable(key_result) if name in definition
    }
    title = definition.get("title", key_result.title)
    said["title"] = require_text("title", title, _("Name the figure that shows success."))
    if "unit" in said:
        said["unit_kind"], said["unit"] = require_unit(said["unit"], said.get("unit_kind", ""))
    changes = _changes(key_result, said)
    names = {name for name, _old, _new in changes}
    if names & {"unit", "unit_kind"} and not same_values:
        _require_no_values(key_result)
    for name, _old, new in changes:
        setattr(key_result, name, new)
    if "title" in names:
        require_another(key_result, different=different)
    if errors := contradictions(key_result):
        raise ValidationError({name if name in said else "title": e for name, e in errors.items()})
    if lacking := missing(key_result):
        raise ValidationError(lacking)
    if names & {"bound_low", "bound_high"}:
        _require_within_bounds(key_result)
    return _amend(key_result, changes, change=change, reason=reason, by=by, now=now)


@transaction.atomic
def drop_key_result(
    key_result: KeyResult, *, reason: str, by: User, now: datetime, version: int | None = None
) -> Amendment:
    """It leaves the mean from now on, and stays in the report with all that was measured."""
    _hold(key_result, by=by, version=version)
    reason = require_text("reason", reason, _("Say in one sentence why you drop it."))
    key_result.dropped_at = now
    gone = [Change("dropped_at", None, now)]
    [row] = _amend(key_result, gone, change=Kind.SCOPE, reason=reason, by=by, now=now)
    return row


@transaction.atomic
def state_baseline(
    key_result: KeyResult,
    *,
    baseline: Decimal,
    reason: str,
    by: User,
    now: datetime,
    version: int | None = None,
) -> Amendment:
    """Keep the promise to measure the start value; `reason` says how it was measured."""
    _hold(key_result, by=by, version=version)
    reason = require_text("reason", reason, _("Say in one sentence how it was measured."))
    if not key_result.is_promised:
        raise ValidationError(_("The start value of this key result is known."))
    changes = _changes(key_result, {"baseline": baseline})
    key_result.baseline = baseline
    if refusal := refuse_value(key_result, baseline) or refuse_target(
        key_result, key_result.target
    ):
        raise ValidationError({"baseline": refusal})
    [row] = _amend(
        key_result, changes, "kind", change=Kind.CORRECTION, reason=reason, by=by, now=now
    )
    return row


def _hold(key_result: KeyResult, *, by: User, version: int | None) -> None:
    objective = key_result.objective
    hold(objective, by=by, do=Do.AMEND_KEY_RESULT)
    _require_committed(objective)
    lock(key_result, version=version)
    key_result.objective = objective
    if key_result.dropped_at is not None:
        raise ValidationError(_("This key result was dropped by an amendment."))


def _require_committed(objective: Objective) -> None:
    if not objective.is_committed:
        raise ValidationError(_("Only a committed objective is amended."))


def amendable(key_result: KeyResult) -> list[str]:
    """What its kind has. A promised start value is stated, not amended; its day may be."""
    left_out = "baseline" if key_result.is_promised else "baseline_by"
    return [
        name
        for name in DEFINITION
        if name != left_out and (name not in OF_KIND or key_result.kind in OF_KIND[name])
    ]


def _changes(goal: Objective | KeyResult, said: dict[str, Any]) -> list[Change]:
    """Of what is said, that which does not stand already; something must be."""
    changes = [
        Change(name, getattr(goal, name), new)
        for name, new in said.items()
        if new != getattr(goal, name)
    ]
    if not changes:
        raise ValidationError(_("Nothing differs from what stands. Change something, or leave it."))
    return changes


def _require_no_values(key_result: KeyResult) -> None:
    standing = Measurement.objects.filter(key_result=key_result).effective().count()
    if not standing:
        return
    unit = key_result.unit_beside() or _("no unit")
    sentence = ngettext(
        "%(n)d number stands, in %(unit)s. If it means the same in the new unit, say so below; "
        "else drop this key result, for its numbers can't be compared.",
        "%(n)d numbers stand, in %(unit)s. If they mean the same in the new unit, say so below; "
        "else drop this key result, for its numbers can't be compared.",
        standing,
    )
    raise ValidationError({"unit": sentence % {"n": standing, "unit": unit}})


def _require_within_bounds(key_result: KeyResult) -> None:
    for measured in Measurement.objects.filter(key_result=key_result).effective():
        if refuse_value(key_result, measured.value):
            sentence = _("A number that stands lies outside: %(value)s. Choose wider bounds.")
            raise ValidationError({"bound_high": sentence % {"value": plain(measured.value)}})


def _amend(
    key_result: KeyResult,
    changes: list[Change],
    *also: str,
    change: str,
    reason: str,
    by: User,
    now: datetime,
) -> list[Amendment]:
    """`also`: what may have come to be known with it."""
    objective = key_result.objective
    rows = record_amendments(
        objective, changes, about=key_result, change=change, reason=reason, by=by, now=now
    )
    for name, _old, new in changes:
        setattr(key_result, name, new)
    key_result.version += 1
    names = [name for name, _old, _new in changes]
    key_result.save(update_fields=[*names, *also, "version"])
    return rows


def record_amendments(
    objective: Objective,
    changes: Iterable[Change],
    *,
    about: KeyResult | None = None,
    change: str,
    reason: str,
    by: User,
    now: datetime,
) -> list[Amendment]:
    """A row a field, and a word to those who report its key results: they work on it."""
    day = Organisation.objects.get().today(now)
    rows = [
        Amendment.objects.create(
            objective=objective,
            key_result=about,
            kind=Kind(change),
            field=name,
            old=plain(old),
            new=plain(new),
            reason=reason,
            day=day,
            by=by,
            at=now,
        )
        for name, old, new in changes
    ]
    reporting = Team.objects.filter(key_results__objective=objective)
    people = User.objects.working_in(objective.team, *reporting.distinct()).exclude(pk=by.pk)
    outbox.put("goal.amended", to=people, about=rows[0], now=now)
    return rows


def plain(value: Any) -> str:
    """In no language, for history is read by sums, too: digits, days as 2026-11-25, words."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
    return str(value)
