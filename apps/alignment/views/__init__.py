from apps.alignment.views.backbrief import (
    accept_backbrief,
    backbriefs,
    give_backbrief,
    return_backbrief,
)
from apps.alignment.views.briefing import issue_briefing, revisions
from apps.alignment.views.contribution import contribute, end_contribution
from apps.alignment.views.pulse import (
    answer_pulse,
    answer_pulse_by_link,
    close_pulse,
    open_pulse,
    pulse_rounds,
)
from apps.alignment.views.request import (
    accept_contribution,
    ask_for_contribution,
    contribution_request,
    decline_contribution,
)

__all__ = [
    "accept_backbrief",
    "accept_contribution",
    "answer_pulse",
    "answer_pulse_by_link",
    "ask_for_contribution",
    "backbriefs",
    "close_pulse",
    "contribute",
    "contribution_request",
    "decline_contribution",
    "end_contribution",
    "give_backbrief",
    "issue_briefing",
    "open_pulse",
    "pulse_rounds",
    "return_backbrief",
    "revisions",
]
