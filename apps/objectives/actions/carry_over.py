"""An objective goes on in a later cycle: as a draft, whole, without its old values."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.constraint import set_constraint
from apps.objectives.actions.key_result import refuse_target
from apps.objectives.actions.objective import draft
from apps.objectives.models import Constraint, Cycle, KeyResult, Objective
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import lock

# What a key result says of itself, whatever the cycle.
SAID = (
    "title", "metric", "measured_by", "unit_kind", "unit", "decimals", "kind", "target", "low",
    "high", "bound_low", "bound_high", "stage_commit", "stage_target", "stage_stretch", "ambition",
    "position",
)  # fmt: skip
# Days of it lie as far into the new cycle as they lay in the old one.
DAYS = ("effect_from", "due", "baseline_by")


@transaction.atomic
def carry_over(objective: Objective, *, cycle: Cycle, by: User, now: datetime) -> Objective:
    """The old one stays as it is. Who owned it owns the draft, unless that is over."""
    still_may(by, Do.DRAFT_OBJECTIVE, objective.team, shared=cycle)
    lock(objective)
    if not objective.can_be_carried_over:
        raise ValidationError(_("What was withdrawn or abandoned is not carried over."))
    if not leads_on(objective.cycle, cycle):
        raise ValidationError({"cycle": _("Choose a cycle that ends after this one.")})
    if taken := Objective.objects.carried_from(objective).filter(cycle=cycle).first():
        raise ValidationError(
            _("It goes on in %(cycle)s already, as “%(objective)s”.")
            % {"cycle": cycle, "objective": taken}
        )
    owner = objective.owner
    made = draft(
        team=objective.team,
        cycle=cycle,
        title=objective.title,
        why=objective.why,
        not_doing=objective.not_doing,
        owner=owner if owner and may(owner, Do.EDIT_OBJECTIVE, objective.team) else by,
        by=by,
        now=now,
    )
    made.carried_from = objective
    made.save(update_fields=["carried_from"])
    old = objective.key_results.counted().with_series().select_related("team")
    KeyResult.objects.bulk_create(carried(key_result, made) for key_result in old)
    _keep_bounds(objective, made, by=by, now=now)
    return made


def leads_on(old: Cycle, new: Cycle) -> bool:
    """A year goes on in the next year, or in a quarter of it; nothing goes back."""
    return new.ends > old.ends


def carried(old: KeyResult, objective: Objective) -> KeyResult:
    """Not stored yet. Of a road the last value is the proposed start; where the target lies
    behind that, it has to be set anew."""
    new = KeyResult(
        objective=objective,
        team=old.team if old.team.archived_at is None else objective.team,
        carried_from=old,
        **{name: getattr(old, name) for name in SAID},
    )
    for name in DAYS:
        setattr(new, name, _shifted(getattr(old, name), old.objective.cycle, objective.cycle))
    if old.kind in KeyResult.MEASURED:
        new.baseline = _last_value(old)
        new.baseline_is_proposed = new.baseline is not None
        if new.baseline is not None:
            new.baseline_by = None
        if refuse_target(new, new.target):
            new.target = None
    return new


def _last_value(key_result: KeyResult) -> Decimal | None:
    """Of the cycle and of what came after it; the old start, where nothing was measured."""
    if not key_result.series:
        return key_result.baseline
    return Decimal(key_result.series[-1]["value"])


def _shifted(day: date | None, old: Cycle, new: Cycle) -> date | None:
    return None if day is None else min(new.starts + (day - old.starts), new.ends)


def _keep_bounds(old: Objective, new: Objective, *, by: User, now: datetime) -> None:
    """Constraints that bind the means of the old one and are still in force."""
    today = Organisation.objects.get().today(now)
    bounds: Iterable[Constraint] = Constraint.objects.in_force(today).filter(objective=old)
    for bound in bounds:
        set_constraint(
            objective=new, sentence=bound.sentence, reason=bound.reason, expires=bound.expires,
            by=by, now=now,
        )  # fmt: skip
