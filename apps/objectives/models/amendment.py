from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.objective import Objective
from apps.objectives.models.triggers import append_only


class Amendment(models.Model):
    """A recorded change to a committed goal, with a reason; never changed (a trigger says so)."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        TARGET = "target", _("Change of target")
        SCOPE = "scope", _("Change of scope")
        ABANDONMENT = "abandonment", _("Abandonment")

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="amendments")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.PROTECT, null=True, related_name="amendments"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    field = models.CharField(max_length=20)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField()
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="amendment_says_why", condition=~Q(reason=""))]
        triggers = [append_only("amendment")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.old} → {self.new}"
