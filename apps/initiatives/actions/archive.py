from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.archiving import LeftToDecide
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, still_may, take_turns
from apps.organisation.writes import lock


@transaction.atomic
def archive_team(team: Team, *, by: User, now: datetime, version: int | None = None) -> None:
    """For good. The team is held, so that nothing begins in it meanwhile."""
    take_turns(by, team)
    still_may(by, Do.ARCHIVE_TEAM, team)
    lock(team, version=version)
    if team.is_root:
        raise ValidationError(
            _("%(team)s stands for the whole organisation.") % {"team": team.name}
        )
    if not LeftToDecide.of(team).is_nothing:
        raise ValidationError(
            _("Something in %(team)s still lives. Answer the questions below first.")
            % {"team": team.name}
        )
    team.archived_at = now
    team.version += 1
    team.save(update_fields=["archived_at", "version"])
