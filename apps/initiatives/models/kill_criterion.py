from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class KillCriterion(models.Model):
    """An observable, a limit and a date, written beforehand: the state at which we stop."""

    class Comparator(models.TextChoices):
        BELOW = "below", _("below")
        ABOVE = "above", _("above")
        NOT_DONE = "not-done", _("not done")

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="kill_criteria"
    )
    observable = models.CharField(_("What do you watch?"), max_length=200)
    comparator = models.CharField(max_length=10, choices=Comparator, default=Comparator.BELOW)
    limit = models.CharField(max_length=60, blank=True)
    on = models.DateField(_("On which day?"))

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        words = {"observable": self.observable, "limit": self.limit}
        match self.comparator:
            case self.Comparator.BELOW:
                return gettext("%(observable)s below %(limit)s") % words
            case self.Comparator.ABOVE:
                return gettext("%(observable)s above %(limit)s") % words
        return gettext("%(observable)s not done") % words
