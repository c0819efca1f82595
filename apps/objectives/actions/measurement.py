"""Measurements: added by the team that reports a key result, corrected by a newer row."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.forecast import keep_forecasts
from apps.objectives.actions.holding import hold
from apps.objectives.actions.key_result import refuse_value
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.scoring import STAGES
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text

Kind = KeyResult.Kind


@transaction.atomic
def measure(
    key_result: KeyResult,
    *,
    day: date,
    value: Decimal,
    by: User,
    now: datetime,
    note: str = "",
    source: str = Measurement.Source.BY_HAND,
) -> Measurement:
    """A day before the cycle is history; the last number entered for a day counts."""
    _hold(key_result, by=by, do=Do.ADD_MEASUREMENT)
    if day > Organisation.objects.get().today(now):
        raise ValidationError({"day": _("Choose today or an earlier day.")})
    require_value(key_result, value)
    measurement = Measurement.objects.create(
        key_result=key_result,
        day=day,
        value=value,
        note=note,
        source=source,
        entered_by=by,
        entered_at=now,
    )
    keep_forecasts([key_result], now=now)
    return measurement


@transaction.atomic
def correct(
    measurement: Measurement, *, value: Decimal, reason: str, by: User, now: datetime
) -> Measurement:
    """A newer row for the same day; the old one stays, struck through. The first one stands."""
    key_result = measurement.key_result
    _hold(key_result, by=by, do=Do.CORRECT_MEASUREMENT)
    lock(measurement)
    if Measurement.objects.filter(supersedes=measurement).exists():
        raise ValidationError(
            _("This number has been corrected already. Correct the newer one instead.")
        )
    reason = require_text("reason", reason, _("Say in one sentence what was wrong."))
    require_value(key_result, value)
    if value == measurement.value:
        raise ValidationError({"value": _("This is the number that stands already.")})
    corrected = Measurement.objects.create(
        key_result=key_result,
        day=measurement.day,
        value=value,
        source=Measurement.Source.BY_HAND,
        supersedes=measurement,
        reason=reason,
        entered_by=by,
        entered_at=now,
    )
    keep_forecasts([key_result], now=now)
    return corrected


def _hold(key_result: KeyResult, *, by: User, do: Do) -> None:
    hold(key_result.objective, by=by, do=do, team=key_result.team)
    if not key_result.objective.is_committed:
        raise ValidationError(_("Numbers are added while the objective is committed."))
    key_result.refresh_from_db(fields=["dropped_at"])
    if key_result.dropped_at is not None:
        raise ValidationError(_("This key result was dropped by an amendment."))


def require_value(key_result: KeyResult, value: Decimal) -> None:
    """Raises ValidationError where this can't be a value of it; check-ins ask the same."""
    if key_result.kind == Kind.MILESTONE and value not in {0, 1}:
        raise ValidationError({"value": _("A milestone is 0 (not reached) or 1 (reached).")})
    if key_result.kind == Kind.STAGES and value not in STAGES.values():
        raise ValidationError({"value": _("Choose one of the stages: 0, 0.3, 0.7 or 1.")})
    if refusal := refuse_value(key_result, value):
        raise ValidationError({"value": refusal})
