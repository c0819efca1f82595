"""How somebody comes into a made-up organisation: invited, and accepting at once."""

from datetime import datetime

from apps.organisation import invitation_actions as invitations
from apps.organisation.models import User


def come_in(*, email: str, name: str, by: User, now: datetime) -> User:
    """Without a password; the known ones are set by themselves, and only in the demo."""
    [invitation] = invitations.invite(emails=[email], role="", by=by, now=now)
    return invitations.accept_invitation(invitation, name=name, password=None, now=now)
