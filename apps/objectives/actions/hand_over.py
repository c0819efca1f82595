from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.models import Objective
from apps.organisation import outbox
from apps.organisation.actions import root_team
from apps.organisation.locks import hold_for_share
from apps.organisation.models import TeamGrant, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import lock


@transaction.atomic
def hand_over(objective: Objective, *, to: User, by: User, now: datetime) -> None:
    """To another of its leaders, where its owner has gone. Neither a word nor a number of the goal
    changes: docs/decisions/handing-over.md says why an administrator may do this."""
    still_may(by, Do.MANAGE_PEOPLE, root_team(), shared=objective.cycle)
    lock(objective)
    if objective.owner is None or objective.owner.is_active:
        raise ValidationError(_("“%(title)s” is in good hands.") % {"title": objective})
    hold_for_share(TeamGrant.objects.filter(user=to))
    to.forget_standing()
    if not may(to, Do.EDIT_OBJECTIVE, objective.team):
        raise ValidationError(
            _("The owner is a leader of %(team)s, or above it.") % {"team": objective.team}
        )
    objective.owner = to
    objective.version += 1
    objective.save(update_fields=["owner", "version"])
    outbox.put("objective.handed_over", to=[to], about=objective, now=now)
