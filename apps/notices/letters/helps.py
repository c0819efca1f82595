"""Help that is asked of somebody, and its answer."""

from django.utils.translation import gettext as _

from apps.checkins.models import HelpRequest
from apps.notices import days
from apps.notices.letters.letter import Desk, Letter
from apps.organisation.models import OutboxMessage


def asked(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = HelpRequest.objects.open().filter(pk=message.thing_pk).for_rows().first()
    if found is None:
        return None
    return Letter(
        subject=_("%(name)s (%(team)s) asks you for help by %(day)s")
        % {
            "name": found.raised_by.name,
            "team": found.team.name,
            "day": days.in_full(found.by_when),
        },
        lines=[_("“%(text)s”") % {"text": found.text}],
        url=found.get_absolute_url(),
        verb=_("Answer"),
    )


def answered(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = HelpRequest.objects.filter(pk=message.thing_pk).for_rows().first()
    if found is None or found.answered_by is None:
        return None
    return Letter(
        subject=_("%(name)s answers your request for help") % {"name": found.answered_by.name},
        lines=[
            _("You asked: “%(text)s”") % {"text": found.text},
            _("The answer: “%(text)s”") % {"text": found.answer},
        ],
        url=found.get_absolute_url(),
        verb=_("Read it there"),
    )
