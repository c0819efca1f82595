from apps.alignment.models import Backbrief, Briefing, ContributionRequest, PulseRound
from apps.alignment.models.backbrief import BACKBRIEF_MOVES
from apps.alignment.models.briefing import BRIEFING_MOVES
from apps.alignment.models.contribution import REQUEST_MOVES
from apps.organisation.machines import NOWHERE, Machine

MACHINES = [
    Machine(
        "briefing", Briefing, "state",
        {"write": ((NOWHERE, "draft"), "draft"), **BRIEFING_MOVES},
        {
            "write": "a leader of the objective's team or above",
            "issue": "an intent; at most one main effort",
            "supersede": "a newer revision that is issued",
        },
    ),
    Machine(
        "backbrief", Backbrief, "state",
        {"write": ((NOWHERE, "draft"), "draft"), **BACKBRIEF_MOVES},
        {
            "write": "one of the team",
            "give": "what was understood",
            "accept": "a leader of the objective's team or above",
            "return": "a comment",
            "outdate": "a new revision of the briefing",
            "take up": "one of the team",
        },
    ),
    Machine(
        "request for a contribution", ContributionRequest, "state",
        {"ask": ((NOWHERE,), "open"), **REQUEST_MOVES},
        {
            "ask": "a goal and what is asked of the team",
            "accept": "an objective or an initiative of the team",
            "decline": "a word",
        },
    ),
    Machine(
        "pulse round", PulseRound, "state",
        {"open_pulse": ((NOWHERE,), "open"), **PulseRound.MOVES},
        {"open_pulse": "no other that is open", "close_pulse": "an administrator, or its last day"},
    ),
]  # fmt: skip
