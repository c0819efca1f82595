from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.initiatives.models.status import EndReason, Status
from apps.objectives.models.triggers import append_only

MOVE_WORDS = {
    "propose": _("Proposed."),
    "suggest": _("Suggested from outside."),
    "import": _("Imported."),
    "continue": _("Proposed, to continue another one."),
    "take_over": _("Taken over."),
    "edit": _("Edited."),
    "hand_over": _("Handed over, because its lead has left."),
    "start": _("Started."),
    "pause": _("Paused."),
    "resume": _("Resumed."),
    "swap": _("Swapped."),
    "kill": _("Killed."),
    "finish": _("Finished."),
    "decline": _("Declined."),
}


class InitiativeMove(models.Model):
    """A row of an initiative's history; never changed (a trigger says so)."""

    initiative = models.ForeignKey("Initiative", on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=10)
    from_status = models.CharField(max_length=10, choices=Status, blank=True)
    to_status = models.CharField(max_length=10, choices=Status)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Who, from above, had brought the mover into the team in that cycle. Kept here, because the
    # place in the team may be taken away again.
    brought_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

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
    def who(self) -> str:
        """As it stands beside a move: also whether somebody from above put the mover there."""
        if self.brought_in_by is None:
            return self.by.name
        return gettext("%(name)s, brought into the team by %(other)s") % {
            "name": self.by.name, "other": self.brought_in_by.name,
        }  # fmt: skip

    @property
    def words(self) -> str:
        """What was done, as a history tells it."""
        return str(MOVE_WORDS[self.verb])

    @property
    def step(self) -> str:
        """ "Proposed → Active"; empty where it stayed as it was."""
        if not self.from_status or self.from_status == self.to_status:
            return ""
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"

    @property
    def because(self) -> str:
        """The reason in words: chosen from a list where something ends for a reason."""
        return str(EndReason(self.reason).label) if self.verb in {"kill", "swap"} else self.reason
