"""Amendments: the only way in which a committed goal changes."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold
from apps.objectives.actions.key_result import refuse_target
from apps.objectives.models import Amendment, KeyResult
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock


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
    objective = key_result.objective
    hold(objective, by=by, do=Do.AMEND_KEY_RESULT)
    if not objective.is_committed:
        raise ValidationError(_("Only a committed objective is amended."))
    lock(key_result, version=version)
    key_result.objective = objective
    if key_result.kind not in KeyResult.MEASURED:
        raise ValidationError(_("This key result has no target figure to amend."))
    if target == key_result.target:
        raise ValidationError({"target": _("This is the target that stands already.")})
    if refusal := refuse_target(key_result, target):
        raise ValidationError({"target": refusal})
    amendment = Amendment.objects.create(
        objective=objective,
        key_result=key_result,
        kind=Amendment.Kind(kind),
        field="target",
        old=_plain(key_result.target),
        new=_plain(target),
        reason=reason,
        day=Organisation.objects.get().today(now),
        by=by,
        at=now,
    )
    key_result.target = target
    key_result.version += 1
    key_result.save(update_fields=["target", "version"])
    return amendment


def _plain(value: Decimal | None) -> str:
    """As digits, in no language: history is read by sums, too."""
    return "" if value is None else f"{value.normalize():f}"
