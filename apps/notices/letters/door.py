"""The way in: an invitation, or a new password. The link is made when the mail is written, so
that the outbox holds nothing that opens a door."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.notices import days
from apps.notices.letters.letter import Desk, Letter
from apps.organisation.invitation_actions import obstacle
from apps.organisation.models import Invitation, OutboxMessage, User


def set_password(message: OutboxMessage, desk: Desk) -> Letter:
    person = message.person
    assert person  # noqa: S101 - the outbox says who it is
    return Letter(
        subject=_("Set a new password"),
        lines=[
            _(
                "Somebody, perhaps you, asked for a new password for your account. "
                "With this link you set one. It counts for three days."
            ),
            _("If it was not you, do nothing: the old password stays."),
        ],
        url=_link(person),
        verb=_("Set a new password"),
    )


def invitation(message: OutboxMessage, desk: Desk) -> Letter | None:
    """Nothing, where its link would not count."""
    found = Invitation.objects.for_lines().filter(pk=message.thing_pk).first()
    if found is None or obstacle(found, now=desk.now):
        return None
    words = {
        "name": found.invited_by.name,
        "organisation": desk.organisation.name,
        "team": found.team.name if found.team else "",
        "role": found.get_role_display(),
        "email": found.email,
        "day": days.in_full(desk.organisation.today(found.expires_at)),
    }
    if found.team:
        asks = _(
            "%(name)s invites you to the goals of %(organisation)s, to %(team)s as: %(role)s. "
            "With this link you choose your name and a password."
        )
    else:
        asks = _(
            "%(name)s invites you to the goals of %(organisation)s. "
            "With this link you choose your name and a password."
        )
    return Letter(
        subject=_("%(name)s invites you to %(organisation)s") % words,
        lines=[
            asks % words,
            _("The link counts once, until %(day)s, and for %(email)s only.") % words,
            _("If you expected no invitation, do nothing."),
        ],
        url=found.link,
        verb=_("Open the account"),
    )


def no_account(message: OutboxMessage, desk: Desk) -> Letter:
    return Letter(
        subject=_("No account with this address"),
        lines=[
            _(
                "Somebody, perhaps you, asked for a new password for this address, but no account "
                "has it. Ask the person who looks after your account which address it has."
            )
        ],
    )


def _link(person: User) -> str:
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
