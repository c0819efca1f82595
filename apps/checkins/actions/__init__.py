"""What a team reports, and what it asks of its leaders: one function per verb on the screen."""

from apps.checkins.actions.check_in import (
    DraftClash,
    Said,
    Word,
    correct,
    save_draft,
    submit,
)
from apps.checkins.actions.help import (
    Wish,
    answer_help,
    ask_for_help,
    hand_over_help,
    permit_answerer,
    withdraw_help,
)
from apps.checkins.actions.meetings import (
    edit_decision,
    end_review,
    finish_decision,
    hand_over_decision,
    note_decision,
    open_review,
    permit_finisher,
    remove_decision,
)
from apps.checkins.actions.moves import ENDS, GoOn, Move
from apps.checkins.actions.weeks_off import mark_weeks_off

__all__ = [
    "ENDS",
    "DraftClash",
    "GoOn",
    "Move",
    "Said",
    "Wish",
    "Word",
    "answer_help",
    "ask_for_help",
    "correct",
    "edit_decision",
    "end_review",
    "finish_decision",
    "hand_over_decision",
    "hand_over_help",
    "mark_weeks_off",
    "note_decision",
    "open_review",
    "permit_answerer",
    "permit_finisher",
    "remove_decision",
    "save_draft",
    "submit",
    "withdraw_help",
]
