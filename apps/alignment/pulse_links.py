"""The link in a mail that asks somebody for the pulse: it answers for one person, one team and one
round, without a session. Signed, so that nobody makes one; worthless once the round has closed."""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse

from apps.alignment.models import PulseAsked, PulseRound
from apps.organisation.models import Team, User

SIGNER = signing.Signer(salt="pulse")


class Asked(NamedTuple):
    pulse_round: PulseRound
    team: Team
    person: User


def token(asked: PulseAsked) -> str:
    return SIGNER.sign_object([asked.round_id, asked.tally.team_id, asked.person_id])


def link(asked: PulseAsked) -> str:
    """The path; in a mail it wants the site's address before it."""
    return reverse("alignment:answer_pulse_by_link", args=[token(asked)])


def read(signed: str) -> Asked | None:
    """None where nobody signed it, where the person has left, or where it was signed before the
    database was restored to an earlier day."""
    try:
        round_id, team_id, person_id = SIGNER.unsign_object(signed)
    except signing.BadSignature:
        return None
    pulse_round = PulseRound.objects.filter(pk=round_id).first()
    team = Team.objects.filter(pk=team_id).first()
    person = User.objects.active().filter(pk=person_id).first()
    if pulse_round is None or team is None or person is None:
        return None
    return Asked(pulse_round, team, person)
