"""A leader's word against an initiative, and what the team says to it."""

from django.utils.translation import gettext as _

from apps.initiatives.models import Objection, ObjectionMove
from apps.notices.letters.letter import Desk, Letter
from apps.organisation.models import OutboxMessage


def raised(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = Objection.objects.open(desk.today).filter(pk=message.thing_pk)
    objection = found.select_related("raised_by", "initiative__team", "constraint").first()
    if objection is None:
        return None
    return Letter(
        subject=_("%(name)s objects to “%(title)s”")
        % {"name": objection.raised_by.name, "title": objection.initiative.title},
        lines=[
            _("The constraint: %(constraint)s") % {"constraint": objection.constraint.sentence},
            _("“%(text)s”") % {"text": objection.reason},
            _("It stops nothing by itself. Change something and mark it met, or say why not."),
        ],
        url=objection.get_absolute_url(),
        verb=_("Answer"),
    )


def answered(message: OutboxMessage, desk: Desk) -> Letter | None:
    """Met, or gone on with."""
    moves = ObjectionMove.objects.select_related("by", "objection__initiative__team")
    move = moves.filter(pk=message.thing_pk).first()
    if move is None:
        return None
    initiative = move.objection.initiative
    subject = {
        "answer": _("%(team)s answers your objection to “%(title)s”"),
        "meet": _("%(team)s meets your objection to “%(title)s”"),
    }[move.verb]
    return Letter(
        subject=subject % {"team": initiative.team.name, "title": initiative.title},
        lines=[_("%(name)s says: “%(text)s”") % {"name": move.by.name, "text": move.text}],
        url=move.objection.get_absolute_url(),
        verb=_("Read it there"),
    )
