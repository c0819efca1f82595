"""The log of imports: who brought in which files, when, and what came of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.exchange.unblended import UnblendedList as UnblendedList  # a model of this app, too
from apps.organisation.models import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """What is done, every administrator reads; what is only prepared is its own person's."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(Q(done_at__isnull=False) | Q(by=user))

    def done(self) -> Self:
        return self.filter(done_at__isnull=False)

    def prepared(self) -> Self:
        return self.filter(done_at=None)


class ImportRun(models.Model):
    """Files that were handed in: first prepared and looked at, then imported or forgotten."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # What was added, by kind; how many oddities were handled.
    counts = models.JSONField(default=dict)
    warnings = models.PositiveIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by}, {self.prepared_at}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:import_list", args=[self.pk])

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class ImportFile(models.Model):
    class Role(models.TextChoices):
        OKRS = "okrs", _("List")
        TREE = "tree", _("Tree of teams")
        MEASUREMENTS = "measurements", _("Measurements")
        CYCLES = "cycles", _("Days of cycles")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(max_length=12, choices=Role)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Kept until it has been imported; from then on the digest says which file it was.
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="import_has_a_file_once_a_role", fields=["run", "role"])
        ]

    def __str__(self) -> str:
        return self.name
