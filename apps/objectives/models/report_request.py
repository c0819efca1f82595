from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.cycle import Cycle
from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.objective import Objective
from apps.organisation.models import Team, User


class ReportRequestState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


# Every move there is: what it is called, from where, to where.
REPORT_REQUEST_MOVES: dict[str, tuple[tuple[ReportRequestState, ...], ReportRequestState]] = {
    "accept_report": ((ReportRequestState.OPEN,), ReportRequestState.ACCEPTED),
    "decline_report": ((ReportRequestState.OPEN,), ReportRequestState.DECLINED),
}


class ReportRequestQuerySet(models.QuerySet["ReportRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(key_result__objective__in=Objective.objects.visible_to(user))

    def open(self) -> Self:
        """Not answered, and still to be answered: the goal lives, and nobody was asked since."""
        newer = ReportRequest.objects.filter(
            key_result=OuterRef("key_result"), pk__gt=OuterRef("pk")
        )
        return self.filter(
            ~Exists(newer),
            state=ReportRequestState.OPEN,
            key_result__dropped_at=None,
            key_result__objective__state__in=[*Objective.CHANGEABLE, Objective.State.COMMITTED],
            key_result__objective__cycle__in=Cycle.objects.open_for_goals(),
        )

    def for_page(self) -> Self:
        return self.select_related(
            "key_result__objective__team", "key_result__objective__cycle", "key_result__team",
            "asked_team", "asked_by", "answered_by",
        )  # fmt: skip


class ReportRequest(models.Model):
    """A team is asked to report a key result; until it accepts, who reported it goes on to."""

    # Removed with a key result that was never committed to.
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.CASCADE, related_name="report_requests"
    )
    asked_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="report_requests",
        verbose_name=_("Which team do you ask?"),
    )  # fmt: skip
    word = models.TextField(_("Why this team?"))
    state = models.CharField(
        max_length=10, choices=ReportRequestState, default=ReportRequestState.OPEN
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="report_is_asked_with_a_word", condition=~Q(word="")),
            models.CheckConstraint(
                name="report_request_answered_by_someone",
                condition=Q(state="open", answered_by=None, answered_at=None, answer="")
                | ~Q(state="open") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_declined_with_a_reason",
                condition=~Q(state="declined") | ~Q(answer=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="report_request_moves",
                field="state",
                transitions=[
                    (str(origin), str(to))
                    for origins, to in REPORT_REQUEST_MOVES.values()
                    for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_team}: {self.key_result}"

    @property
    def is_open(self) -> bool:
        return self.state == ReportRequestState.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.state == ReportRequestState.ACCEPTED
