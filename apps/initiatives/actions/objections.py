"""A leader's word against an initiative, and what the team makes of it.

None of these writes to the initiative, its links or its history: an objection stops nothing.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.rules import has_ended
from apps.initiatives.boundaries import boundaries_of
from apps.initiatives.models import OBJECTION_MOVES, Initiative, Objection, ObjectionMove
from apps.objectives.models import Constraint
from apps.organisation import outbox
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def object_to(
    initiative: Initiative, *, constraint: Constraint, reason: str, by: User, now: datetime
) -> Objection:
    """Cites one constraint in force that binds the initiative. The initiative goes on as it is."""
    still_may(by, Do.OBJECT_TO_INITIATIVE, initiative.team)
    hold_for_share(Initiative.objects.filter(pk=initiative.pk))
    hold_for_share(Constraint.objects.filter(pk=constraint.pk))
    initiative.refresh_from_db(fields=["status"])
    if not initiative.is_live:
        raise ValidationError(has_ended(initiative))
    today = Organisation.objects.get().today(now)
    if not boundaries_of(initiative, today=today).filter(pk=constraint.pk).exists():
        raise ValidationError(
            {"constraint": _("This constraint does not bind it any more. Choose another.")}
        )
    reason = require_text("reason", reason, _("Say in what way it goes against the constraint."))
    mine = Objection.objects.filter(initiative=initiative, constraint=constraint, raised_by=by)
    if mine.filter(state=Objection.State.OPEN).exists():
        raise ValidationError(
            {"constraint": _("You have an open objection that cites this constraint already.")}
        )
    objection = Objection.objects.create(
        initiative=initiative, constraint=constraint, reason=reason, raised_by=by, raised_at=now
    )
    _record(objection, "raise", origin="", by=by, now=now)
    team = User.objects.working_in(initiative.team)
    outbox.put("objection.raised", to=team, about=objection, now=now)
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, *, text: str, by: User, now: datetime, version: int | None = None
) -> None:
    """The team goes on, and says why; the objection stays open, with the answer beside it."""
    still_may(by, Do.ANSWER_OBJECTION, objection.initiative.team)
    lock(objection, version=version)
    text = require_text("text", text, _("Say in one sentence why you go on."))
    answer = _move(objection, "answer", text=text, by=by, now=now)
    outbox.put("objection.answered", to=[objection.raised_by], about=answer, now=now)


@transaction.atomic
def meet_objection(
    objection: Objection, *, text: str, by: User, now: datetime, version: int | None = None
) -> None:
    still_may(by, Do.MEET_OBJECTION, objection.initiative.team)
    lock(objection, version=version)
    text = require_text("text", text, _("Say in one sentence what you changed."))
    met = _move(objection, "meet", text=text, by=by, now=now)
    outbox.put("objection.answered", to=[objection.raised_by], about=met, now=now)


@transaction.atomic
def withdraw_objection(
    objection: Objection, *, by: User, now: datetime, version: int | None = None
) -> None:
    """One's own."""
    still_may(by, Do.WITHDRAW_OBJECTION, objection.initiative.team)
    lock(objection, version=version)
    if not objection.is_of(by):
        raise PermissionDenied(not_ones_own(objection))
    _move(objection, "withdraw", by=by, now=now)


def not_ones_own(objection: Objection) -> str:
    return _("Only %(name)s can withdraw this objection.") % {"name": objection.raised_by.name}


def _move(
    objection: Objection, verb: str, *, by: User, now: datetime, text: str = ""
) -> ObjectionMove:
    """From open on, while the constraint, the initiative and the leader are still there."""
    hold_for_share(Constraint.objects.filter(pk=objection.constraint_id))
    hold_for_share(Initiative.objects.filter(pk=objection.initiative_id))
    today = Organisation.objects.get().today(now)
    standing = Objection.objects.with_standing(today).get(pk=objection.pk)
    if not standing.is_open:
        raise ValidationError(
            _("This objection is %(state)s, so nothing can be done about it any more.")
            % {"state": standing.stands_as.label}
        )
    objection.state = Objection.State(OBJECTION_MOVES[verb])
    objection.version += 1
    objection.save(update_fields=["state", "version"])
    return _record(objection, verb, origin=Objection.State.OPEN, text=text, by=by, now=now)


def _record(
    objection: Objection, verb: str, *, origin: str, by: User, now: datetime, text: str = ""
) -> ObjectionMove:
    return ObjectionMove.objects.create(
        objection=objection, verb=verb, from_state=origin, to_state=objection.state, text=text,
        by=by, at=now,
    )  # fmt: skip
