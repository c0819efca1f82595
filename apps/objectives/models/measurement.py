from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.triggers import append_only


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def effective(self) -> Self:
        """One value a day, the last one entered; a corrected one no longer counts."""
        return (
            self.filter(superseded_by=None)
            .order_by("key_result_id", "day", "-entered_at", "-pk")
            .distinct("key_result_id", "day")
        )

    def for_table(self) -> Self:
        """Every row there is, newest day first, a correction above what it replaces."""
        return self.select_related("entered_by", "superseded_by").order_by(
            "-day", "-entered_at", "-pk"
        )


class Measurement(models.Model):
    """The value of a key result on a day. Never edited, never deleted (a trigger says so):
    a correction is a new row that supersedes the old one and says why."""

    class Source(models.TextChoices):
        CHECK_IN = "check-in", _("check-in")
        BY_HAND = "by-hand", _("by hand")
        IMPORT = "import", _("import")
        API = "api", _("API")

    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="measurements")
    day = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=6)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["day", "entered_at", "pk"]
        indexes = [
            models.Index(
                fields=["key_result", "day", "-entered_at", "-id"], name="measurement_effective"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="measurement_corrected_for_a_reason",
                condition=Q(supersedes=None, reason="")
                | (Q(supersedes__isnull=False) & ~Q(reason="")),
            )
        ]
        triggers = [append_only("measurement")]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.value} on {self.day}"
