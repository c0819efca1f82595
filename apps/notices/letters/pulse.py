"""The pulse asks four questions. Whether somebody has answered is never looked at here: what
became of a mail stays in the outbox, and would say when."""

from django.utils.translation import gettext as _

from apps.alignment.models import PulseAsked, PulseRound
from apps.alignment.pulse_links import link
from apps.notices import days
from apps.notices.letters.letter import Desk, Letter, Part
from apps.organisation.models import OutboxMessage


def asked(message: OutboxMessage, desk: Desk) -> Letter | None:
    pulse_round = PulseRound.objects.open().filter(pk=message.thing_pk).first()
    if pulse_round is None:
        return None
    of_teams = (
        PulseAsked.objects.filter(round=pulse_round, person=message.person)
        .select_related("tally__team")
        .order_by("tally__team__name")
    )
    return Letter(
        subject=_("Four short questions, until %(day)s") % {"day": days.in_full(pulse_round.until)},
        lines=[
            _("How clear are the goals, and how free is your team to choose the way?"),
            _(
                "Nobody sees what you answer: it is only counted. "
                "The link works without signing in, so keep it to yourself."
            ),
        ],
        parts=[Part(one.tally.team.name, [], link(one)) for one in of_teams],
    )
