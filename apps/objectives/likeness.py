"""Do two key results say nearly the same? Words in, yes or no out, in English and German.

What tells two apart is the words for the thing that is measured. So their order, small words,
endings, numbers and verbs of change are left out, and a German compound is what its parts are.
Any other word makes another key result: sellers are no buyers.
"""

import re
from itertools import permutations

from apps.objectives.wording.word_list import words

WORD = re.compile(r"[^\W\d_]+")
# A word of one letter, or of these, says nothing about what is measured.
SMALL = words(
    """
    the an of in on at by for per to from and our their all that which who is are with within than
    below above least most more less over under
    der die das den dem des ein eine einer eines von vom im am an auf für pro je zu zum zur bei mit
    und unser unsere unserer alle aller ist sind bis aus über unter als mindestens höchstens
    rate share ratio number percentage percent score level total average amount count value
    quote anteil anzahl prozent zahl wert durchschnitt höhe
    increase raise grow improve reduce decrease lower cut
    steigern erhöhen verbessern senken reduzieren verringern steigt sinkt
    """
)
ENDINGS = ("ungen", "en", "er", "es", "em", "e", "n", "s")
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
SHORTEST = 4  # of what is left of a word without its ending
MOST_PARTS = 4  # of a compound


def the_same(one: str, other: str) -> bool:
    """Whatever their case, marks and blanks."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    """Its words alone; of one without any, all of it."""
    return " ".join(re.findall(r"\w+", title.casefold())) or title


def nearly_the_same(one: str, other: str) -> bool:
    mine, theirs = _telling(one), _telling(other)
    if not mine or not theirs:
        return False
    if {_stem(word) for word in mine} == {_stem(word) for word in theirs}:
        return True
    return not _compounds(mine).isdisjoint(_compounds(theirs))


def _telling(text: str) -> list[str]:
    found = WORD.findall(text.casefold())
    return [word.translate(UMLAUTS) for word in found if len(word) > 1 and word not in SMALL]


def _stem(word: str) -> str:
    """Without all its endings: “customers” is “customer”, and so is what is left of both."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return _stem(word[: -len(ending)])
    return word


def _compounds(telling: list[str]) -> set[str]:
    """All words in one, in any order: “Zufriedenheit der Kunden” is “Kundenzufriedenheit”."""
    if len(telling) > MOST_PARTS:
        return set()
    return {_stem("".join(order)) for order in permutations(telling)}
