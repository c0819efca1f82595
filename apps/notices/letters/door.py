"""The way in: a first or a new password. The link is made when the mail is written, so that the
outbox holds nothing that opens a door."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.notices.letters.letter import Desk, Letter
from apps.organisation.models import OutboxMessage, User


def set_password(message: OutboxMessage, desk: Desk) -> Letter:
    person = message.person
    assert person  # noqa: S101 - the outbox says who it is
    if person.has_usable_password():
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
    organisation = desk.organisation.name
    return Letter(
        subject=_("Your account at %(organisation)s") % {"organisation": organisation},
        lines=[
            _(
                "You have been added to the goals of %(organisation)s. "
                "With this link you set your password."
            )
            % {"organisation": organisation},
            _(
                "You sign in with %(email)s. The link counts for three days; after that, ask for "
                "a new one with “Forgot your password?” on the sign-in page."
            )
            % {"email": person.email},
        ],
        url=_link(person),
        verb=_("Set your password"),
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
