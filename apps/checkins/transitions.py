from apps.checkins.models import CheckIn, HelpRequest
from apps.checkins.models.check_in import CHECK_IN_MOVES
from apps.checkins.models.help import HELP_MOVES
from apps.organisation.machines import NOWHERE, Machine

MACHINES = [
    Machine(
        "check-in", CheckIn, "state",
        {"save_draft": ((NOWHERE, "draft"), "draft"), **CHECK_IN_MOVES},
        {
            "save_draft": "one of the team, in its week",
            "submit": "one of the team; each kill, swap and finish in it confirmed",
            "correct": "one of the team; a new revision, and why, once its week is over",
        },
    ),
    Machine(
        "help request", HelpRequest, "state",
        {"ask": ((NOWHERE,), "open"), **HELP_MOVES},
        {
            "ask": "a text, a leader of the team or above, and by when",
            "answer_help": "a sentence; the leader who was asked, or one above",
            "withdraw_help": "one of the team",
        },
    ),
]  # fmt: skip
