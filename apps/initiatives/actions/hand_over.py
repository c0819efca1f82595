from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.history import record, save
from apps.initiatives.actions.rules import must_work_in
from apps.initiatives.models import Initiative, Status
from apps.organisation import outbox
from apps.organisation.actions import root_team
from apps.organisation.locks import hold_for_share
from apps.organisation.models import TeamGrant, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock


@transaction.atomic
def hand_over(initiative: Initiative, *, to: User, by: User, now: datetime) -> None:
    """To someone of its team, where its lead has gone. Neither its state nor its words change:
    docs/decisions/handing-over.md says why an administrator may do this."""
    still_may(by, Do.MANAGE_PEOPLE, root_team())
    lock(initiative)
    if not initiative.is_live or initiative.lead is None or initiative.lead.is_active:
        raise ValidationError(_("“%(title)s” is in good hands.") % {"title": initiative})
    hold_for_share(TeamGrant.objects.filter(user=to))
    to.forget_standing()
    must_work_in(initiative.team, to)
    initiative.lead = to
    save(initiative, ["lead"])
    record(initiative, "hand_over", origin=Status(initiative.status), by=by, now=now)
    outbox.put("initiative.handed_over", to=[to], about=initiative, now=now)
