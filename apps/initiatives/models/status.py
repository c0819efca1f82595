"""What an initiative may become, by which move and from where."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    "take_over": ((Status.PROPOSED,), Status.PROPOSED),
    "start": ((Status.PROPOSED,), Status.ACTIVE),
    "pause": ((Status.ACTIVE,), Status.PAUSED),
    "resume": ((Status.PAUSED,), Status.ACTIVE),
    "swap": (LIVE, Status.SWAPPED),
    "kill": (LIVE, Status.KILLED),
    "finish": ((Status.ACTIVE,), Status.DONE),
    "decline": ((Status.PROPOSED,), Status.DECLINED),
}
# What changes the means. A proposal does not yet, nor does a word to go on.
CHANGES = ("start", "pause", "resume", "swap", "kill", "finish")


class EndReason(models.TextChoices):
    NO_EFFECT = "no-effect", _("It did not move the key result")
    BETTER_IDEA = "better-idea", _("We have a better idea")
    COST = "cost", _("It costs too much")
    CONSTRAINT = "constraint", _("A constraint forbids it")
    GOAL_GONE = "goal-gone", _("Its goal is gone")
