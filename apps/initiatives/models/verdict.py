from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.link import InitiativeLink
from apps.objectives.models.triggers import append_only


class Verdict(models.Model):
    """Whether an initiative moved a key result, as its team judges it; never changed.

    Neither good nor bad: what did not move it has taught something, too.
    """

    class Kind(models.TextChoices):
        AS_EXPECTED = "as-expected", _("Moved it as expected")
        LESS = "less", _("Moved it less than expected")
        DID_NOT = "did-not", _("Did not move it")
        CANNOT_TELL = "cannot-tell", _("Cannot tell")
        TOO_EARLY = "too-early", _("Too early")

    link = models.ForeignKey(InitiativeLink, on_delete=models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=12, choices=Kind)
    evidence = models.TextField(_("What makes you say so?"))
    # Too early: the day on which it is asked again.
    ask_again_on = models.DateField(_("Ask again on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="verdict_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="verdict_asked_again_where_it_is_too_early",
                condition=Q(kind="too-early", ask_again_on__isnull=False)
                | (~Q(kind="too-early") & Q(ask_again_on=None)),
            ),
            models.UniqueConstraint(
                name="verdict_once_a_key_result",
                fields=["link"],
                condition=~Q(kind="too-early"),
            ),
        ]
        triggers = [append_only("verdict")]

    def __str__(self) -> str:
        return f"{self.link}: {self.get_kind_display()}"
