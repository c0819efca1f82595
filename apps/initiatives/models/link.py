from datetime import date
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.status import Status
from apps.objectives.models import KeyResult, Measurement, Objective


class InitiativeLinkQuerySet(models.QuerySet["InitiativeLink"]):
    def with_series(self) -> Self:
        """Each with `series`, its key result's effective values [{day, value}] by day."""
        effective = (
            Measurement.objects.filter(key_result=OuterRef("key_result"))
            .effective()
            .values(json=JSONObject(day="day", value=Cast("value", models.TextField())))
        )
        return self.annotate(series=ArraySubquery(effective))

    def with_verdict(self) -> Self:
        """Each with `verdict`, the kind of its final one, or None."""
        # It points at this model, so it can't be imported above it.
        from apps.initiatives.models.verdict import Verdict

        final = Verdict.objects.filter(link=OuterRef("pk")).exclude(kind=Verdict.Kind.TOO_EARLY)
        return self.annotate(verdict=Subquery(final.values("kind")[:1]))

    def verdict_due(self, today: date) -> Self:
        """On the day that was said, or on the last of its cycle, for what has started and was
        not stopped; where the goal stands. Needs with_verdict()."""
        return self.alias(
            due=Coalesce("by_when", "key_result__objective__cycle__ends")
        ).filter(
            due__lte=today, verdict=None, initiative__started_at__isnull=False,
            initiative__status__in=[Status.ACTIVE, Status.PAUSED, Status.DONE],
            key_result__objective__state__in=Objective.FIXED, key_result__dropped_at=None,
        )  # fmt: skip


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
    # Set by with_verdict().
    verdict: str | None

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
    def asked_on(self) -> date:
        """The day on which its verdict falls due."""
        return self.by_when or self.key_result.objective.cycle.ends

    @property
    def goal_is_gone(self) -> bool:
        """Given up, or no longer part of the goal: the team looks for another, or ends it."""
        gone = [Objective.State.ABANDONED, Objective.State.WITHDRAWN]
        return self.key_result.objective.state in gone or self.key_result.dropped_at is not None

    def verdict_is_due(self, today: date) -> bool:
        """The same as InitiativeLinkQuerySet.verdict_due(), of InitiativeQuerySet.for_cards()."""
        bet, goal = self.initiative, self.key_result
        is_asked = bet.started_at is not None and (bet.is_active or bet.is_paused or bet.is_done)
        stands = goal.objective.state in Objective.FIXED and goal.dropped_at is None
        return is_asked and stands and self.verdict is None and self.asked_on <= today

    @property
    def is_on_a_committed_goal(self) -> bool:
        objective = self.key_result.objective
        dropped = self.key_result.dropped_at is not None
        return objective.is_committed and objective.cycle.is_open and not dropped
