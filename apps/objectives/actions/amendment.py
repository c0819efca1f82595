"""Amendments: the only way in which a committed goal changes."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold
from apps.objectives.actions.key_result import implied_kind, refuse_target, refuse_value
from apps.objectives.models import Amendment, KeyResult
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text


@transaction.atomic
def amend_target(
    key_result: KeyResult,
    *,
    target: Decimal,
    reason: str,
    by: User,
    now: datetime,
    kind: str = Amendment.Kind.TARGET,
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
    return _amend(key_result, "target", target, kind=kind, reason=reason, by=by, now=now)


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
    key_result.baseline = baseline
    if refusal := refuse_value(key_result, baseline) or refuse_target(
        key_result, key_result.target
    ):
        raise ValidationError({"baseline": refusal})
    key_result.baseline = None
    kind = Amendment.Kind.CORRECTION
    return _amend(key_result, "baseline", baseline, kind=kind, reason=reason, by=by, now=now)


def _hold(key_result: KeyResult, *, by: User, version: int | None) -> None:
    objective = key_result.objective
    hold(objective, by=by, do=Do.AMEND_KEY_RESULT)
    if not objective.is_committed:
        raise ValidationError(_("Only a committed objective is amended."))
    lock(key_result, version=version)
    key_result.objective = objective


def _amend(
    key_result: KeyResult,
    field: str,
    value: Decimal,
    *,
    kind: str,
    reason: str,
    by: User,
    now: datetime,
) -> Amendment:
    amendment = Amendment.objects.create(
        objective=key_result.objective,
        key_result=key_result,
        kind=Amendment.Kind(kind),
        field=field,
        old=_plain(getattr(key_result, field)),
        new=_plain(value),
        reason=reason,
        day=Organisation.objects.get().today(now),
        by=by,
        at=now,
    )
    setattr(key_result, field, value)
    key_result.version += 1
    key_result.save(update_fields=[field, "kind", "version"])
    return amendment


def _plain(value: Decimal | None) -> str:
    """As digits, in no language: history is read by sums, too."""
    return "" if value is None else f"{value.normalize():f}"
