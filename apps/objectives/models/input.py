from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.objective import Objective
from apps.organisation.models import TeamGrant


class InputQuerySet(models.QuerySet["Input"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def unanswered(self) -> Self:
        return self.standing().filter(answer="")

    def for_thread(self) -> Self:
        """Each with `author_teams`, the names of the teams that the author works in."""
        grants = TeamGrant.objects.works_in().filter(user=OuterRef("author"))
        teams = grants.order_by("content_object__name").values("content_object__name").distinct()
        return self.select_related("author", "answered_by").annotate(
            author_teams=ArraySubquery(teams)
        )


class Input(models.Model):
    """What a person says about an objective while it is open for input, and the answer."""

    class Answer(models.TextChoices):
        ADOPTED = "adopted", _("Adopted")
        PARTLY = "partly", _("Partly")
        NOT_ADOPTED = "not-adopted", _("Not adopted")

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="inputs")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inputs"
    )
    unclear = models.TextField(_("What is unclear?"), blank=True)
    would_change = models.TextField(_("What would you change?"), blank=True)
    in_the_way = models.TextField(_("What stands in the way?"), blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answer_text = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = InputQuerySet.as_manager()

    # Set by for_thread().
    author_teams: list[str]

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="input_says_something",
                condition=~Q(unclear="", would_change="", in_the_way=""),
            ),
            models.CheckConstraint(
                name="input_answered_by_someone_with_a_sentence",
                condition=Q(answer="", answer_text="", answered_by=None, answered_at=None)
                | (
                    ~Q(answer="")
                    & ~Q(answer_text="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="input_withdrawn_only_before_its_answer",
                condition=Q(withdrawn_at=None) | Q(answer=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="input_answered_or_withdrawn_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False)
                | ~pgtrigger.Q(old__answer=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.objective}"
