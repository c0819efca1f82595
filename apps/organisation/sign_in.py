"""Who gets in: people who were invited, with their address and password, and nobody else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.organisation import outbox
from apps.organisation.models import User


class SignInBackend(ModelBackend):
    """The person of this address, if the password is right and the account is open.

    Not allauth's own backend: that one also looks into a second table of addresses, where an
    old address would go on opening the door, and it tells a closed account from a wrong password.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None
    ) -> Any:
        return super().authenticate(request, username=email, password=password)

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, with where he or she stands: one query for both."""
        person = User.objects.active().with_grants().filter(pk=user_id).first()
        if person is not None:
            person.stand(person.grants)
        return person


class ClosedDoor(DefaultAccountAdapter):
    """allauth's flows without sign-up and without its JSON answers, in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("That is not your present password."),
        "email_password_mismatch": _("The address or the password is not right."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisation:profile")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        self._put("password.forgotten", user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one other mail there is: that nobody has this address."""
        assert template_prefix == "account/email/unknown_account"  # noqa: S101
        self._put("password.unknown", email.lower())

    def _put(self, kind: str, to: User | str) -> None:
        """By the outbox, so that the answer takes as long whoever asks, and no mail is lost."""
        now = self.request.now
        outbox.put(
            kind, to=[to], about=self.request.organisation, now=now, occasion=now.isoformat()
        )
