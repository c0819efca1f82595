"""Tells from its words whether a line says an outcome or an output, English and German.

Outcome: could it stay unmoved though everything planned was shipped? Output: is it surely
true once the work is done? It asks, and never blocks. No Django in it, and no clock; one
pass over the words, so a long line costs no more than its length.
"""

from dataclasses import dataclass

from apps.objectives.wording.line import read
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


def classify(text: str) -> Judgement:
    whole = read(text)
    main, purpose = split_purpose(whole)
    rule, label, evidence = next(
        (rule, label, evidence)
        for rule, label, look in RULES
        if (evidence := look(main, purpose)) is not None
    )
    hidden = purpose.said(0, len(purpose.words) - 1) if purpose else ""
    return Judgement(label, rule, evidence, hidden, figures_of(whole), whole.is_german)
