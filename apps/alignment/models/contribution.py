from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import Team, User

# Whoever makes one waits for others: two made at once could close a circle that neither sees.
CONTRIBUTIONS = 7_391


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def live(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        """Neither end tells of a goal that is still private."""
        visible = Objective.objects.visible_to(user)
        return self.filter(objective__in=visible, towards__in=visible)


class Contribution(models.Model):
    """An objective supports another one, or a key result of it, and says how."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="contributions")
    # The objective that is supported: itself, or by way of one of its key results.
    towards = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="supported_by")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.PROTECT, null=True, related_name="supported_by"
    )
    how = models.CharField(_("How does it help?"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    end_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="contribution_says_how", condition=~Q(how="")),
            models.CheckConstraint(
                name="contribution_is_not_to_itself", condition=~Q(objective=F("towards"))
            ),
            models.UniqueConstraint(
                name="contribution_is_stated_once",
                fields=["objective", "towards", "key_result"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="contribution_ended_by_someone_for_a_reason",
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        ]
        triggers = [
            # Under a lock of its own, and so with a look at all that has been committed.
            pgtrigger.Trigger(
                name="contributions_never_lead_in_a_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("objective_id", "towards_id", "key_result_id", "ended_at"),
                condition=pgtrigger.Q(new__ended_at__isnull=True),
                func=f"""
                    PERFORM pg_advisory_xact_lock({CONTRIBUTIONS}, 0);
                    IF EXISTS (
                        WITH RECURSIVE above AS (
                            SELECT NEW.towards_id AS id
                            UNION
                            SELECT further.towards_id
                              FROM alignment_contribution further
                              JOIN above ON further.objective_id = above.id
                             WHERE further.ended_at IS NULL AND further.id IS DISTINCT FROM NEW.id
                        )
                        SELECT FROM above WHERE id = NEW.objective_id
                    ) THEN
                        RAISE EXCEPTION 'contributions lead in a circle'
                              USING ERRCODE = 'integrity_constraint_violation',
                                    CONSTRAINT = 'contributions_never_lead_in_a_circle';
                    END IF;
                    IF NEW.key_result_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM objectives_keyresult key_result
                         WHERE key_result.id = NEW.key_result_id
                           AND key_result.objective_id = NEW.towards_id
                    ) THEN
                        RAISE EXCEPTION 'the key result belongs to another objective'
                              USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a number of our own
            )
        ]

    def __str__(self) -> str:
        return f"{self.objective} → {self.goal}"

    @property
    def goal(self) -> Objective | KeyResult:
        return self.key_result or self.towards


class RequestState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


# Every move there is: what it is called, from where, to where.
REQUEST_MOVES: dict[str, tuple[tuple[RequestState, ...], RequestState]] = {
    "accept": ((RequestState.OPEN,), RequestState.ACCEPTED),
    "decline": ((RequestState.OPEN,), RequestState.DECLINED),
}


class ContributionRequestQuerySet(models.QuerySet["ContributionRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(towards__in=Objective.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def for_page(self) -> Self:
        return self.select_related(
            "team", "asked_team", "towards__team", "towards__cycle", "key_result__objective__cycle",
            "asked_by", "answered_by", "objective", "initiative",
        )  # fmt: skip


class ContributionRequest(models.Model):
    """What a team asks of another one, for which goal, why, and by when; and the answer."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contributions_asked")
    asked_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="contributions_asked_of_it"
    )
    towards = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="requests")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.PROTECT, null=True, related_name="requests"
    )
    what = models.TextField(_("What do you ask for?"))
    why = models.TextField(_("Why does it matter?"))
    by_when = models.DateField(_("By when?"))
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    # What it was accepted as, one of the two; or why it was declined.
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, related_name="answers_requests"
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, null=True, related_name="answers_requests"
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContributionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["by_when", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_is_asked_of_another_team", condition=~Q(team=F("asked_team"))
            ),
            models.CheckConstraint(
                name="contribution_accepted_as_something_or_declined_with_a_reason",
                condition=Q(state="open", objective=None, initiative=None, answer="")
                | Q(state="accepted", objective__isnull=False, initiative=None)
                | Q(state="accepted", objective=None, initiative__isnull=False)
                | Q(state="declined", objective=None, initiative=None) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="contribution_answered_by_someone",
                condition=Q(state="open", answered_by=None, answered_at=None)
                | ~Q(state="open") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="contribution_request_moves",
                field="state",
                transitions=[
                    (str(origin), str(to))
                    for origins, to in REQUEST_MOVES.values()
                    for origin in origins
                ],
            )
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("alignment:contribution_request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def goal(self) -> Objective | KeyResult:
        return self.key_result or self.towards
