"""What a team needs from a leader."""

from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.checkins.models.check_in import CheckIn
from apps.organisation.models import Team, User
from apps.organisation.standing import Relation

# Every move there is: what it is called, from where, to where.
HELP_MOVES = {"answer_help": (("open",), "answered"), "withdraw_help": (("open",), "withdrawn")}


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state=HelpRequest.State.OPEN)

    def for_rows(self) -> Self:
        return self.select_related(
            "team", "asked", "asked_as_leader_of", "raised_by", "answered_by", "withdrawn_by"
        )


class HelpRequest(models.Model):
    """What a team needs from a leader, and by when."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="help_requests")
    text = models.TextField(_("What do you need from a leader?"))
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="help_asked",
        verbose_name=_("Who can give it?"),
    )  # fmt: skip
    # The team by whose leadership the person was asked: whoever leads above may answer too.
    asked_as_leader_of = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by_when = models.DateField(_("By when?"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.PROTECT, null=True, related_name="help_requests"
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["by_when", "pk"]
        constraints = [
            models.CheckConstraint(
                name="help_answered_by_someone_with_a_sentence",
                condition=(
                    Q(state="answered", answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                )
                | (~Q(state="answered") & Q(answer="", answered_by=None, answered_at=None)),
            ),
            # Of those withdrawn before it was recorded, nobody knows who did it.
            models.CheckConstraint(
                name="help_withdrawn_by_someone_at_a_time",
                condition=Q(state="withdrawn", withdrawn_by__isnull=False)
                & Q(withdrawn_at__isnull=False)
                | Q(withdrawn_by=None, withdrawn_at=None),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="help_request_moves",
                field="state",
                transitions=[
                    (origin, to) for origins, to in HELP_MOVES.values() for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("checkins:help", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED

    def is_for(self, user: User) -> bool:
        """Asked of this person, or of a leader below."""
        above = Relation.ABOVE & user.standing.towards(self.asked_as_leader_of)
        return user.pk == self.asked_id or bool(above)

    def days_waited(self, today: date) -> int:
        return (today - timezone.localdate(self.raised_at)).days
