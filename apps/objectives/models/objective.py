from datetime import date
from typing import Self, TypeAlias

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.objectives.models.cycle import Cycle
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, User


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: User) -> Self:
        """Everything but drafts of teams that one neither leads nor was asked about: for input,
        or, with one's team, to report a key result.

        What was withdrawn stays a draft to others, unless it had ever been open for input:
        then those who gave some still find it.
        """
        # It points at key results, which point here.
        from apps.objectives.models.report_request import ReportRequest

        if not user.is_active:
            return self.none()
        to_report = ReportRequest.objects.filter(asked_team__in=list(user.standing.works_in))
        leads = list(user.standing.leads)
        private = Q(state=Objective.State.DRAFT) | Q(
            state=Objective.State.WITHDRAWN, input_until=None
        )
        return self.filter(
            ~private
            | Q(team__in=leads)
            | Q(team__ancestor_ids__overlap=leads)
            | Q(owner=user)
            | Q(pk__in=Asked.objects.filter(person=user).values("objective"))
            | Q(pk__in=to_report.values("key_result__objective"))
        )

    def for_cycle(self, cycle: Cycle) -> Self:
        return self.filter(cycle=cycle)

    def committed(self) -> Self:
        return self.filter(state=Objective.State.COMMITTED)

    def in_the_making(self) -> Self:
        """Not yet committed to; with what a line about each touches."""
        making = [Objective.State.DRAFT, Objective.State.INPUT]
        return (
            self.filter(state__in=making)
            .exclude(cycle__state=Cycle.State.CLOSED)
            .select_related("team", "cycle")
        )

    def carried_from(self, objective: "Objective") -> Self:
        """What it goes on as, in later cycles."""
        return self.filter(carried_from=objective).exclude(state=Objective.State.WITHDRAWN)

    def to_review(self, today: date) -> Self:
        """Committed to in a cycle that is over, and not closed yet."""
        return self.committed().filter(cycle__in=Cycle.objects.to_review(today))

    def for_page(self) -> Self:
        """What the head of the objective's page touches."""
        return self.select_related("team", "cycle", "owner", "committed_by")


class ObjectiveState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    INPUT = "input", _("Input")
    COMMITTED = "committed", _("Committed")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ABANDONED = "abandoned", _("Abandoned")


# Every move there is: what it is called, from where, to where.
MOVES: dict[str, tuple[tuple[ObjectiveState, ...], ObjectiveState]] = {
    "open_for_input": ((ObjectiveState.DRAFT,), ObjectiveState.INPUT),
    "back_to_draft": ((ObjectiveState.INPUT,), ObjectiveState.DRAFT),
    "withdraw": ((ObjectiveState.DRAFT, ObjectiveState.INPUT), ObjectiveState.WITHDRAWN),
    "commit": ((ObjectiveState.INPUT,), ObjectiveState.COMMITTED),
    "close": ((ObjectiveState.COMMITTED,), ObjectiveState.CLOSED),
    "abandon": ((ObjectiveState.COMMITTED,), ObjectiveState.ABANDONED),
}


class Objective(models.Model):
    """What, and why it matters; set for a team in a cycle."""

    State: TypeAlias = ObjectiveState

    # Committed to, and not given up: what pages count.
    FIXED = (State.COMMITTED, State.CLOSED)
    # Title, why and key results change freely until the commitment.
    CHANGEABLE = (State.DRAFT, State.INPUT)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="objectives")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="objectives")
    # Long enough for what other tools let people write; our own forms ask for less.
    title = models.CharField(_("Objective"), max_length=500)
    why = models.TextField(_("Why it matters"))
    not_doing = models.TextField(_("What we will not do"), blank=True)
    # Unknown only where a list that was imported did not say.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True,
        related_name="objectives_owned",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # The explicit word, instead of key results, with which a draft may open for input.
    wants_key_results = models.BooleanField(default=False)
    input_until = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    committed_at = models.DateTimeField(null=True)
    # Why it was committed before its input window closed, or without any input.
    early_reason = models.TextField(blank=True)
    # Committed to elsewhere: it came in another tool's list, with the gaps that list has.
    is_imported = models.BooleanField(default=False)
    source = models.CharField(max_length=500, blank=True)
    # The one of an earlier cycle that it continues.
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to"
    )
    # It ended with its cycle, and nobody had written its review.
    without_review = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["cycle", "team"], name="objective_by_cycle_and_team")]
        constraints = [
            models.CheckConstraint(
                name="objective_committed_by_someone_on_a_day",
                condition=Q(committed_by=None, committed_at=None)
                | Q(committed_by__isnull=False, committed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="objective_is_committed_from_its_commitment_on",
                condition=(
                    Q(state__in=["draft", "input", "withdrawn"], committed_at=None)
                    | Q(state__in=["committed", "closed", "abandoned"], committed_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="objective_has_an_owner_unless_it_was_imported",
                condition=Q(owner__isnull=False) | Q(is_imported=True),
            ),
            models.CheckConstraint(
                name="objective_without_review_is_closed",
                condition=Q(without_review=False) | Q(state="closed"),
            ),
            models.UniqueConstraint(
                name="objective_is_carried_over_once_into_a_cycle",
                fields=["carried_from", "cycle"],
                condition=~Q(state="withdrawn"),
            ),
        ]
        # Never back from committed; an end is final.
        triggers = [
            pgtrigger.FSM(
                name="objective_moves",
                field="state",
                transitions=[
                    (str(origin), str(to)) for origins, to in MOVES.values() for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "dashboards:objective", args=[self.pk, slugify(self.title[:80]) or "objective"]
        )

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_open_for_input(self) -> bool:
        return self.state == self.State.INPUT

    @property
    def is_committed(self) -> bool:
        return self.state == self.State.COMMITTED

    @property
    def has_ended(self) -> bool:
        """Closed, withdrawn or abandoned: for good."""
        return self.state in {self.State.CLOSED, self.State.WITHDRAWN, self.State.ABANDONED}

    @property
    def can_be_carried_over(self) -> bool:
        """What was given up or withdrawn is not gone on with."""
        return self.state not in {self.State.WITHDRAWN, self.State.ABANDONED}

    @property
    def can_still_change(self) -> bool:
        return self.state in self.CHANGEABLE


class ObjectiveMove(models.Model):
    """A row of an objective's history; never changed (a trigger says so)."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=10, choices=Objective.State, blank=True)
    to_state = models.CharField(max_length=10, choices=Objective.State)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [append_only("objective_move")]

    def __str__(self) -> str:
        return f"{self.objective}: {self.from_state} → {self.to_state}"


class Asked(models.Model):
    """Someone whose input is wanted on an objective; asked people read its draft."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_for_input"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asked_once_for_input", fields=["objective", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.objective}"
