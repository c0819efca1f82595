"""Constraints: boundaries on the means, set by leaders with a reason."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold
from apps.objectives.models import Constraint, Objective
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def set_constraint(
    *,
    sentence: str,
    reason: str,
    by: User,
    now: datetime,
    objective: Objective | None = None,
    team: Team | None = None,
    expires: date | None = None,
) -> Constraint:
    """On an objective, or for a team and all below it: one of the two."""
    _hold(objective, team, by=by, do=Do.SET_CONSTRAINT)
    if objective and not (objective.can_still_change or objective.is_committed):
        raise ValidationError(_("This objective has ended. It can be read, not changed."))
    if expires and expires < Organisation.objects.get().today(now):
        raise ValidationError({"expires": _("Choose today or a later day.")})
    sentence = require_text("sentence", sentence, _("Write the constraint in one sentence."))
    reason = require_text(
        "reason", reason, _("Say why. A constraint without a reason binds nobody.")
    )
    return Constraint.objects.create(
        objective=objective,
        team=team,
        sentence=sentence,
        reason=reason,
        set_by=by,
        set_at=now,
        expires=expires,
    )


@transaction.atomic
def lift_constraint(
    constraint: Constraint, *, by: User, now: datetime, version: int | None = None
) -> None:
    _hold(constraint.objective, constraint.team, by=by, do=Do.LIFT_CONSTRAINT)
    lock(constraint, version=version)
    if constraint.lifted_at is not None:
        raise ValidationError(_("This constraint has been lifted already."))
    constraint.lifted_at, constraint.lifted_by = now, by
    constraint.version += 1
    constraint.save(update_fields=["lifted_at", "lifted_by", "version"])


def _hold(objective: Objective | None, team: Team | None, *, by: User, do: Do) -> None:
    if objective is not None:
        hold(objective, by=by, do=do)
    elif team is not None:
        still_may(by, do, team)
