from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.alignment.models.briefing import Briefing
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, Objective
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, User


class BackbriefState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    GIVEN = "given", _("Given")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    STALE = "stale", _("Stale")


# Every move there is: what it is called, from where, to where.
BACKBRIEF_MOVES: dict[str, tuple[tuple[BackbriefState, ...], BackbriefState]] = {
    "give": ((BackbriefState.DRAFT,), BackbriefState.GIVEN),
    "accept": ((BackbriefState.GIVEN,), BackbriefState.ACCEPTED),
    "return": ((BackbriefState.GIVEN,), BackbriefState.RETURNED),
    "outdate": (
        (BackbriefState.GIVEN, BackbriefState.ACCEPTED, BackbriefState.RETURNED),
        BackbriefState.STALE,
    ),
    "take up": ((BackbriefState.RETURNED, BackbriefState.STALE), BackbriefState.DRAFT),
}
# Where it is the leader's turn, or nobody's.
ANSWERED = (BackbriefState.GIVEN, BackbriefState.ACCEPTED)
PROMPTS = ("understood", "needs", "gives_up", "questions")


class BackbriefQuerySet(models.QuerySet["Backbrief"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(objective__in=Objective.objects.visible_to(user))

    def awaiting_leaders(self) -> Self:
        """Given, for a goal that is still worked on."""
        return self.filter(
            state=BackbriefState.GIVEN,
            objective__state__in=[Objective.State.INPUT, Objective.State.COMMITTED],
        ).exclude(objective__cycle__state=Cycle.State.CLOSED)

    def for_page(self) -> Self:
        return self.select_related(
            "team", "briefing", "objective__team", "objective__cycle", "objective__owner"
        )


class Backbrief(models.Model):
    """A team's answer to a briefing, in its own words. The words here are those being written;
    what was given stands in its moves, until something new is given."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="backbriefs")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="backbriefs")
    # The revision that it answers.
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="backbriefs")
    state = models.CharField(max_length=10, choices=BackbriefState, default=BackbriefState.DRAFT)
    understood = models.TextField(_("What did we understand?"), blank=True)
    will_do = models.ManyToManyField(
        Initiative, verbose_name=_("What will we do?"), related_name="backbriefs"
    )
    needs = models.TextField(_("What do we need?"), blank=True)
    gives_up = models.TextField(_("What do we give up?"), blank=True)
    questions = models.TextField(_("What do we ask?"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BackbriefQuerySet.as_manager()

    class Meta:
        ordering = ["objective", "team__name"]
        constraints = [
            models.UniqueConstraint(
                name="team_answers_a_briefing_once", fields=["objective", "team"]
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="backbrief_moves",
                field="state",
                transitions=[
                    (str(origin), str(to))
                    for origins, to in BACKBRIEF_MOVES.values()
                    for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.objective}"

    def get_absolute_url(self) -> str:
        return f"{reverse('alignment:backbriefs', args=[self.objective_id])}#team-{self.team.slug}"

    def can(self, verb: str) -> bool:
        """Whether this move leads on from here; who may make it is another question."""
        return self.state in BACKBRIEF_MOVES[verb][0]

    @property
    def is_given(self) -> bool:
        return self.state == BackbriefState.GIVEN


class BackbriefMove(models.Model):
    """A row of a backbrief's history; never changed (a trigger says so). Where it was given, the
    words that were given; where it was answered, the leader's comment."""

    backbrief = models.ForeignKey(Backbrief, on_delete=models.PROTECT, related_name="moves")
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=10, choices=BackbriefState, blank=True)
    to_state = models.CharField(max_length=10, choices=BackbriefState)
    understood = models.TextField(blank=True)
    will_do = ArrayField(models.BigIntegerField(), default=list)
    needs = models.TextField(blank=True)
    gives_up = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="backbrief_given_says_what_was_understood",
                condition=~Q(to_state="given") | ~Q(understood=""),
            ),
            models.CheckConstraint(
                name="backbrief_returned_with_a_comment",
                condition=~Q(to_state="returned") | ~Q(comment=""),
            ),
        ]
        triggers = [append_only("backbrief_move")]

    def __str__(self) -> str:
        return f"{self.backbrief}: {self.from_state} → {self.to_state}"
