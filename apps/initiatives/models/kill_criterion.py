from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.status import Status
from apps.objectives.figures import MOST_DECIMALS
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.models.triggers import append_only
from apps.objectives.values import written
from apps.organisation.models import Team


class KillCriterionQuerySet(models.QuerySet["KillCriterion"]):
    def watched(self, teams: Iterable[Team | int], today: date) -> Self:
        """Of what these teams have started and not ended, where the question may be raised:
        the day has come, or a value can raise it before."""
        return self.filter(
            Q(on__lte=today) | Q(key_result__isnull=False),
            initiative__team__in=teams, initiative__status__in=[Status.ACTIVE, Status.PAUSED],
        )  # fmt: skip

    def for_page(self) -> Self:
        """Each with the `series` of the key result that it watches and what was `answered`
        [{is_reached, because, name, at}], the earliest first. One query."""
        effective = (
            Measurement.objects.filter(key_result=OuterRef("key_result"))
            .effective()
            .values(
                json=JSONObject(day="day", value=Cast("value", models.TextField()), at="entered_at")
            )
        )
        answers = StopAnswer.objects.filter(criterion=OuterRef("pk")).order_by("at", "pk")
        said = JSONObject(is_reached="is_reached", because="because", name="by__name", at="at")
        return self.select_related("key_result").annotate(
            series=ArraySubquery(effective), answered=ArraySubquery(answers.values(json=said))
        )


class KillCriterion(models.Model):
    """A limit and a day, written beforehand: the state at which we stop.

    It watches a key result, whose values then answer, or something else that one can see.
    """

    class Comparator(models.TextChoices):
        BELOW = "below", _("below")
        ABOVE = "above", _("above")
        NOT_DONE = "not-done", _("not done")

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="kill_criteria"
    )
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.PROTECT, null=True, related_name="kill_criteria"
    )
    observable = models.CharField(_("What do you watch?"), max_length=200, blank=True)
    comparator = models.CharField(max_length=10, choices=Comparator, default=Comparator.BELOW)
    # As one says it, of something else; as a number in its own unit, of a key result.
    limit = models.CharField(max_length=60, blank=True)
    limit_value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    on = models.DateField(_("On which day?"))

    objects = KillCriterionQuerySet.as_manager()

    # Set by for_page().
    series: list[dict[str, str]]
    answered: list[dict[str, Any]]

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="kill_criterion_watches_a_key_result_or_something_else",
                condition=(
                    Q(key_result=None, limit_value=None) & ~Q(observable="")
                )
                | Q(
                    key_result__isnull=False, limit_value__isnull=False, observable="", limit="",
                    comparator__in=["below", "above"],
                ),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        words = {"observable": self.what, "limit": self.limit_text}
        match self.comparator:
            case self.Comparator.BELOW:
                return gettext("%(observable)s below %(limit)s") % words
            case self.Comparator.ABOVE:
                return gettext("%(observable)s above %(limit)s") % words
        return gettext("%(observable)s not done") % words

    @property
    def what(self) -> str:
        return self.key_result.title if self.key_result else self.observable

    @property
    def limit_text(self) -> str:
        if self.key_result is None or self.limit_value is None:
            return self.limit
        return written(self.key_result, self.limit_value, decimals=MOST_DECIMALS)


class StopAnswer(models.Model):
    """A team looked at a stop mark and goes on, because …; never changed (a trigger says so)."""

    criterion = models.ForeignKey(KillCriterion, on_delete=models.PROTECT, related_name="answers")
    is_reached = models.BooleanField()
    because = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="stop_answer_says_why", condition=~Q(because=""))
        ]
        triggers = [append_only("stop_answer")]

    def __str__(self) -> str:
        return self.because
