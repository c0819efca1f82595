from decimal import Decimal
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.cycle import Cycle
from apps.objectives.models.objective import Objective
from apps.objectives.units import SPELT, UnitKind, unit_beside
from apps.organisation.models import Team, User


class KeyResultQuerySet(models.QuerySet["KeyResult"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(objective__in=Objective.objects.visible_to(user))

    def counted(self) -> Self:
        """Not dropped by an amendment."""
        return self.filter(dropped_at=None)

    def committed(self) -> Self:
        return self.filter(objective__state=Objective.State.COMMITTED)

    def on_the_table(self) -> Self:
        """Of goals that one may bet on: open for input or committed, in a cycle still open."""
        return self.counted().filter(
            objective__state__in=[Objective.State.INPUT, Objective.State.COMMITTED],
            objective__cycle__in=Cycle.objects.open_for_goals(),
        )

    def reported_by(self, team: Team) -> Self:
        return self.filter(team=team)

    def with_series(self) -> Self:
        """Each with `series`, its effective values [{day, value, at}] by day, and `steps`, its
        amended targets and limits [{field, day, old, new}]: one query for a page of them."""
        # It points at this model, so it can't be imported above it.
        from apps.objectives.models.measurement import Measurement

        effective = (
            Measurement.objects.filter(key_result=OuterRef("pk"))
            .effective()
            .values(
                json=JSONObject(day="day", value=Cast("value", models.TextField()), at="entered_at")
            )
        )
        return self.with_steps().annotate(series=ArraySubquery(effective))

    def with_steps(self) -> Self:
        """Without the values, for where the last one of them is enough. With `own_error`, how far
        this organisation's forecasts come out wrong, once it can be told."""
        from apps.objectives.models.amendment import Amendment
        from apps.objectives.models.forecast import TrackRecord

        steps = (
            Amendment.objects.filter(key_result=OuterRef("pk"), field__in=["target", "low", "high"])
            .order_by("at", "pk")
            .values(json=JSONObject(field="field", day="day", old="old", new="new"))
        )
        # The same for every row, so the database looks it up once.
        error = TrackRecord.objects.order_by("-pk").values(
            json=JSONObject(even="even", wide="wide")
        )
        return self.annotate(steps=ArraySubquery(steps), own_error=Subquery(error[:1], JSONField()))

    def with_remark(self) -> Self:
        """Each with `remarked`, what its number does not tell, where its review says so."""
        return self.annotate(remarked=F("remark__text"))

    def for_rows(self) -> Self:
        """Everything a row about a key result touches."""
        return self.with_series().select_related(
            "team", "objective__team", "objective__cycle", "objective__owner"
        )


class KeyResult(models.Model):
    """One measurable outcome of an objective: to move, or (a guardrail) to hold."""

    class Kind(models.TextChoices):
        INCREASE = "increase", _("Increase")
        DECREASE = "decrease", _("Decrease")
        MILESTONE = "milestone", _("Milestone: no or yes")
        STAGES = "stages", _("Stages: commit, target, stretch")
        AT_LEAST = "at-least", _("Hold at least")
        AT_MOST = "at-most", _("Hold at most")
        WITHIN = "within", _("Hold within")

    class Ambition(models.TextChoices):
        COMMITTED = "committed", _("Committed")
        ASPIRATIONAL = "aspirational", _("Aspirational")

    MEASURED = (Kind.INCREASE, Kind.DECREASE)
    HOLDING = (Kind.AT_LEAST, Kind.AT_MOST, Kind.WITHIN)

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="key_results")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="key_results",
        verbose_name=_("Team that reports it"),
    )  # fmt: skip
    title = models.CharField(_("Key result"), max_length=500)
    metric = models.TextField(_("What is counted"), blank=True)
    measured_by = models.CharField(_("How, and by whom"), max_length=200, blank=True)
    unit_kind = models.CharField(
        _("Kind of unit"), max_length=7, choices=UnitKind, default=UnitKind.FREE
    )
    # Of money the currency, of a score the best one there is; see units.py.
    unit = models.CharField(_("Unit"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Decimals"), default=1)
    # Empty where a list that was imported does not let it be told.
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, blank=True)
    baseline = models.DecimalField(
        _("Start value"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    # It is the last value of an earlier cycle, and nobody has looked at it here yet.
    baseline_is_proposed = models.BooleanField(default=False)
    # The dated promise to measure the start value, where it is not known yet.
    baseline_by = models.DateField(_("Start value known by"), null=True, blank=True)
    target = models.DecimalField(
        _("Target"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    low = models.DecimalField(_("At least"), max_digits=20, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("At most"), max_digits=20, decimal_places=6, null=True, blank=True)
    # What the metric can be at all: a percentage ends at 100, a grade at 10.
    bound_low = models.DecimalField(
        _("Lowest possible"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    bound_high = models.DecimalField(
        _("Highest possible"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    stage_commit = models.CharField(_("Commit (0.3)"), max_length=500, blank=True)
    stage_target = models.CharField(_("Target (0.7)"), max_length=500, blank=True)
    stage_stretch = models.CharField(_("Stretch (1.0)"), max_length=500, blank=True)
    ambition = models.CharField(
        _("Ambition"), max_length=12, choices=Ambition, default=Ambition.COMMITTED
    )
    effect_from = models.DateField(_("Movement expected from"), null=True, blank=True)
    due = models.DateField(_("Due"), null=True, blank=True)
    # The one of an earlier cycle that it continues.
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to"
    )
    position = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = KeyResultQuerySet.as_manager()

    # Set by with_series().
    series: list[dict[str, str]]
    steps: list[dict[str, str]]
    own_error: dict[str, str] | None = None
    # Set by with_remark().
    remarked: str | None

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="key_result_to_increase_has_its_target_above_its_start",
                condition=~Q(kind="increase") | Q(target=None) | Q(baseline=None)
                | Q(target__gt=F("baseline")),
            ),
            models.CheckConstraint(
                name="key_result_to_decrease_has_its_target_below_its_start",
                condition=~Q(kind="decrease") | Q(target=None) | Q(baseline=None)
                | Q(target__lt=F("baseline")),
            ),
            models.CheckConstraint(
                name="key_result_with_a_way_to_go_says_its_kind",
                condition=~Q(kind="") | Q(target=None) | Q(baseline=None)
                | Q(target=F("baseline")),
            ),
            models.CheckConstraint(
                name="key_result_limits_leave_room",
                condition=Q(low=None) | Q(high=None) | Q(low__lt=F("high")),
            ),
            models.CheckConstraint(
                name="key_result_bounds_leave_room",
                condition=Q(bound_low=None) | Q(bound_high=None) | Q(bound_low__lt=F("bound_high")),
            ),
            models.CheckConstraint(
                name="key_result_has_at_most_six_decimals", condition=Q(decimals__lte=6)
            ),
            models.CheckConstraint(
                name="key_result_in_percent_has_no_other_unit",
                condition=~Q(unit_kind="percent") | Q(unit="%"),
            ),
            models.CheckConstraint(
                name="key_result_in_money_says_its_currency",
                condition=~Q(unit_kind="money") | ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="key_result_in_time_says_its_measure",
                condition=~Q(unit_kind="time") | Q(unit__in=list(SPELT)),
            ),
            models.CheckConstraint(
                name="key_result_with_a_score_says_the_best_one_in_digits",
                condition=~Q(unit_kind="score") | Q(unit__regex="^([1-9][0-9]{0,5})?$"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "dashboards:key_result", args=[self.pk, slugify(self.title[:80]) or "key-result"]
        )

    def unit_beside(self, value: Decimal | None = None) -> str:
        return unit_beside(self.unit_kind, self.unit, value)

    @property
    def most(self) -> Decimal | None:
        """The highest value that there can be; of a score, at most the best one."""
        best = [Decimal(self.unit)] if self.unit_kind == UnitKind.SCORE and self.unit else []
        bound = [] if self.bound_high is None else [self.bound_high]
        return min([*best, *bound], default=None)

    @property
    def holds(self) -> bool:
        """A guardrail: to hold, not to move."""
        return self.kind in self.HOLDING

    @property
    def has_target_to_amend(self) -> bool:
        return self.kind in (*self.MEASURED, "") and self.target is not None

    @property
    def is_promised(self) -> bool:
        """No start value yet, but a day by which it will be measured."""
        return self.baseline is None and self.baseline_by is not None
