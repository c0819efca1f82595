"""Initiatives: the bets a team places to move a key result, and what became of them."""

from apps.initiatives.models.evidence import Evidence
from apps.initiatives.models.initiative import Initiative, InitiativeQuerySet
from apps.initiatives.models.kill_criterion import KillCriterion, StopAnswer
from apps.initiatives.models.link import InitiativeLink
from apps.initiatives.models.move import InitiativeMove
from apps.initiatives.models.objection import (
    OBJECTION_MOVES,
    OBJECTION_WORDS,
    Lapse,
    Objection,
    ObjectionMove,
    ObjectionQuerySet,
)
from apps.initiatives.models.opened import LearningOpened
from apps.initiatives.models.status import CHANGES, ENDED, LIVE, MOVES, EndReason, Status
from apps.initiatives.models.verdict import Verdict

__all__ = [
    "CHANGES",
    "ENDED",
    "LIVE",
    "MOVES",
    "OBJECTION_MOVES",
    "OBJECTION_WORDS",
    "EndReason",
    "Evidence",
    "Initiative",
    "InitiativeLink",
    "InitiativeMove",
    "InitiativeQuerySet",
    "KillCriterion",
    "Lapse",
    "LearningOpened",
    "Objection",
    "ObjectionMove",
    "ObjectionQuerySet",
    "Status",
    "StopAnswer",
    "Verdict",
]
