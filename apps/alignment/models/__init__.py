"""Alignment: what leaders mean by a goal, what teams make of it, and which goal serves which."""

from apps.alignment.models.backbrief import (
    ANSWERED,
    BACKBRIEF_MOVES,
    PROMPTS,
    Backbrief,
    BackbriefMove,
    BackbriefState,
)
from apps.alignment.models.briefing import (
    BRIEFING_MOVES,
    MAIN_EFFORTS,
    WORDS,
    BriefedTeam,
    Briefing,
    BriefingState,
)
from apps.alignment.models.contribution import (
    CONTRIBUTIONS,
    REQUEST_MOVES,
    Contribution,
    ContributionRequest,
    RequestState,
)
from apps.alignment.models.pulse import PulseAsked, PulseResult, PulseRound, PulseTally

__all__ = [
    "ANSWERED",
    "BACKBRIEF_MOVES",
    "BRIEFING_MOVES",
    "CONTRIBUTIONS",
    "MAIN_EFFORTS",
    "PROMPTS",
    "REQUEST_MOVES",
    "WORDS",
    "Backbrief",
    "BackbriefMove",
    "BackbriefState",
    "BriefedTeam",
    "Briefing",
    "BriefingState",
    "Contribution",
    "ContributionRequest",
    "PulseAsked",
    "PulseResult",
    "PulseRound",
    "PulseTally",
    "RequestState",
]
