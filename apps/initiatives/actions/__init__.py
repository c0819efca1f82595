"""What people do to initiatives: one function per verb on the screen.

The team decides alone. still_may() asks the table again under a lock, then the row is
locked and looked at as it is stored now; every move leaves its row in the history, in the
same transaction. What must hold before an initiative is active stands in models.py
(`missing_to_start`).
"""

from apps.initiatives.actions.archive import archive_team
from apps.initiatives.actions.bets import Aim, Stop, aim_at, edit, propose, suggest
from apps.initiatives.actions.ends import decline, finish, kill
from apps.initiatives.actions.hand_over import hand_over
from apps.initiatives.actions.judging import add_evidence, give_verdict, go_on
from apps.initiatives.actions.learnings import open_learning
from apps.initiatives.actions.moves import pause, resume, start, swap, take_over
from apps.initiatives.actions.objections import (
    answer_objection,
    meet_objection,
    not_ones_own,
    object_to,
    withdraw_objection,
)

__all__ = [
    "Aim",
    "Stop",
    "add_evidence",
    "aim_at",
    "answer_objection",
    "archive_team",
    "decline",
    "edit",
    "finish",
    "give_verdict",
    "go_on",
    "hand_over",
    "kill",
    "meet_objection",
    "not_ones_own",
    "object_to",
    "open_learning",
    "pause",
    "propose",
    "resume",
    "start",
    "suggest",
    "swap",
    "take_over",
    "withdraw_objection",
]
