"""Tells from its words whether a line says an outcome or an output, English and German.

Outcome: could it stay unmoved though everything planned was shipped? Output: is it surely
true once the work is done? It asks, and never blocks. No Django in it, and no clock; one
pass over the words, so a long line costs no more than its length.
"""

import re
from dataclasses import dataclass

from apps.objectives.wording.line import Line, read
from apps.objectives.wording.numbers_said import Figures, figures_of
from apps.objectives.wording.purpose import split_purpose
from apps.objectives.wording.rules import RULES, Label, Rule

__all__ = ["Figures", "Judgement", "Label", "Rule", "classify"]


@dataclass(frozen=True)
class Judgement:
    label: Label
    rule: Rule
    evidence: str  # the words that decided, as they were written
    hidden_outcome: str  # what stands after "so that", "damit", "um … zu"
    figures: Figures
    is_german: bool


# What stands in brackets matters only where the rest says too little.
SAYS_HOW_MUCH = re.compile(
    r"\([^)]*(?:[<>≤≥→%]|\b(?:from|to|up|was|now|target|goal|currently|baseline|minimum|maximum"
    r"|von|auf|ziel|zielwert|aktuell|bisher|heute|mindestens|höchstens)\b)",
    re.IGNORECASE,
)
NOTHING_SAID = (Rule.UNCLEAR, Rule.CHANGE_WITHOUT_NUMBER, Rule.ASPIRATION, Rule.PIECE)


def _judge(line: Line) -> tuple[Rule, Label, str, Line | None]:
    main, purpose = split_purpose(line)
    return next(
        (rule, label, evidence, purpose)
        for rule, label, look in RULES
        if (evidence := look(main, purpose)) is not None
    )


def classify(text: str) -> Judgement:
    whole = read(text)
    rule, label, evidence, purpose = _judge(whole.without_asides())
    if rule in NOTHING_SAID and SAYS_HOW_MUCH.search(whole.text):
        rule, label, evidence, purpose = _judge(whole)  # "Refunds (from 4% to 3%)"
    hidden = purpose.said(0, len(purpose.words) - 1) if purpose else ""
    return Judgement(label, rule, evidence, hidden, figures_of(whole), whole.is_german)
