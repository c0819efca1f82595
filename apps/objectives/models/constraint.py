from collections.abc import Iterable
from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.objectives.models.objective import Objective
from apps.organisation.models import Team, User


class ConstraintQuerySet(models.QuerySet["Constraint"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(Q(objective=None) | Q(objective__in=Objective.objects.visible_to(user)))

    def in_force(self, today: date) -> Self:
        return self.filter(Q(expires=None) | Q(expires__gte=today), lifted_at=None)

    def upon(self, team: Team) -> Self:
        """Set for the team itself, or for a team above it."""
        return self.filter(team__in=[team.pk, *team.ancestor_ids])

    def binding(self, team: Team, objectives: Iterable[int]) -> Self:
        """What bounds the means of a team that works on these objectives. One that has ended
        bounds nobody any more, and a draft not yet."""
        on_the_table = [Objective.State.INPUT, Objective.State.COMMITTED]
        of_goals = Q(objective__in=objectives, objective__state__in=on_the_table)
        return self.filter(Q(team__in=[team.pk, *team.ancestor_ids]) | of_goals)

    def for_lines(self) -> Self:
        """Everything that objectives/_limit.html touches."""
        return self.select_related("set_by", "team", "objective__team", "objective__cycle")


class Constraint(models.Model):
    """A boundary on the means: one sentence with a reason, on an objective or for a team."""

    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, related_name="constraints"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="constraints")
    sentence = models.CharField(max_length=200)
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    expires = models.DateField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True)
    # Nobody is known for what was lifted before this was kept.
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ConstraintQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="constraint_is_set_on_an_objective_or_for_a_team",
                condition=Q(objective=None, team__isnull=False)
                | Q(objective__isnull=False, team=None),
            ),
            models.CheckConstraint(name="constraint_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="constraint_is_lifted_by_someone_at_a_time",
                condition=Q(lifted_by=None) | Q(lifted_at__isnull=False),
            ),
        ]
        # What an objection cites stays as it was cited.
        triggers = [
            pgtrigger.ReadOnly(
                name="constraint_words_stay",
                fields=[
                    "objective", "team", "sentence", "reason", "set_by", "set_at", "expires",
                ],
            ),
            pgtrigger.Protect(
                name="constraint_is_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.sentence

    # One of the two is set, and only one: a CHECK says so.
    @property
    def bound(self) -> Objective | Team:
        return self.objective or self.team  # type: ignore[return-value]

    @property
    def decided_by(self) -> Team:
        """The team whose leaders set and lift it."""
        return self.team or self.objective.team  # type: ignore[union-attr]

    @property
    def is_open(self) -> bool:
        """On an objective it ends with the cycle."""
        return self.objective is None or self.objective.cycle.is_open
