"""Goals here, means there: what each line of a blended list probably is, and why.

Pure. The words decide, as the writing aid reads them; where the list itself says "objective"
or "initiative", or indents other lines below one, that counts too. That it says "key result"
counts for nothing: this is what blended lists call everything.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from apps.exchange.unblend_split import Part, Said, split
from apps.objectives.wording import Judgement, Label, Rule, classify

__all__ = ["Kind", "Sorted", "Why", "sort"]


class Kind(StrEnum):
    OBJECTIVE = "objective"
    KEY_RESULT = "key-result"
    INITIATIVE = "initiative"
    NOT_SURE = "not-sure"


class Why(StrEnum):
    WORDS = "words"  # the judgement's own reason
    CALLED = "called"  # the list calls it so
    ABOVE = "above"  # other lines stand below it
    FIRST = "first"  # the first line, and without a number


@dataclass(frozen=True)
class Sorted:
    text: str
    kind: Kind
    why: Why
    judgement: Judgement


BY_LABEL = {
    Label.OUTCOME: Kind.KEY_RESULT,
    Label.OUTPUT: Kind.INITIATIVE,
    Label.AMBIGUOUS: Kind.NOT_SURE,
}
CALLED = {Part.OBJECTIVE: Kind.OBJECTIVE, Part.INITIATIVE: Kind.INITIATIVE}
# Without a number and nothing to tick off: it may be a state that one wants.
STATES = {Rule.ASPIRATION, Rule.UNCLEAR, Rule.CHANGE_WITHOUT_NUMBER}


def sort(text: str, *, is_table: bool = False) -> list[Sorted]:
    said = split(text, is_table=is_table)
    lines = [
        _sorted(
            line,
            below=any(below.depth > line.depth for below in said[place + 1 : place + 2]),
            is_first=place == 0,
        )
        for place, line in enumerate(said)
    ]
    return [_checked(line, lines[place + 1 : place + 2]) for place, line in enumerate(lines)]


def _checked(line: Sorted, after: list[Sorted]) -> Sorted:
    """A headline above an objective ("OKRs, fourth quarter") holds nothing itself."""
    by_place = line.why in {Why.ABOVE, Why.FIRST}
    if by_place and after and after[0].kind is Kind.OBJECTIVE:
        return replace(line, kind=Kind.NOT_SURE, why=Why.WORDS)
    return line


def _sorted(line: Said, *, below: bool, is_first: bool) -> Sorted:
    judgement = classify(line.text)
    if line.called in CALLED:
        return Sorted(line.text, CALLED[line.called], Why.CALLED, judgement)
    if judgement.rule in STATES and line.called is None:
        if judgement.rule is Rule.ASPIRATION:
            return Sorted(line.text, Kind.OBJECTIVE, Why.WORDS, judgement)
        if below:
            return Sorted(line.text, Kind.OBJECTIVE, Why.ABOVE, judgement)
        if is_first and judgement.rule is Rule.UNCLEAR:
            return Sorted(line.text, Kind.OBJECTIVE, Why.FIRST, judgement)
    return Sorted(line.text, BY_LABEL[judgement.label], Why.WORDS, judgement)
