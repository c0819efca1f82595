"""What people do to align: one function per verb on the screen.

As in the other apps each asks again whether the person may, under a lock, then locks the
objective, then what hangs on it, then asks whether it is possible now, then writes the whole
change with its history and its mails, or nothing.
"""

from apps.alignment.actions.backbrief import (
    accept_backbrief,
    give_backbrief,
    return_backbrief,
    write_backbrief,
)
from apps.alignment.actions.briefing import Words, issue_briefing, write_briefing
from apps.alignment.actions.contribution import (
    carry_contributions,
    contribute,
    end_contribution,
)
from apps.alignment.actions.pulse import (
    answer_pulse,
    close_due,
    close_pulse,
    open_due,
    open_pulse,
)
from apps.alignment.actions.request import (
    accept_as_initiative,
    accept_as_objective,
    ask_for_contribution,
    decline_contribution,
)

__all__ = [
    "Words",
    "accept_as_initiative",
    "accept_as_objective",
    "accept_backbrief",
    "answer_pulse",
    "ask_for_contribution",
    "carry_contributions",
    "close_due",
    "close_pulse",
    "contribute",
    "decline_contribution",
    "end_contribution",
    "give_backbrief",
    "issue_briefing",
    "open_due",
    "open_pulse",
    "return_backbrief",
    "write_backbrief",
    "write_briefing",
]
