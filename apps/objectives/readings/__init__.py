"""Key results as they read on a day: numbers, words and drawings, and not one query."""

from apps.objectives.readings.cycle import ruler, week_text
from apps.objectives.readings.reading import Reading, read
from apps.objectives.readings.result import Outcome, Result, counted, results_of
from apps.objectives.readings.summary import (
    Count,
    guardrails_of,
    lead_sentence,
    roll_up_of,
    situation,
)
from apps.objectives.readings.why import why_whole

__all__ = [
    "Count",
    "Outcome",
    "Reading",
    "Result",
    "counted",
    "guardrails_of",
    "lead_sentence",
    "read",
    "results_of",
    "roll_up_of",
    "ruler",
    "situation",
    "week_text",
    "why_whole",
]
