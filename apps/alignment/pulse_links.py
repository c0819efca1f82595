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
    """None where nobody signed it, or where the person has left."""
    try:
        round_id, team_id, person_id = SIGNER.unsign_object(signed)
    except signing.BadSignature:
        return None
    person = User.objects.active().filter(pk=person_id).first()
    if person is None:
        return None
    return Asked(PulseRound.objects.get(pk=round_id), Team.objects.get(pk=team_id), person)
