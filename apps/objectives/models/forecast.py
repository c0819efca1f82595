from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Abs

from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.measurement import Measurement
from apps.objectives.models.triggers import append_only


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def due(self, today: date) -> "models.QuerySet[Any]":
        """One a key result, the one nearest to the middle of its cycle, with the value that it
        `came_to`: the last of the cycle, if any is newer than what the forecast knew."""
        chosen = (
            self.filter(days_left__gt=0, key_result__objective__cycle__ends__lt=today)
            .annotate(off=Abs(F("days_left") * 2 - F("cycle_days")))
            .order_by("key_result_id", "off", "-days_left", "-made_at", "-pk")
            .distinct("key_result_id")
        )
        last = Measurement.objects.filter(
            key_result=OuterRef("key_result"), superseded_by=None, day__gt=OuterRef("last_day"),
            day__lte=OuterRef("key_result__objective__cycle__ends"),
        ).order_by("-day", "-entered_at", "-pk")  # fmt: skip
        return (
            Forecast.objects.filter(pk__in=chosen.values("pk"))
            .annotate(came_to=Subquery(last.values("value")[:1]))
            .exclude(came_to=None)
        )


class Forecast(models.Model):
    """What was shown when a value came in; never changed (a trigger says so)."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="forecasts")
    made_at = models.DateTimeField()
    last_day = models.DateField()  # of the values that it was made from
    n = models.PositiveSmallIntegerField()
    days_left = models.PositiveIntegerField()
    cycle_days = models.PositiveIntegerField()
    # Whatever slope drives it: further than any value can lie.
    value = models.DecimalField(max_digits=40, decimal_places=6)
    even_low = models.DecimalField(max_digits=40, decimal_places=6)
    even_high = models.DecimalField(max_digits=40, decimal_places=6)
    wide_low = models.DecimalField(max_digits=40, decimal_places=6)
    wide_high = models.DecimalField(max_digits=40, decimal_places=6)
    # Start and target as they were.
    baseline = models.DecimalField(max_digits=20, decimal_places=6)
    target = models.DecimalField(max_digits=20, decimal_places=6)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["key_result", "-made_at"], name="forecast_by_key_result")]
        constraints = [
            models.CheckConstraint(
                name="forecast_lies_in_its_bands",
                condition=Q(even_low__lte=F("even_high"))
                & Q(wide_low__lte=F("even_low"))
                & Q(wide_high__gte=F("even_high")),
            ),
            models.CheckConstraint(name="forecast_has_a_road", condition=~Q(baseline=F("target"))),
        ]
        triggers = [append_only("forecast")]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.value} on {self.last_day}"


class TrackRecord(models.Model):
    """How far the organisation's own forecasts came out wrong, whenever more of them had come
    due: what bands are drawn from. Without errors while there are too few of them."""

    day = models.DateField()
    forecasts = models.PositiveIntegerField()
    even = models.DecimalField(max_digits=40, decimal_places=6, null=True)
    wide = models.DecimalField(max_digits=40, decimal_places=6, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="track_record_has_both_errors_or_none",
                condition=Q(even=None, wide=None) | Q(even__lte=F("wide")),
            )
        ]
        triggers = [append_only("track_record")]

    def __str__(self) -> str:
        return f"{self.day}: {self.forecasts} forecasts"
