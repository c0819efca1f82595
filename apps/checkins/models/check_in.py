"""The weekly report of a team, revision by revision."""

from datetime import datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, User

# Every move there is: what it is called, from where, to where.
CHECK_IN_MOVES = {"submit": (("draft",), "submitted"), "correct": (("submitted",), "submitted")}


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> Self:
        """A draft is its team's; what was sent everyone reads."""
        if not user.is_active:
            return self.none()
        return self.filter(
            Q(state=CheckIn.State.SUBMITTED) | Q(team__in=list(user.standing.works_in))
        )

    def submitted(self) -> Self:
        return self.filter(state=CheckIn.State.SUBMITTED)

    def for_sheets(self) -> Any:
        """With who saved and sent it, `asked_for`, the help requests that it raised, and `sent`,
        its revisions, the last one first."""
        # It points at this model, so it can't be imported above it.
        from apps.checkins.models.help import HelpRequest

        raised = HelpRequest.objects.filter(check_in=OuterRef("pk")).values(
            json=JSONObject(
                pk="pk", text="text", state="state", asked="asked__name", by_when="by_when"
            )
        )
        sent = (
            Sending.objects.filter(check_in=OuterRef("pk"))
            .order_by("-revision")
            .values(
                json=JSONObject(
                    revision="revision", by="by__name", at="at", in_the_way="in_the_way",
                    reason="reason",
                )
            )
        )  # fmt: skip
        return self.select_related("submitted_by", "saved_by").annotate(
            asked_for=ArraySubquery(raised), sent=ArraySubquery(sent)
        )


class CheckIn(models.Model):
    """One per team and week, whoever of the team writes it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="check_ins")
    week = models.DateField(help_text=_("Its Monday"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # What is typed so far: {"fields": {name: text}, "by": {name: who changed it last, and when}}.
    # Empty once sent.
    draft = models.JSONField(default=dict, blank=True)
    in_the_way = models.TextField(_("What is in the way?"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    # Of the first sending: whether it came in time is decided by this one.
    first_submitted_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(name="check_in_once_a_week", fields=["team", "week"]),
            models.CheckConstraint(
                name="check_in_week_is_a_monday", condition=Q(week__iso_week_day=1)
            ),
            models.CheckConstraint(
                name="check_in_sent_by_someone_at_a_time",
                condition=Q(state="draft", revision=0, submitted_by=None, submitted_at=None)
                | Q(
                    state="submitted",
                    revision__gte=1,
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                ),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="check_in_moves", field="state", transitions=[("draft", "submitted")]
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("checkins:check_in", args=[self.team.slug, self.week])

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def draft_fields(self) -> dict[str, str]:
        fields: dict[str, str] = self.draft.get("fields", {})
        return fields

    def written_by(self, person: User) -> set[str]:
        """The fields of the draft that this person changed last."""
        return {name for name, hand in self.draft.get("by", {}).items() if hand["pk"] == person.pk}

    def is_written_since(self, at: datetime, *, but_by: User) -> bool:
        """By somebody else: into the draft, or by sending it."""
        if self.submitted_at and self.submitted_at > at and self.submitted_by_id != but_by.pk:
            return True
        return any(
            hand["pk"] != but_by.pk and datetime.fromisoformat(hand["at"]) > at
            for hand in self.draft.get("by", {}).values()
        )

    def keep(self, fields: dict[str, str], *, by: User, now: datetime) -> None:
        """Take over a draft, and note who changed which of its fields."""
        known = self.draft_fields
        changed = {name for name, text in fields.items() if text != known.get(name, "")}
        hand = {"pk": by.pk, "name": by.name, "at": now.isoformat()}
        names = self.draft.get("by", {}) | dict.fromkeys(changed, hand)
        self.draft = {"fields": fields, "by": names}
        self.saved_by, self.saved_at = by, now


class Sending(models.Model):
    """One revision of a check-in: who sent it when, and why anew, once its week was over. Never
    changed; the rows of its key results and initiatives carry its number."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="sendings")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    in_the_way = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(
                name="check_in_is_sent_once_a_revision", fields=["check_in", "revision"]
            ),
            models.CheckConstraint(
                name="check_in_is_sent_from_revision_1_on", condition=Q(revision__gte=1)
            ),
        ]
        triggers = [append_only("sending")]

    def __str__(self) -> str:
        return f"{self.check_in}, {self.revision}"


class WeekOff(models.Model):
    """A week in which the team is away: nobody waits for its check-in, and none is missed."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="weeks_off")
    week = models.DateField(help_text=_("Its Monday"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="week_is_off_once", fields=["team", "week"]),
            models.CheckConstraint(
                name="week_off_begins_on_a_monday", condition=Q(week__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.week}"


class ReportQuerySet(models.QuerySet["KeyResultReport"]):
    def current(self) -> Self:
        """Of each check-in as it stands, not of its earlier revisions."""
        return self.filter(revision=F("check_in__revision"))

    def current_or_imported(self) -> Self:
        """Those, and what another tool's list said on some day."""
        return self.filter(Q(check_in=None) | Q(revision=F("check_in__revision")))

    def for_reading(self) -> Self:
        return self.select_related("key_result__objective", "measurement__superseded_by").order_by(
            "key_result__objective__position", "key_result__position", "key_result_id"
        )


class KeyResultReport(models.Model):
    """What a check-in says of one key result: value, confidence, a sentence. Never changed:
    a revision of the check-in writes new rows. A confidence from another tool's list was said
    in no check-in of ours, but on a day."""

    check_in = models.ForeignKey(
        CheckIn, on_delete=models.PROTECT, null=True, related_name="key_results"
    )
    imported_on = models.DateField(null=True)
    revision = models.PositiveIntegerField()
    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="reports")
    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confidence = models.PositiveSmallIntegerField(null=True)
    sentence = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="check_in_reports_a_key_result_once",
                fields=["check_in", "revision", "key_result"],
            ),
            models.UniqueConstraint(
                name="confidence_imported_once_a_day", fields=["key_result", "imported_on"]
            ),
            models.CheckConstraint(
                name="report_comes_from_a_check_in_or_a_list",
                condition=Q(check_in__isnull=False, imported_on=None)
                | Q(check_in=None, imported_on__isnull=False, confidence__isnull=False),
            ),
            models.CheckConstraint(
                name="confidence_is_from_0_to_10",
                condition=Q(confidence=None) | Q(confidence__range=(0, 10)),
            ),
        ]
        triggers = [append_only("key_result_report")]

    def __str__(self) -> str:
        return f"{self.check_in or self.imported_on}: {self.key_result}"


class InitiativeReport(models.Model):
    """What a check-in says of one initiative: what moved, what is next. Never changed."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="initiatives")
    revision = models.PositiveIntegerField()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reports")
    moved = models.TextField(blank=True)
    next = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="check_in_reports_an_initiative_once",
                fields=["check_in", "revision", "initiative"],
            )
        ]
        triggers = [append_only("initiative_report")]

    def __str__(self) -> str:
        return f"{self.check_in}: {self.initiative}"
