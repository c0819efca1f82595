"""What every action on a goal does first: ask again, then hold the goal."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.objectives.models import Cycle, Objective
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock


def hold(
    objective: Objective, *, by: User, do: Do, team: Team | None = None, version: int | None = None
) -> None:
    """The objective as it is stored now, held for update, in a cycle that is open.

    `team` decides about the right, where it isn't the objective's own.
    """
    still_may(by, do, team or objective.team, shared=objective.cycle)
    require_open(objective.cycle)
    cycle, own_team = objective.cycle, objective.team
    lock(objective, version=version)
    objective.cycle, objective.team = cycle, own_team


def require_open(cycle: Cycle) -> None:
    if not cycle.is_open:
        raise ValidationError(
            _("%(cycle)s is closed. It can be read, not changed.") % {"cycle": cycle}
        )


def require_changeable(objective: Objective) -> None:
    if objective.can_still_change:
        return
    if objective.is_committed:
        raise ValidationError(
            _("This objective is committed. It changes only by amendment, with a reason.")
        )
    raise ValidationError(_("This objective has ended. It can be read, not changed."))
