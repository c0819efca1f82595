from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.triggers import append_only


class Evidence(models.Model):
    """What was seen along the way, on a day, perhaps with a link; never changed.

    A link leads to the web and nowhere else: a CHECK says so.
    """

    initiative = models.ForeignKey("Initiative", on_delete=models.PROTECT, related_name="notes")
    day = models.DateField(_("On which day?"))
    text = models.TextField(_("What did you see?"))
    url = models.URLField(
        _("Link"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="evidence_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="evidence_links_to_the_web",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
            ),
        ]
        triggers = [append_only("evidence")]

    def __str__(self) -> str:
        return self.text
