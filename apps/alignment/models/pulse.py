"""The pulse: who is asked, counts of what was said, and nothing that joins the two.

While a round is open, two tables hold it: one says who was asked and has answered, the
other counts. Every answer writes all rows of its team in both, so neither their order nor
the database's own marks say whose was the last. Closing keeps the figures that may be shown
and truncates both tables, which takes their files and older versions of rows with them.
"""

from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.alignment.scores import FEWEST, QUESTIONS, STEPS
from apps.objectives.models.triggers import append_only
from apps.organisation.models import Team, User

CELLS = QUESTIONS * STEPS


def no_answers() -> list[int]:
    return [0] * CELLS


def every_question_was_answered_by(number: str) -> Q:
    """The counts of each question add up to this column."""
    sums = [
        sum((F(f"counts__{place}") for place in range(first + 1, first + STEPS)),
            start=F(f"counts__{first}"))
        for first in range(0, CELLS, STEPS)
    ]  # fmt: skip
    said = Q()
    for whole in sums:
        said &= Q(**{number: whole})
    return said


class PulseRoundQuerySet(models.QuerySet["PulseRound"]):
    def open(self) -> Self:
        return self.filter(state=PulseRound.State.OPEN)

    def closed(self) -> Self:
        """The latest first."""
        return self.filter(state=PulseRound.State.CLOSED).order_by("-opened_at", "-pk")


class PulseRound(models.Model):
    """Four short questions to everyone who works in a team, until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    MOVES = {"close_pulse": (("open",), "closed")}

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Nobody, where it opened by the rhythm of the one before.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    until = models.DateField(_("Until when?"))
    # The next one opens by itself so many weeks after this one; empty: it does not.
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    # A day is enough, and says nothing about when the last answer came.
    closed_on = models.DateField(null=True)

    objects = PulseRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="pulse_has_one_open_round", fields=["state"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="pulse_closed_on_a_day",
                condition=Q(state="open", closed_on=None)
                | Q(state="closed", closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="pulse_ends_after_it_opens", condition=Q(until__gte=F("opened_on"))
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="pulse_round_moves", field="state", transitions=[("open", "closed")])
        ]

    def __str__(self) -> str:
        return f"{self.opened_on} – {self.until}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def opens_next(self) -> date | None:
        """The day from which the next one opens by itself."""
        return self.opened_on + timedelta(weeks=self.every_weeks) if self.every_weeks else None


class PulseTally(models.Model):
    """What has been answered in the open round by the members, or by the leaders, of a team."""

    round = models.ForeignKey(PulseRound, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    # As the tree was at the opening: a team that moves must not give another's away.
    ancestor_ids = ArrayField(models.BigIntegerField(), default=list)
    of_leaders = models.BooleanField()
    answered = models.PositiveIntegerField(default=0)
    counts = ArrayField(models.PositiveIntegerField(), size=CELLS, default=no_answers)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pulse_tally_once_a_team", fields=["round", "team", "of_leaders"]
            ),
            models.CheckConstraint(
                name="pulse_tally_adds_up", condition=every_question_was_answered_by("answered")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.answered}"


class PulseAskedQuerySet(models.QuerySet["PulseAsked"]):
    def of(self, person: User, pulse_round: PulseRound, team: Team) -> Self:
        return self.filter(round=pulse_round, person=person, tally__team=team)

    def waiting_for(self, person: User) -> Self:
        """The teams for which this person has not answered yet, and still may."""
        return self.filter(
            person=person,
            has_answered=False,
            round__state=PulseRound.State.OPEN,
            tally__team__in=list(person.standing.works_in),
            tally__team__archived_at=None,
        )


class PulseAsked(models.Model):
    """Someone who is asked in the open round, for a team; frozen when it opened, and no times."""

    round = models.ForeignKey(PulseRound, on_delete=models.PROTECT, related_name="asked")
    tally = models.ForeignKey(PulseTally, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_answered = models.BooleanField(default=False)

    objects = PulseAskedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pulse_asks_once_a_team", fields=["tally", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.tally.team}"


class PulseResultQuerySet(models.QuerySet["PulseResult"]):
    def of_members(self) -> Self:
        return self.filter(of_leaders=False)

    def shown(self) -> Self:
        return self.filter(counts__isnull=False)


class PulseResult(models.Model):
    """What a closed round may say of a team or an area. Never changed (a trigger says so).

    Counts are kept only where they are shown: of fewer than four people nothing is kept but
    how many they were.
    """

    round = models.ForeignKey(PulseRound, on_delete=models.PROTECT, related_name="results")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="pulse_results")
    of_leaders = models.BooleanField()
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    counts = ArrayField(models.PositiveIntegerField(), size=CELLS, null=True)

    objects = PulseResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pulse_result_once_a_team", fields=["round", "team", "of_leaders"]
            ),
            models.CheckConstraint(
                name="pulse_result_is_of_enough_people",
                condition=Q(counts=None)
                | Q(answered__gte=FEWEST, asked__lte=F("answered") * 2)
                & every_question_was_answered_by("answered"),
            ),
        ]
        triggers = [append_only("pulse_result")]

    def __str__(self) -> str:
        return f"{self.team}: {self.answered} of {self.asked}"
