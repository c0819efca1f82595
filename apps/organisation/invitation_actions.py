"""What is done with invitations. Who may invite to what, the permission table says."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.organisation import outbox
from apps.organisation.actions import (
    add_member,
    add_observer,
    appoint_leader,
    root_team,
    withdraw_all,
)
from apps.organisation.invited import COUNTS_FOR, Invitation, Role
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import lock

# To bring someone in is to put someone there: each role needs the right that puts people into it.
RIGHT_TO_INVITE = {
    Role.MEMBER: Do.ADD_MEMBER,
    Role.OBSERVER: Do.ADD_MEMBER,
    Role.LEADER: Do.APPOINT_LEADER,
    Role.NONE: Do.MANAGE_PEOPLE,
    Role.ADMINISTRATOR: Do.MANAGE_PEOPLE,
}
PUT_IN = {
    Role.MEMBER: add_member,
    Role.OBSERVER: add_observer,
    Role.LEADER: appoint_leader,
}


@transaction.atomic
def invite(
    *, emails: Iterable[str], role: str, by: User, now: datetime, team: Team | None = None
) -> list[Invitation]:
    """All of these addresses, or none of them."""
    still_may(by, RIGHT_TO_INVITE[Role(role)], team or root_team())
    wanted = list(dict.fromkeys(email.lower() for email in emails))
    if refused := _already_known(wanted, by=by, now=now):
        raise ValidationError({"emails": refused})
    # Those that ran out make room for the new ones; one that somebody else sends right now stays.
    ran_out = Invitation.objects.open().filter(email__in=wanted, expires_at__lte=now)
    withdraw_all(ran_out, by=by, now=now)
    try:
        with transaction.atomic():
            return [
                _send(Invitation(email=email, team=team, role=role), by=by, now=now)
                for email in wanted
            ]
    except IntegrityError:  # somebody else invites one of them right now
        raise ValidationError(
            {"emails": _("One of them was just invited by someone else. Send it again.")}
        ) from None


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Its link counts no more from this moment on."""
    _hold(invitation, by=by)
    withdraw_all([invitation], by=by, now=now)


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """A new one in the place of the old: seven days again, another link, the right of `by`."""
    _hold(invitation, by=by)
    withdraw_all([invitation], by=by, now=now)
    again = Invitation(email=invitation.email, team=invitation.team, role=invitation.role)
    return _send(again, by=by, now=now)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, name: str, password: str | None, now: datetime
) -> User:
    """The account, and its place. Whoever invited must still be allowed to, and is held for it."""
    inviter, place = invitation.invited_by, invitation.team or root_team()
    try:
        still_may(inviter, right_to(invitation), place)
    except PermissionDenied:
        raise ValidationError(_no_longer(inviter)) from None
    lock(invitation)
    if refused := obstacle(invitation, now=now):
        raise ValidationError(refused)
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(
                invitation.email,
                password,
                name=name,
                language=Organisation.objects.get().language,
                is_administrator=invitation.role == Role.ADMINISTRATOR,
            )
    except IntegrityError:
        raise ValidationError(_taken()) from None
    if invitation.team:
        put_in = PUT_IN[Role(invitation.role)]
        put_in(invitation.team, person=person, by=inviter, now=now)
    invitation.accepted_by, invitation.accepted_at = person, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    outbox.take_back("invitation", about=invitation)
    return person


def right_to(invitation: Invitation) -> Do:
    return RIGHT_TO_INVITE[Role(invitation.role)]


def obstacle(invitation: Invitation, *, now: datetime) -> str:
    """Why its link does not count, in words; empty, where it does."""
    inviter = invitation.invited_by
    if invitation.accepted_by_id:
        return _("It was used already. Sign in with your address and your password.")
    if invitation.withdrawn_by_id:
        return _("It was withdrawn, or a newer one was sent: look whether you have another mail.")
    if invitation.has_run_out(now):
        last = date_format(localtime(invitation.expires_at), "DATE_FORMAT")
        return _("It counted until %(day)s. Ask %(name)s for another one.") % {
            "day": last, "name": inviter.name,
        }  # fmt: skip
    if not may(inviter, right_to(invitation), invitation.team or root_team()):
        return _no_longer(inviter)
    if User.objects.filter(email=invitation.email).exists():
        return _taken()
    return ""


def _no_longer(inviter: User) -> str:
    return _("%(name)s, who invited you, can invite you no longer. Ask someone else there.") % {
        "name": inviter.name
    }


def _taken() -> str:
    return _("There is an account with this address already. Sign in with it.")


def _already_known(emails: list[str], *, by: User, now: datetime) -> list[str]:
    """A sentence for each address that cannot be invited."""
    here = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    invited = {
        invitation.email: invitation
        for invitation in Invitation.objects.open().filter(email__in=emails).for_lines()
        if not invitation.has_run_out(now)
    }

    def refusal(email: str) -> str:
        if email == by.email:
            said = _("%(email)s is your own address. Nobody invites himself or herself.")
            return said % {"email": email}
        if email in here:
            return _("%(email)s is here already.") % {"email": email}
        if email in invited:
            name = invited[email].invited_by.name
            said = _("%(email)s is invited already, by %(name)s.")
            return said % {"email": email, "name": name}
        return ""

    return [said for said in map(refusal, emails) if said]


def _hold(invitation: Invitation, *, by: User) -> None:
    still_may(by, right_to(invitation), invitation.team or root_team())
    lock(invitation)
    if invitation.accepted_by_id:
        raise ValidationError(_("%(email)s has accepted already.") % {"email": invitation.email})
    if invitation.withdrawn_by_id:
        raise ValidationError(_("This invitation was withdrawn already. Look at the list again."))


def _send(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    invitation.invited_by, invitation.invited_at = by, now
    invitation.expires_at = now + COUNTS_FOR
    invitation.save(force_insert=True)
    outbox.put("invitation", to=[invitation.email], about=invitation, now=now)
    return invitation
