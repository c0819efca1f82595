"""What people do to goals: one function per verb on the screen.

Each asks again whether the person may, under a lock, then locks the row, then asks
whether it is possible now (ValidationError: a plain sentence), then writes the whole
change with its history, or nothing. An objective is locked before anything that hangs
on it, so a commitment and a late input can't pass each other.
"""

from apps.objectives.actions.amendment import (
    abandon,
    amend,
    amend_key_result,
    amend_target,
    amendable,
    drop_key_result,
    state_baseline,
)
from apps.objectives.actions.carry_over import carry_over
from apps.objectives.actions.constraint import lift_constraint, set_constraint
from apps.objectives.actions.cycle import (
    begin_review,
    close_cycle,
    create_cycle,
    edit_cycle,
    open_input,
    start_cycle,
)
from apps.objectives.actions.fill_in import (
    fill_in,
    fill_in_key_result,
    gaps_of,
    gaps_of_key_result,
)
from apps.objectives.actions.forecast import keep_forecasts, outcome_of, renew_track_record
from apps.objectives.actions.hand_over import hand_over
from apps.objectives.actions.input import answer_input, give_input, permit_author, withdraw_input
from apps.objectives.actions.key_result import (
    Definition,
    define_key_result,
    edit_key_result,
    remove_key_result,
)
from apps.objectives.actions.measurement import correct, measure, require_value
from apps.objectives.actions.objective import (
    ask,
    back_to_draft,
    commit,
    draft,
    edit,
    open_for_input,
    withdraw,
)
from apps.objectives.actions.report import accept_report, ask_to_report, decline_report
from apps.objectives.actions.review import close, look_back, missing_to_close, review

__all__ = [
    "Definition",
    "abandon",
    "accept_report",
    "amend",
    "amend_key_result",
    "amend_target",
    "amendable",
    "answer_input",
    "ask",
    "ask_to_report",
    "back_to_draft",
    "begin_review",
    "carry_over",
    "close",
    "close_cycle",
    "commit",
    "correct",
    "create_cycle",
    "decline_report",
    "define_key_result",
    "draft",
    "drop_key_result",
    "edit",
    "edit_cycle",
    "edit_key_result",
    "fill_in",
    "fill_in_key_result",
    "gaps_of",
    "gaps_of_key_result",
    "give_input",
    "hand_over",
    "keep_forecasts",
    "lift_constraint",
    "look_back",
    "measure",
    "missing_to_close",
    "open_for_input",
    "open_input",
    "outcome_of",
    "permit_author",
    "remove_key_result",
    "renew_track_record",
    "require_value",
    "review",
    "set_constraint",
    "start_cycle",
    "state_baseline",
    "withdraw",
    "withdraw_input",
]
