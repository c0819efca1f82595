"""Initiatives: the bets a team places to move a key result, and what became of them."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.objectives.models import Cycle, KeyResult, Measurement, Objective
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, User


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Finished")
    KILLED = "killed", _("Killed")
    SWAPPED = "swapped", _("Swapped")
    DECLINED = "declined", _("Declined")


LIVE = (Status.PROPOSED, Status.ACTIVE, Status.PAUSED)
ENDED = (Status.DONE, Status.KILLED, Status.SWAPPED, Status.DECLINED)
# Every move there is: what it is called, from where, to where.
MOVES: dict[str, tuple[tuple[Status, ...], Status]] = {
    "start": ((Status.PROPOSED,), Status.ACTIVE),
    "pause": ((Status.ACTIVE,), Status.PAUSED),
    "resume": ((Status.PAUSED,), Status.ACTIVE),
    "swap": (LIVE, Status.SWAPPED),
    "kill": (LIVE, Status.KILLED),
    "finish": ((Status.ACTIVE,), Status.DONE),
    "decline": ((Status.PROPOSED,), Status.DECLINED),
}

MOVE_WORDS = {
    "propose": _("Proposed."),
    "suggest": _("Suggested from outside."),
    "import": _("Imported."),
    "edit": _("Edited."),
    "start": _("Started."),
    "pause": _("Paused."),
    "resume": _("Resumed."),
    "swap": _("Swapped."),
    "kill": _("Killed."),
    "finish": _("Finished."),
    "decline": _("Declined."),
}


class EndReason(models.TextChoices):
    NO_EFFECT = "no-effect", _("It did not move the key result")
    BETTER_IDEA = "better-idea", _("We have a better idea")
    COST = "cost", _("It costs too much")
    CONSTRAINT = "constraint", _("A constraint forbids it")
    GOAL_GONE = "goal-gone", _("Its goal is gone")


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def active(self) -> Self:
        return self.filter(status=Status.ACTIVE)

    def ended(self) -> Self:
        return self.filter(status__in=ENDED)

    def learnt(self) -> Self:
        """Ended ones that taught something, the latest first."""
        return self.ended().exclude(learning="").order_by("-ended_at", "-pk")

    def for_cycle(self, cycle: Cycle) -> Self:
        """Those that lived in some part of it, or came in a list beside its goals.

        Until it is closed, also what was proposed after its last day: a team goes on
        trying things while the cycle is reviewed.
        """
        begun = Q(proposed_at__date__lte=cycle.ends) | Q(imported_under__cycle=cycle)
        lived = begun & (Q(status__in=LIVE) | Q(ended_at__date__gte=cycle.starts))
        return self.filter(lived | Q(status__in=LIVE) if cycle.is_open else lived)

    def for_key_result(self, key_result: KeyResult) -> Self:
        return self.filter(links__key_result=key_result)

    def for_cards(self) -> Self:
        """Everything _initiative.html touches, in two queries."""
        links = InitiativeLink.objects.with_series().select_related("key_result__objective__cycle")
        return (
            self.with_last_move()
            .select_related("team", "lead", "proposed_by", "ended_by", "successor")
            .prefetch_related(Prefetch("links", queryset=links))
        )

    def for_page(self) -> Self:
        """One more, for the kill criteria."""
        return (
            self.for_cards()
            .select_related("imported_under__cycle")
            .prefetch_related("kill_criteria")
        )

    def for_lanes(self) -> Self:
        """What a bar under a trajectory touches, in two queries."""
        return self.with_last_move().prefetch_related("links")

    def with_last_move(self) -> Self:
        moves = InitiativeMove.objects.filter(initiative=OuterRef("pk")).exclude(verb="edit")
        latest = moves.order_by("-at", "-pk")
        return self.annotate(
            moved_at=Subquery(latest.values("at")[:1]),
            moved_because=Subquery(latest.values("reason")[:1]),
        )


class Initiative(models.Model):
    """A team's bet. The organisation does not commit to it: its team may change it any day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="initiatives")
    # Nobody yet, where it came in a list that was imported.
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True,
        related_name="initiatives_led", verbose_name=_("Who leads it"),
    )  # fmt: skip
    # Long enough for what other tools let people write; our own forms ask for less.
    title = models.CharField(_("What do you want to try?"), max_length=500)
    believe = models.TextField(_("We believe …"), blank=True)
    will = models.TextField(_("will …"), blank=True)
    know_when = models.TextField(_("We will know when …"), blank=True)
    no_criteria_because = models.TextField(_("None, because …"), blank=True)
    cost_note = models.CharField(_("What does it cost?"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    from_outside = models.BooleanField(default=False)
    # The objective beside which it stood in a list that was imported.
    imported_under = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, related_name="initiatives_imported"
    )
    look_again_on = models.DateField(_("Look again on"), null=True, blank=True)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, choices=EndReason, blank=True)
    learning = models.TextField(blank=True)
    delivered = models.TextField(blank=True)
    decline_word = models.TextField(blank=True)
    successor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="predecessor"
    )
    version = models.PositiveIntegerField(default=1)

    objects = InitiativeQuerySet.as_manager()

    # Set by with_last_move(): when it came to stand as it does, and with which words.
    moved_at: datetime
    moved_because: str

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["team", "status"], name="initiative_by_team_and_status")]
        constraints = [
            models.CheckConstraint(
                name="initiative_has_a_lead_unless_it_was_imported",
                condition=Q(lead__isnull=False)
                | Q(imported_under__isnull=False) & ~Q(status__in=[Status.ACTIVE, Status.PAUSED]),
            ),
            models.CheckConstraint(
                name="initiative_ended_by_someone_at_a_time",
                condition=Q(status__in=LIVE, ended_by=None, ended_at=None)
                | Q(status__in=ENDED, ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_killed_or_swapped_for_a_reason_with_a_learning",
                condition=(
                    Q(status__in=[Status.KILLED, Status.SWAPPED])
                    & ~Q(end_reason="") & ~Q(learning="")
                )
                | (~Q(status__in=[Status.KILLED, Status.SWAPPED]) & Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="initiative_swapped_names_its_successor",
                condition=Q(status=Status.SWAPPED, successor__isnull=False)
                | (~Q(status=Status.SWAPPED) & Q(successor=None)),
            ),
            models.CheckConstraint(
                name="initiative_done_says_what_was_delivered",
                condition=~Q(status=Status.DONE) | ~Q(delivered=""),
            ),
            models.CheckConstraint(
                name="initiative_declined_with_a_word",
                condition=~Q(status=Status.DECLINED) | ~Q(decline_word=""),
            ),
            models.CheckConstraint(
                name="initiative_active_has_a_hypothesis_and_a_start",
                condition=~Q(status__in=[Status.ACTIVE, Status.PAUSED])
                | (
                    ~Q(believe="") & ~Q(will="") & ~Q(know_when="") & Q(started_at__isnull=False)
                ),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.FSM(
                name="initiative_moves",
                field="status",
                transitions=[
                    (str(origin), str(to)) for origins, to in MOVES.values() for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "initiatives:initiative", args=[self.pk, slugify(self.title[:80]) or "initiative"]
        )

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_proposed(self) -> bool:
        return self.status == Status.PROPOSED

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.status == Status.PAUSED

    @property
    def cycle(self) -> Cycle | None:
        """That of the first goal it serves; or of the one beside which it stood in a list."""
        links = self.links.all()
        objective = links[0].key_result.objective if links else self.imported_under
        return objective.cycle if objective else None

    def can(self, verb: str) -> bool:
        """Whether this move leads on from here; who may make it is another question."""
        return self.status in MOVES[verb][0]

    def descent(self) -> list["Initiative"]:
        """The chain of swaps it stands in, the latest first; one query at any length."""
        return list(
            Initiative.objects.raw(
                """
                WITH RECURSIVE
                later AS (
                    SELECT id, successor_id, 0 AS step
                      FROM initiatives_initiative WHERE id = %(pk)s
                    UNION ALL
                    SELECT next.id, next.successor_id, step + 1
                      FROM initiatives_initiative next JOIN later ON next.id = later.successor_id
                ),
                earlier AS (
                    SELECT id, 0 AS step
                      FROM initiatives_initiative WHERE id = %(pk)s
                    UNION ALL
                    SELECT former.id, step - 1
                      FROM initiatives_initiative former
                      JOIN earlier ON former.successor_id = earlier.id
                )
                SELECT initiative.*
                  FROM initiatives_initiative initiative
                  JOIN (SELECT id, step FROM later UNION SELECT id, step FROM earlier) chain
                    USING (id)
                 ORDER BY step DESC
                """,
                {"pk": self.pk},
            )
        )

    def missing_to_start(self) -> list[str]:
        """What active needs and this does not have yet, a line each; empty: it may start."""
        missing: list[str] = []
        if not any(link.is_on_a_committed_goal for link in self.links.all()):
            missing.append(gettext("A key result of a committed objective that it should move."))
        if not self.believe:
            missing.append(gettext("What you believe."))
        if not self.will:
            missing.append(gettext("What you will do."))
        if not self.know_when:
            missing.append(gettext("How you will know."))
        if not self.no_criteria_because and not self.kill_criteria.all():
            missing.append(gettext("What would make you stop; or none, and why."))
        return missing


class InitiativeLinkQuerySet(models.QuerySet["InitiativeLink"]):
    def with_series(self) -> Self:
        """Each with `series`, its key result's effective values [{day, value}] by day."""
        effective = (
            Measurement.objects.filter(key_result=OuterRef("key_result"))
            .effective()
            .values(json=JSONObject(day="day", value=Cast("value", models.TextField())))
        )
        return self.annotate(series=ArraySubquery(effective))


class InitiativeLink(models.Model):
    """The key result that an initiative should move, by how much, and by when."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    key_result = models.ForeignKey(KeyResult, on_delete=models.PROTECT, related_name="links")
    # In the key result's own unit, as a change: +2 points, −1.5 days.
    expected_effect = models.DecimalField(
        _("By how much?"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    by_when = models.DateField(_("By when?"), null=True, blank=True)

    objects = InitiativeLinkQuerySet.as_manager()

    # Set by with_series().
    series: list[dict[str, str]]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="initiative_links_a_key_result_once", fields=["initiative", "key_result"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.key_result}"

    @property
    def is_on_a_committed_goal(self) -> bool:
        objective = self.key_result.objective
        dropped = self.key_result.dropped_at is not None
        return objective.is_committed and objective.cycle.is_open and not dropped


class KillCriterion(models.Model):
    """An observable, a limit and a date, written beforehand: the state at which we stop."""

    class Comparator(models.TextChoices):
        BELOW = "below", _("below")
        ABOVE = "above", _("above")
        NOT_DONE = "not-done", _("not done")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="kill_criteria"
    )
    observable = models.CharField(_("What do you watch?"), max_length=200)
    comparator = models.CharField(max_length=10, choices=Comparator, default=Comparator.BELOW)
    limit = models.CharField(max_length=60, blank=True)
    on = models.DateField(_("On which day?"))

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        words = {"observable": self.observable, "limit": self.limit}
        match self.comparator:
            case self.Comparator.BELOW:
                return gettext("%(observable)s below %(limit)s") % words
            case self.Comparator.ABOVE:
                return gettext("%(observable)s above %(limit)s") % words
        return gettext("%(observable)s not done") % words


class InitiativeMove(models.Model):
    """A row of an initiative's history; never changed (a trigger says so)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=10)
    from_status = models.CharField(max_length=10, choices=Status, blank=True)
    to_status = models.CharField(max_length=10, choices=Status)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["-at"], name="initiative_moves_by_time")]
        constraints = [
            models.CheckConstraint(
                name="initiative_paused_for_a_reason", condition=~Q(verb="pause") | ~Q(reason="")
            )
        ]
        triggers = [append_only("initiative_move")]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.from_status} → {self.to_status}"

    @property
    def words(self) -> str:
        """What was done, as a history tells it."""
        return str(MOVE_WORDS[self.verb])

    @property
    def because(self) -> str:
        """The reason in words: chosen from a list where something ends for a reason."""
        return str(EndReason(self.reason).label) if self.verb in {"kill", "swap"} else self.reason
