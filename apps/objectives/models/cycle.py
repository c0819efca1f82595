from datetime import date
from typing import TYPE_CHECKING, Self, TypeAlias

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from apps.objectives.models.objective import Objective


class CycleState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    INPUT = "input", _("Open for input")
    RUNNING = "running", _("Running")
    REVIEWING = "reviewing", _("Reviewing")
    CLOSED = "closed", _("Closed")


# Every move there is: what it is called, from where, to where.
MOVES: dict[str, tuple[tuple[CycleState, ...], CycleState]] = {
    "open_input": ((CycleState.PLANNED,), CycleState.INPUT),
    "start_cycle": ((CycleState.INPUT,), CycleState.RUNNING),
    "begin_review": ((CycleState.RUNNING,), CycleState.REVIEWING),
    "close_cycle": ((CycleState.REVIEWING,), CycleState.CLOSED),
}


class CycleQuerySet(models.QuerySet["Cycle"]):
    def nearest_first(self, today: date) -> "list[Cycle]":
        """Those that are no mere plan."""
        begun = self.exclude(state=Cycle.State.PLANNED)
        return sorted(begun, key=lambda cycle: cycle.distance(today))

    def current(self, today: date) -> "Cycle | None":
        return next(iter(self.nearest_first(today)), None)

    def shown(self, slug: str, today: date) -> "Cycle | None":
        """The one that an address names, if it does, else the one that runs; none is a plan."""
        if not slug:
            return self.current(today)
        return self.exclude(state=Cycle.State.PLANNED).filter(slug=slug).first()

    def to_review(self, today: date) -> Self:
        """The same as Cycle.can_be_reviewed()."""
        return self.filter(
            Q(state=Cycle.State.REVIEWING) | Q(state=Cycle.State.RUNNING, ends__lte=today)
        )

    def open_for_goals(self) -> Self:
        return self.exclude(state__in=[Cycle.State.CLOSED, Cycle.State.PLANNED])

    def to_go_on_in(self, objective: "Objective") -> Self:
        """Later ones, in which it does not go on yet."""
        return (
            self.open_for_goals()
            .filter(ends__gt=objective.cycle.ends)
            .exclude(pk__in=objective.carried_to.exclude(state="withdrawn").values("cycle"))
            .order_by("starts", "ends")
        )


class Cycle(models.Model):
    """A named stretch of time in which objectives are set and reviewed; both days belong to it."""

    State: TypeAlias = CycleState

    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    starts = models.DateField()
    ends = models.DateField()
    input_opens = models.DateField(null=True, blank=True)
    input_closes = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                name="cycle_ends_after_it_starts", condition=Q(ends__gt=F("starts"))
            ),
            models.CheckConstraint(
                name="cycle_input_closes_after_it_opens",
                condition=Q(input_opens=None, input_closes=None)
                | Q(input_closes__gte=F("input_opens")),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="cycle_goes_step_by_step",
                field="state",
                transitions=[(origin, to) for origins, to in MOVES.values() for origin in origins],
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """A closed cycle is read-only."""
        return self.state != self.State.CLOSED

    def can_be_reviewed(self, today: date) -> bool:
        """While it is reviewed, and from its last day on if nobody has begun the review."""
        is_over = self.state == self.State.RUNNING and today >= self.ends
        return is_over or self.state == self.State.REVIEWING

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days

    def day(self, on: date) -> int:
        """Counted from the first day, which is 0."""
        return (on - self.starts).days

    def distance(self, today: date) -> tuple[int, int]:
        """For sorting: those in which today lies, the shortest first, where several run side by
        side; then what comes next, and then what ended last."""
        if self.starts <= today <= self.ends:
            return 0, self.days
        if self.starts > today:
            return 1, (self.starts - today).days
        return 2, (today - self.ends).days
