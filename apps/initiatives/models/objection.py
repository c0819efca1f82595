from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.initiative import Initiative
from apps.initiatives.models.status import ENDED
from apps.objectives.models import Constraint
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, TeamGrant, User

# Every move there is, from open: what it is called, and where it leads. A fourth end, lapsed,
# comes of itself and is read, never stored: see ObjectionQuerySet.with_standing().
OBJECTION_MOVES = {"answer": "open", "meet": "met", "withdraw": "withdrawn"}

OBJECTION_WORDS = {
    "raise": _("Objection raised."),
    "answer": _("Objection answered."),
    "meet": _("Objection met."),
    "withdraw": _("Objection withdrawn."),
}


class Lapse(models.TextChoices):
    """Why an open objection stands no longer, though nobody ended it."""

    ENDED = "ended", _("the initiative has ended")
    LIFTED = "lifted", _("the constraint was lifted")
    EXPIRED = "expired", _("the constraint has expired")
    LEFT = "left", _("whoever objected leads above this team no longer")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def with_standing(self, today: date) -> Self:
        """Each with `lapsed_because`: a Lapse, or empty while what it rests on is there.

        A constraint expires by the day alone, so this is asked whenever it is read.
        """
        leads = TeamGrant.objects.leads().filter(user=OuterRef(OuterRef("raised_by")))
        led_from_above = Team.objects.filter(
            pk=OuterRef("initiative__team"),
            ancestor_ids__overlap=ArraySubquery(leads.values("content_object_id")),
        )
        return self.annotate(
            lapsed_because=Case(
                When(initiative__status__in=ENDED, then=Value(Lapse.ENDED)),
                When(constraint__lifted_at__isnull=False, then=Value(Lapse.LIFTED)),
                When(constraint__expires__lt=today, then=Value(Lapse.EXPIRED)),
                When(~Q(raised_by__is_active=True) | ~Exists(led_from_above),
                     then=Value(Lapse.LEFT)),
                default=Value(""),
                output_field=models.CharField(),
            )
        )  # fmt: skip

    def open(self, today: date) -> Self:
        return self.with_standing(today).filter(state=Objection.State.OPEN, lapsed_because="")

    def unanswered(self) -> Self:
        answers = ObjectionMove.objects.filter(objection=OuterRef("pk"), verb="answer")
        return self.filter(~Exists(answers))


class Objection(models.Model):
    """A leader's word against an initiative, which cites a constraint. It stops nothing by
    itself; the team changes something, or goes on."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MET = "met", _("met")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="objections")
    constraint = models.ForeignKey(Constraint, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ObjectionQuerySet.as_manager()

    # Set by with_standing().
    lapsed_because: str

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(name="objection_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="objection_lapses_of_itself_and_is_never_stored_so",
                condition=Q(state__in=["open", "met", "withdrawn"]),
            ),
            models.UniqueConstraint(
                name="objection_cites_a_constraint_once_while_it_is_open",
                fields=["initiative", "constraint", "raised_by"],
                condition=Q(state="open"),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="objection_moves",
                field="state",
                transitions=[("open", to) for to in OBJECTION_MOVES.values() if to != "open"],
            ),
            pgtrigger.Protect(
                name="objection_begins_open",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="open"),
            ),
            pgtrigger.ReadOnly(
                name="objection_words_stay",
                fields=["initiative", "constraint", "reason", "raised_by", "raised_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.raised_by}: {self.constraint}"

    def get_absolute_url(self) -> str:
        return f"{self.initiative.get_absolute_url()}#objection-{self.pk}"

    @property
    def stands_as(self) -> "Objection.State":
        """Its state as of the day that with_standing() was given."""
        if self.state == self.State.OPEN and self.lapsed_because:
            return self.State.LAPSED
        return self.State(self.state)

    @property
    def is_open(self) -> bool:
        return self.stands_as == self.State.OPEN

    @property
    def why_lapsed(self) -> str:
        """Empty where it did not."""
        is_lapsed = self.stands_as == self.State.LAPSED
        return str(Lapse(self.lapsed_because).label) if is_lapsed else ""

    def is_of(self, person: User) -> bool:
        return self.raised_by_id == person.pk


class ObjectionMove(models.Model):
    """A row of an objection's history; never changed (a trigger says so)."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=10)
    from_state = models.CharField(max_length=10, choices=Objection.State, blank=True)
    to_state = models.CharField(max_length=10, choices=Objection.State)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objection_is_answered_and_met_with_words",
                condition=~Q(verb__in=["answer", "meet"]) | ~Q(text=""),
            )
        ]
        triggers = [append_only("objection_move")]

    def __str__(self) -> str:
        return f"{self.objection}: {self.from_state} → {self.to_state}"
