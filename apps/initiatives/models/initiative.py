from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, JSONObject, RowNumber
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.kill_criterion import KillCriterion
from apps.initiatives.models.link import InitiativeLink
from apps.initiatives.models.move import InitiativeMove
from apps.initiatives.models.status import ENDED, LIVE, MOVES, EndReason, Status
from apps.initiatives.models.texts import TOLD, TRIED
from apps.initiatives.models.triggers import must_continue_what_has_ended
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team, User


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

    def without_their_goal(self) -> Self:
        """Live on an objective that was abandoned: their team has still to say what becomes of
        them."""
        abandoned = InitiativeLink.objects.filter(
            initiative=OuterRef("pk"),
            key_result__objective__state=Objective.State.ABANDONED,
        )
        return self.live().filter(Exists(abandoned))

    def working_on(self, objective: Objective) -> Self:
        """Live, with a link to one of its key results."""
        links = InitiativeLink.objects.filter(
            initiative=OuterRef("pk"), key_result__objective=objective
        )
        return self.live().filter(Exists(links))

    def for_cycle(self, cycle: Cycle) -> Self:
        """Those that lived in some part of it, or came in a list beside its goals.

        Until it is closed, also what was proposed after its last day: a team goes on
        trying things while the cycle is reviewed.
        """
        begun = Q(proposed_at__date__lte=cycle.ends) | Q(imported_under__cycle=cycle)
        lived = begun & (Q(status__in=LIVE) | Q(ended_at__date__gte=cycle.starts))
        return self.filter(lived | Q(status__in=LIVE) if cycle.is_open else lived)

    def outlived(self, today: date) -> Self:
        """Live, and every goal they serve belongs to a cycle that is over: their team decides."""
        links = InitiativeLink.objects.filter(initiative=OuterRef("pk"))
        over = Q(state=Cycle.State.CLOSED) | Q(pk__in=Cycle.objects.to_review(today).values("pk"))
        ends = links.filter(key_result__objective__cycle__in=Cycle.objects.filter(over))
        goes_on = links.exclude(key_result__objective__cycle__in=Cycle.objects.filter(over))
        return self.live().filter(Exists(ends), ~Exists(goes_on))

    def for_key_result(self, key_result: KeyResult) -> Self:
        return self.filter(links__key_result=key_result)

    def for_cards(self, today: date) -> Self:
        """Everything _initiative.html touches, in two queries."""
        links = InitiativeLink.objects.with_series().with_verdict()
        links = links.select_related("key_result__objective__cycle")
        return (
            self.with_last_move()
            .with_last_day()
            .with_open_objections(today)
            .select_related("team", "lead", "proposed_by", "ended_by", "successor")
            .prefetch_related(Prefetch("links", queryset=links))
        )

    def for_learnings(self) -> Self:
        """Everything a line of the library touches, in two queries."""
        links = (
            InitiativeLink.objects.with_series()
            .with_verdict()
            .select_related("key_result__objective")
        )
        return self.select_related("team", "successor").prefetch_related(
            Prefetch("links", queryset=links)
        )

    def for_page(self, today: date) -> Self:
        """One more, for the kill criteria."""
        criteria = KillCriterion.objects.for_page()
        return (
            self.for_cards(today)
            .select_related("imported_under__cycle")
            .prefetch_related(Prefetch("kill_criteria", queryset=criteria))
        )

    def with_record(self) -> Self:
        """What was done, noted and judged, as rows in JSON: no query more; see records.py."""
        # They point at this model, so they can't be imported above it.
        from apps.initiatives.models.evidence import Evidence
        from apps.initiatives.models.verdict import Verdict

        this = {"initiative": OuterRef("pk")}
        moves = (
            InitiativeMove.objects.filter(**this)
            .order_by("-at", "-pk")
            .values(
                json=JSONObject(
                    verb="verb",
                    from_status="from_status",
                    to_status="to_status",
                    reason="reason",
                    name="by__name",
                    brought_in_by="brought_in_by__name",
                    at="at",
                )
            )
        )
        notes = Evidence.objects.filter(**this).values(
            json=JSONObject(day="day", text="text", url="url", name="by__name")
        )
        verdicts = Verdict.objects.filter(link__initiative=OuterRef("pk")).values(
            json=JSONObject(
                link_id="link_id",
                kind="kind",
                evidence="evidence",
                ask_again_on="ask_again_on",
                name="by__name",
                at="at",
            )
        )
        return self.annotate(
            moves_made=ArraySubquery(moves),
            notes_made=ArraySubquery(notes),
            verdicts_given=ArraySubquery(verdicts),
        )

    def in_columns(self, pages: Mapping[str, int], size: int, *, of: str = "status") -> Self:
        """Of each column of a board the cards of one page, and always the first one, which
        knows how many there are `in_column`. Each knows its `column` and its `place` in it."""
        column = Case(When(**{f"{of}__in": ENDED}, then=Value("ended")), default=F(of))
        latest_first = [
            F("ended_at").desc(nulls_last=True), F("proposed_at").desc(), F("pk").desc(),
        ]  # fmt: skip
        here = Q(place=1)
        for name, page in pages.items():
            here |= Q(column=name, place__gt=(page - 1) * size, place__lte=page * size)
        return self.annotate(
            column=column,
            in_column=Window(Count("pk"), partition_by=[F("column")]),
            place=Window(RowNumber(), partition_by=[F("column")], order_by=latest_first),
        ).filter(here)

    def for_lanes(self) -> Self:
        """What a bar under a trajectory touches, in one query."""
        return self.with_last_move().with_last_day()

    def with_open_objections(self, today: date) -> Self:
        # It points at this model, so it can't be imported above it.
        from apps.initiatives.models.objection import Objection

        still_open = Objection.objects.open(today).filter(initiative=OuterRef("pk")).order_by()
        many = still_open.values("initiative").annotate(n=Count("pk")).values("n")
        return self.annotate(open_objections=Coalesce(Subquery(many), 0))

    def as_of(self, day: date) -> Self:
        """Those that were there on that day, each with how it stood at the end of it: what
        Initiative.as_it_was() needs."""
        moves = InitiativeMove.objects.filter(initiative=OuterRef("pk"), at__date__lte=day)
        latest = moves.exclude(verb__in=["edit", "take_over"]).order_by("-at", "-pk")
        return self.annotate(
            status_then=Subquery(latest.values("to_status")[:1]),
            moved_then=Subquery(latest.values("at")[:1]),
            because_then=Subquery(latest.values("reason")[:1]),
        ).exclude(status_then=None)

    def with_last_move(self) -> Self:
        moves = InitiativeMove.objects.filter(initiative=OuterRef("pk")).exclude(
            verb__in=["edit", "take_over"]
        )
        latest = moves.order_by("-at", "-pk")
        return self.annotate(
            moved_at=Subquery(latest.values("at")[:1]),
            moved_because=Subquery(latest.values("reason")[:1]),
        )

    def with_last_day(self) -> Self:
        """Each with `last_day`, by which it should have moved the last of its key results."""
        links = InitiativeLink.objects.filter(initiative=OuterRef("pk")).order_by()
        last = links.values("initiative").annotate(day=Max("by_when"))
        return self.annotate(last_day=Subquery(last.values("day")))


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
    # When the team made a suggestion from outside its own; until then it waits for an answer.
    taken_over_at = models.DateTimeField(null=True)
    # An end is final: what takes an idea up again is a new one, and says of which it goes on.
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="continuations"
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
    # Set by with_last_day().
    last_day: date | None
    # Set by with_open_objections().
    open_objections: int
    # Set by in_columns().
    column: str
    in_column: int
    place: int
    # Set by with_record().
    moves_made: list[dict[str, Any]]
    notes_made: list[dict[str, Any]]
    verdicts_given: list[dict[str, Any]]
    # Set by as_of(): the same, on a day that has passed.
    status_then: str
    moved_then: datetime
    because_then: str
    # Set by descent(): of what it continues.
    continued_title: str | None

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["team", "status"], name="initiative_by_team_and_status"),
            GinIndex(
                OpClass(TRIED, "gin_trgm_ops"), name="initiative_tried", condition=~Q(learning="")
            ),
            GinIndex(
                OpClass(TOLD, "gin_trgm_ops"), name="initiative_told", condition=~Q(learning="")
            ),
        ]
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
                    (str(origin), str(to))
                    for origins, to in MOVES.values()
                    for origin in origins
                    if origin != to
                ],
            ),
            must_continue_what_has_ended,
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "initiatives:initiative", args=[self.pk, slugify(self.title[:80]) or "initiative"]
        )

    def as_it_was(self) -> Self:
        """For a page about the past: read as on the day of as_of(). It is never saved."""
        self.status = self.status_then
        self.moved_at, self.moved_because = self.moved_then, self.because_then
        if self.is_live:  # how it ended later belongs to another cycle
            self.ended_at = self.ended_by = self.successor = None
            self.learning = self.delivered = self.decline_word = ""
        return self

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def has_lost_its_goal(self) -> bool:
        """An objective that it is to move was abandoned; of for_cards(), no query."""
        return self.is_live and any(
            link.key_result.objective.state == Objective.State.ABANDONED
            for link in self.links.all()
        )

    @property
    def taught(self) -> bool:
        """Whether it has ended and left a learning."""
        return not self.is_live and self.learning != ""

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
    def is_done(self) -> bool:
        return self.status == Status.DONE

    @property
    def cycle(self) -> Cycle | None:
        """That of the first goal it serves; or of the one beside which it stood in a list."""
        links = self.links.all()
        objective = links[0].key_result.objective if links else self.imported_under
        return objective.cycle if objective else None

    @property
    def is_suggested(self) -> bool:
        """From outside, and the team has neither taken it over nor declined it."""
        return self.is_proposed and self.from_outside and self.taken_over_at is None

    def has_outlived_its_goals(self, today: date) -> bool:
        """The same as InitiativeQuerySet.outlived(), of for_cards()."""
        cycles = [link.key_result.objective.cycle for link in self.links.all()]
        is_over = [not cycle.is_open or cycle.can_be_reviewed(today) for cycle in cycles]
        return self.is_live and bool(is_over) and all(is_over)

    def can(self, verb: str) -> bool:
        """Whether this move leads on from here; who may make it is another question."""
        if verb == "take_over":
            return self.is_suggested
        return self.status in MOVES[verb][0]

    def descent(self) -> list["Initiative"]:
        """Those it was swapped for or continues, and those that came of it, the latest first.

        One query at any length; each knows its `successor_id` and what it `continues`.
        """
        return list(
            Initiative.objects.raw(
                """
                WITH RECURSIVE
                later AS (
                    SELECT id, successor_id, 0 AS step
                      FROM initiatives_initiative WHERE id = %(pk)s
                    UNION
                    SELECT next.id, next.successor_id, step + 1
                      FROM initiatives_initiative next
                      JOIN later ON next.id = later.successor_id OR next.continues_id = later.id
                ),
                earlier AS (
                    SELECT id, continues_id, 0 AS step
                      FROM initiatives_initiative WHERE id = %(pk)s
                    UNION
                    SELECT former.id, former.continues_id, step - 1
                      FROM initiatives_initiative former
                      JOIN earlier
                        ON former.successor_id = earlier.id OR former.id = earlier.continues_id
                )
                SELECT initiative.*, former.title AS continued_title
                  FROM initiatives_initiative initiative
                  JOIN (SELECT id, max(step) AS step
                          FROM (SELECT id, step FROM later UNION SELECT id, step FROM earlier) steps
                         GROUP BY id) chain
                    USING (id)
                  LEFT JOIN initiatives_initiative former ON former.id = initiative.continues_id
                 ORDER BY step DESC, initiative.proposed_at DESC, initiative.id DESC
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
