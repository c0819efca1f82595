"""An invitation: a place here for an address that has no account yet."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# How long the link in the mail counts.
COUNTS_FOR = timedelta(days=7)


class Role(models.TextChoices):
    """As what somebody is invited; the first three are to a team."""

    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    LEADER = "leader", _("Leader")
    NONE = "", _("In no team yet")
    ADMINISTRATOR = "administrator", _("Administrator")


IN_TEAM = (Role.MEMBER, Role.OBSERVER, Role.LEADER)
IN_NO_TEAM = (Role.NONE, Role.ADMINISTRATOR)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither used nor withdrawn; the link may have run out."""
        return self.filter(accepted_by=None, withdrawn_by=None)

    def for_team(self, team: models.Model | None) -> Self:
        return self.filter(team=team)

    def for_lines(self) -> Self:
        """Everything that a line about each touches, the latest first."""
        return self.select_related("team", "invited_by").order_by("-invited_at", "email")

    def of_link(self, token: str) -> Self:
        """The one that this link was made for; none, where the link is not one of ours."""
        try:
            return self.filter(pk=int(_signer().unsign(token)))
        except (signing.BadSignature, ValueError):
            return self.none()


class Invitation(models.Model):
    """Its link is signed and not stored: who reads this table can accept nothing with it."""

    email = models.EmailField(_("E-mail address"))
    team = models.ForeignKey(
        "organisation.Team", on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    role = models.CharField(max_length=13, choices=Role, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_given"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    accepted_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invitation_is_open_once_for_an_address",
                fields=["email"],
                condition=Q(accepted_by=None, withdrawn_by=None),
            ),
            models.CheckConstraint(
                name="invitation_goes_to_an_address_in_small_letters",
                condition=Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="invitation_is_to_a_role_in_a_team_or_to_none",
                condition=Q(team__isnull=False, role__in=IN_TEAM)
                | Q(team=None, role__in=IN_NO_TEAM),
            ),
            models.CheckConstraint(
                name="invitation_ends_once_by_someone_at_a_time",
                condition=Q(accepted_by=None, accepted_at=None)
                & Q(withdrawn_by__isnull=True, withdrawn_at=None)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False)
                & Q(withdrawn_by=None, withdrawn_at=None)
                | Q(accepted_by=None, accepted_at=None)
                & Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_never_accepted_by_whoever_gave_it",
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("invited_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def link(self) -> str:
        """The path that the mail leads to."""
        return reverse("organisation:accept_invitation", args=[_signer().sign(str(self.pk))])

    def has_run_out(self, now: datetime) -> bool:
        return now >= self.expires_at


def _signer() -> signing.Signer:
    return signing.Signer(salt="invitation", sep=".")
