"""Why a line reads as it does: the sentence that stands beside it, one for each rule."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.objectives.wording import Judgement, Label, Rule, classify

WITH_EVIDENCE = {
    Rule.SHARE_OF_WORK: gettext_lazy(
        "“%(words)s” counts what we did ourselves. What would be different outside?"
    ),
    Rule.WORK_AND_EFFECT: gettext_lazy(
        "Work and its effect in one line: “%(words)s” could be a key result of its own."
    ),
    Rule.DONE_STATE: gettext_lazy(
        "“%(words)s” is surely true once the work is done. What should it move?"
    ),
    Rule.ASPIRATION: gettext_lazy(
        "No number, and “%(words)s” is a state one could want for years."
    ),
    Rule.MAKING: gettext_lazy(
        "Surely true once the work is done: “%(words)s”. What should it move?"
    ),
    Rule.CHANGE_WITH_NUMBER: gettext_lazy(
        "A change with a number: “%(words)s”. It could stay unmoved though everything was built."
    ),
    Rule.METRIC_COMPARED: gettext_lazy(
        "Something measured: “%(words)s”. It could stay unmoved though everything was built."
    ),
    Rule.CHANGE_WITHOUT_NUMBER: gettext_lazy(
        "A change, but by how much and from what? With two numbers it is a key result."
    ),
    Rule.COUNT_OF_PIECES: gettext_lazy(
        "“%(words)s”: a count of our own pieces is an output, though it has a number."
    ),
    Rule.NUMBER_OF_METRIC: gettext_lazy(
        "A number of something that others decide: “%(words)s”. It could stay unmoved."
    ),
    Rule.PIECE: gettext_lazy("“%(words)s” is a thing to hand over. What should it move?"),
    Rule.UNCLEAR: gettext_lazy("No number and nothing to tick off: we can’t tell."),
}
HIDDEN = gettext_lazy(
    "“%(words)s” can be ticked off. “%(outcome)s” is its outcome, and stays as the hypothesis."
)
LONGEST_QUOTE = 80


def reason(judgement: Judgement) -> str:
    if judgement.hidden_outcome and judgement.rule in {Rule.MAKING, Rule.DONE_STATE, Rule.PIECE}:
        sentence = HIDDEN
    else:
        sentence = WITH_EVIDENCE[judgement.rule]
    return str(sentence) % {
        "words": _short(judgement.evidence),
        "outcome": _short(judgement.hidden_outcome),
    }


def doubt(title: str) -> str:
    """Why a key result reads like something to tick off; empty where it doesn't."""
    judgement = classify(title)
    return reason(judgement) if judgement.label == Label.OUTPUT else ""


def _short(words: str) -> str:
    if len(words) <= LONGEST_QUOTE:
        return words
    return _("%(beginning)s …") % {"beginning": words[:LONGEST_QUOTE].rstrip()}
