from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import Cycle, Objective
from apps.organisation.models import Team, User


class BriefingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Superseded")


# Every move there is: what it is called, from where, to where.
BRIEFING_MOVES: dict[str, tuple[tuple[BriefingState, ...], BriefingState]] = {
    "issue": ((BriefingState.DRAFT,), BriefingState.ISSUED),
    "supersede": ((BriefingState.ISSUED,), BriefingState.SUPERSEDED),
}


# Whoever gives a team its main effort waits for others who do: there is one in a cycle.
MAIN_EFFORTS = 7_392
WORDS = ("context", "one_up", "two_up", "intent", "tasks", "main_effort", "freedoms")


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def visible_to(self, user: User) -> Self:
        """A draft is its leaders' own: it is shown on the page on which they write it."""
        return self.exclude(state=BriefingState.DRAFT).filter(
            objective__in=Objective.objects.visible_to(user)
        )

    def issued(self) -> Self:
        return self.filter(state=BriefingState.ISSUED)

    def in_force(self) -> Self:
        """Issued, for a goal that is still worked on."""
        return (
            self.issued()
            .filter(objective__state__in=[Objective.State.INPUT, Objective.State.COMMITTED])
            .exclude(objective__cycle__state=Cycle.State.CLOSED)
        )


class Briefing(models.Model):
    """One revision of what the leaders of an objective mean by it, in five plain prompts."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="briefings")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=BriefingState, default=BriefingState.DRAFT)
    context = models.TextField(_("What is going on?"), blank=True)
    # What those above want. Shown from the objectives above, and written where there are none.
    one_up = models.TextField(_("One level up"), blank=True)
    two_up = models.TextField(_("Two levels up"), blank=True)
    intent = models.TextField(_("What do we want to be true, and why?"), blank=True)
    tasks = ArrayField(models.TextField(), verbose_name=_("What follows from that?"), default=list)
    # Which of the tasks, counted from 1.
    main_effort = models.PositiveSmallIntegerField(null=True)
    freedoms = models.TextField(_("What is left to the teams?"), blank=True)
    teams = models.ManyToManyField(Team, through="BriefedTeam", related_name="briefings")
    # The team whose one main effort in this cycle it holds, as long as it is in force.
    main_effort_of = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    main_effort_in = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    # Counted on from one revision to the next, so that a form drawn from an older one shows.
    version = models.PositiveIntegerField(default=1)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ["objective", "number"]
        constraints = [
            models.UniqueConstraint(
                name="briefing_revisions_are_numbered", fields=["objective", "number"]
            ),
            models.UniqueConstraint(
                name="briefing_has_one_issued_revision",
                fields=["objective"],
                condition=Q(state="issued"),
            ),
            models.UniqueConstraint(
                name="briefing_has_one_draft", fields=["objective"], condition=Q(state="draft")
            ),
            models.UniqueConstraint(
                name="team_has_one_main_effort_in_a_cycle",
                fields=["main_effort_of", "main_effort_in"],
            ),
            models.CheckConstraint(
                name="briefing_holds_a_main_effort_only_while_issued",
                condition=Q(main_effort_of=None, main_effort_in=None)
                | Q(
                    state="issued",
                    main_effort__isnull=False,
                    main_effort_of__isnull=False,
                    main_effort_in__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="briefing_main_effort_is_one_of_its_tasks",
                condition=Q(main_effort=None)
                | Q(main_effort__gte=1, main_effort__lte=F("tasks__len")),
            ),
            models.CheckConstraint(
                name="briefing_issued_by_someone_with_an_intent",
                condition=Q(state="draft", issued_by=None, issued_at=None)
                | (
                    ~Q(state="draft")
                    & Q(issued_by__isnull=False, issued_at__isnull=False)
                    & ~Q(intent="")
                ),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="briefing_moves",
                field="state",
                transitions=[
                    (str(origin), str(to))
                    for origins, to in BRIEFING_MOVES.values()
                    for origin in origins
                ],
            ),
            # What was issued is what teams have answered: it never changes.
            pgtrigger.Protect(
                name="briefing_words_stand_once_issued",
                operation=pgtrigger.UpdateOf("objective_id", "number", *WORDS),
                condition=pgtrigger.Q(old__state__in=["issued", "superseded"]),
            ),
            pgtrigger.Protect(
                name="briefing_issued_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["issued", "superseded"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective}, {self.number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('alignment:revisions', args=[self.objective_id])}?new={self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == BriefingState.DRAFT

    @property
    def main_task(self) -> str:
        """The task that counts most; empty where none does."""
        return self.tasks[self.main_effort - 1] if self.main_effort else ""


class BriefedTeam(models.Model):
    """A team that a briefing asks."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="asks")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="briefing_asks_a_team_once", fields=["briefing", "team"])
        ]
        triggers = [
            pgtrigger.Trigger(
                name="briefed_teams_stand_once_issued",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM alignment_briefing briefing
                         WHERE briefing.id = COALESCE(NEW.briefing_id, OLD.briefing_id)
                           AND briefing.state <> 'draft'
                    ) THEN
                        RAISE EXCEPTION 'an issued briefing keeps the teams that it asked';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.briefing} → {self.team}"
