from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.cycle import Cycle
from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.objective import Objective
from apps.organisation.models import Team


class Review(models.Model):
    """What came of an objective, in its leaders' words; every figure beside them is computed."""

    class Next(models.TextChoices):
        CONTINUE = "continue", _("Continue it in a later cycle")
        REPLACE = "replace", _("Replace it by another goal")
        DONE = "done", _("It is done")

    objective = models.OneToOneField(Objective, on_delete=models.PROTECT, related_name="review")
    learnt = models.TextField(_("What did we learn?"), blank=True)
    what_next = models.CharField(_("What next?"), max_length=10, choices=Next, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # 0 while it is being begun, so that a form drawn before that carries a version, too.
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.objective}: {self.get_what_next_display()}"


class Remark(models.Model):
    """What the number of a key result does not tell, in one sentence of its review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    key_result = models.OneToOneField(KeyResult, on_delete=models.PROTECT, related_name="remark")
    text = models.TextField()

    class Meta:
        ordering = ["key_result__position", "key_result"]

    def __str__(self) -> str:
        return self.text


class LookBack(models.Model):
    """What a team says at the end of a cycle about how it worked."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="look_backs")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="look_backs")
    helped = models.TextField(_("What helped?"), blank=True)
    differently = models.TextField(_("What would we do differently?"), blank=True)
    learnt = models.TextField(_("What did we learn about our means?"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["team__name"]
        constraints = [
            models.UniqueConstraint(name="team_looks_back_once_a_cycle", fields=["team", "cycle"])
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.cycle}"
