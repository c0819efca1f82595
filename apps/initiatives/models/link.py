from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import KeyResult, Measurement


class InitiativeLinkQuerySet(models.QuerySet["InitiativeLink"]):
    def with_series(self) -> Self:
        """Each with `series`, its key result's effective values [{day, value}] by day."""
        effective = (
            Measurement.objects.filter(key_result=OuterRef("key_result"))
            .effective()
            .values(json=JSONObject(day="day", value=Cast("value", models.TextField())))
        )
        return self.annotate(series=ArraySubquery(effective))


class InitiativeLink(models.Model):
    """The key result that an initiative should move, by how much, and by when."""

    initiative = models.ForeignKey("Initiative", on_delete=models.CASCADE, related_name="links")
    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="links")
    # In the key result's own unit, as a change: +2 points, −1.5 days.
    expected_effect = models.DecimalField(
        _("By how much?"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    by_when = models.DateField(_("By when?"), null=True, blank=True)

    objects = InitiativeLinkQuerySet.as_manager()

    # Set by with_series().
    series: list[dict[str, str]]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="initiative_links_a_key_result_once", fields=["initiative", "key_result"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.key_result}"

    @property
    def is_on_a_committed_goal(self) -> bool:
        objective = self.key_result.objective
        dropped = self.key_result.dropped_at is not None
        return objective.is_committed and objective.cycle.is_open and not dropped
