"""What an imported goal does not say may be told afterwards, once: nothing stood there, so it
is no amendment. What stands changes by amendment only."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold
from apps.objectives.actions.key_result import (
    OF_KIND,
    contradictions,
    implied_kind,
    require_unit,
)
from apps.objectives.actions.measurement import require_value
from apps.objectives.models import KeyResult, Measurement, Objective, ObjectiveMove
from apps.organisation.models import User
from apps.organisation.permissions import Do, may
from apps.organisation.writes import lock

Kind = KeyResult.Kind

OBJECTIVE = ("why", "owner")
KEY_RESULT = (
    *("kind", "baseline", "target", "low", "high", "due"),
    *("stage_commit", "stage_target", "stage_stretch", "unit", "metric", "measured_by"),
)
NOTHING = (None, "")


def gaps_of(objective: Objective) -> list[str]:
    """The fields that can still be filled in."""
    if not (objective.is_imported and objective.is_committed):
        return []
    return [name for name in OBJECTIVE if getattr(objective, name) in NOTHING]


def gaps_of_key_result(key_result: KeyResult) -> list[str]:
    """Those of its kind, or of each kind that it may still turn out to have."""
    objective = key_result.objective
    if not (objective.is_imported and objective.is_committed) or key_result.dropped_at:
        return []
    gaps = [name for name in KEY_RESULT if getattr(key_result, name) in NOTHING]
    if key_result.kind:
        kinds = {key_result.kind}
    elif key_result.baseline is not None or key_result.target is not None:
        kinds = set(KeyResult.MEASURED)  # which of them, the other figure says
        gaps.remove("kind")
    else:
        return gaps
    return [name for name in gaps if name not in OF_KIND or kinds.intersection(OF_KIND[name])]


@transaction.atomic
def fill_in(
    objective: Objective,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    why: str = "",
    owner: User | None = None,
) -> None:
    hold(objective, by=by, do=Do.AMEND_OBJECTIVE, version=version)
    said = {name: value for name, value in {"why": why, "owner": owner}.items() if value}
    _require_gaps(said, gaps_of(objective))
    if owner and not may(owner, Do.EDIT_OBJECTIVE, objective.team):
        team = {"team": objective.team}
        raise ValidationError(
            {"owner": _("The owner is a leader of %(team)s, or above it.") % team}
        )
    for name, value in said.items():
        setattr(objective, name, value)
    _record(objective, list(said), about=objective, by=by, now=now)
    objective.version += 1
    objective.save(update_fields=[*said, "version"])


@transaction.atomic
def fill_in_key_result(
    key_result: KeyResult,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    **typed: str | Decimal | date | None,
) -> None:
    """Kind, start, target or what its kind needs instead; as much as is known."""
    objective = key_result.objective
    hold(objective, by=by, do=Do.AMEND_KEY_RESULT)
    lock(key_result, version=version)
    key_result.objective = objective
    said = _of_kind(key_result, {n: value for n, value in typed.items() if value not in NOTHING})
    kind = said.pop("unit_kind", "")
    _require_gaps(said, gaps_of_key_result(key_result))
    if "unit" in said:
        said["unit_kind"], said["unit"] = require_unit(said["unit"], kind)
    for name, value in said.items():
        setattr(key_result, name, value)
    if not key_result.kind and (kind := implied_kind(key_result.baseline, key_result.target)):
        said["kind"] = key_result.kind = kind
    if errors := contradictions(key_result):
        raise ValidationError(errors)
    _require_values(key_result)
    _record(objective, list(said), about=key_result, by=by, now=now)
    key_result.version += 1
    key_result.save(update_fields=[*said, "version"])


def _of_kind(key_result: KeyResult, said: dict[str, Any]) -> dict[str, Any]:
    """Without what was typed for another kind, before one was chosen."""
    kind = key_result.kind or said.get("kind", "")
    return {n: v for n, v in said.items() if not kind or n not in OF_KIND or kind in OF_KIND[n]}


def _require_gaps(said: dict[str, Any], gaps: list[str]) -> None:
    if not said:
        raise ValidationError(_("Fill in one of them, or leave the page."))
    if not set(said).issubset(gaps):
        raise ValidationError(
            _("Something stands there already. What stands changes only by amendment.")
        )


def _require_values(key_result: KeyResult) -> None:
    """What was measured before its kind was known must be a value of that kind."""
    if key_result.kind not in {Kind.MILESTONE, Kind.STAGES}:
        return
    for measurement in Measurement.objects.filter(key_result=key_result).effective():
        try:
            require_value(key_result, measurement.value)
        except ValidationError:
            raise ValidationError(
                {"kind": _("The numbers it has are not of this kind. Choose another.")}
            ) from None


def _record(
    objective: Objective,
    names: list[str],
    *,
    about: Objective | KeyResult,
    by: User,
    now: datetime,
) -> None:
    fields: list[Any] = [about._meta.get_field(name) for name in names]
    told = [f"{field.verbose_name}: {getattr(about, field.name)}" for field in fields]
    ObjectiveMove.objects.create(
        objective=objective,
        from_state=objective.state,
        to_state=objective.state,
        reason=_("Filled in for “%(goal)s”. %(told)s")
        % {"goal": about.title, "told": "; ".join(told)},
        by=by,
        at=now,
    )
