"""A review meeting: a team and those below look at their key results, one after the other."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import Team, User


class MeetingQuerySet(models.QuerySet["ReviewMeeting"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))

    def for_screens(self) -> Any:
        """With `screens`, its key results in their order, and `before`, when the team last met."""
        reviewed = (
            ReviewedKeyResult.objects.filter(meeting=OuterRef("pk"))
            .order_by("position")
            .values(
                json=JSONObject(
                    pk="key_result", title="key_result__title", is_exception="is_exception"
                )
            )
        )
        earlier = ReviewMeeting.objects.filter(
            team=OuterRef("team"), opened_at__lt=OuterRef("opened_at")
        ).order_by("-opened_at")
        return self.select_related("team", "cycle", "opened_by", "ended_by").annotate(
            screens=ArraySubquery(reviewed), before=Subquery(earlier.values("opened_at")[:1])
        )

    def for_list(self) -> Self:
        """Everything a row about a meeting touches."""
        return (
            self.select_related("team", "cycle", "opened_by")
            .annotate(decided=Count("decisions"))
            .order_by("-opened_at", "-pk")
        )


class ReviewMeeting(models.Model):
    """Its key results and their order are frozen when it is opened: exceptions first."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="review_meetings")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="review_meetings")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    # Ended, and its decisions mailed to those whom they concern.
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="team_holds_one_review_meeting_at_a_time",
                fields=["team"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="review_meeting_ended_by_someone_at_a_time",
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.opened_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("dashboards:review", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class ReviewedKeyResult(models.Model):
    """One key result of a meeting, in its place: an exception has a screen of its own."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.PROTECT, related_name="reviewed")
    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    is_exception = models.BooleanField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_looks_at_a_key_result_once", fields=["meeting", "key_result"]
            ),
            models.UniqueConstraint(
                name="meeting_has_one_key_result_in_a_place", fields=["meeting", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.key_result}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def for_rows(self) -> Self:
        return self.select_related("who", "noted_by", "done_by", "key_result", "meeting").order_by(
            "by_when", "pk"
        )


class Decision(models.Model):
    """What was decided in a meeting: what, who, by when. About one key result, or about none."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.PROTECT, related_name="decisions")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    what = models.TextField(_("What"))
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions",
        verbose_name=_("Who"),
    )  # fmt: skip
    by_when = models.DateField(_("By when"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="decision_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="decision_done_by_someone_at_a_time",
                condition=Q(done_by=None, done_at=None)
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
