"""Kinds of nouns, and whether a word names one in any of its forms."""

from apps.objectives.wording import nouns
from apps.objectives.wording.word_list import words

Nouns = tuple[frozenset[str], tuple[str, ...]]
PIECES = (nouns.PIECES | nouns.STUECKE, tuple(nouns.STUECKE))
METRIC = (nouns.METRICS | nouns.METRIKEN, tuple(nouns.METRIKEN))
OWN = (nouns.OWN_METRICS, ("abdeckung", "fertigstellung"))
PEOPLE = (nouns.PEOPLE, ("kunde", "nutzer", "besucher", "teilnehmer", "mitglied", "firma"))
COMING = (nouns.COMING, ("antrag", "anträge", "sendung", "rechnung"))
STAFF = (nouns.STAFF, ("mitarbeiter", "mitarbeiterinnen", "führungskräfte"))
INSIDERS = (nouns.INSIDERS, ("mitarbeiter", "führungskraft", "führungskräfte", "team"))
ENDINGS = ("", "s", "es", "n", "en", "e", "er", "nen", "ns")
# English words that end like German nouns.
NO_COMPOUNDS = words("corporate complete separate elaborate")


def names(word: str, kind: Nouns) -> bool:
    """Whether it is such a noun, in any number and case, or ends in one."""
    known, tails = kind
    for ending in ENDINGS:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)] if ending else word
        if stem in known:
            return True
        last = stem.rpartition("-")[2].rpartition("/")[2]
        if last in known:
            return True
        if len(stem) > 7 and stem.endswith(tails) and stem not in NO_COMPOUNDS:
            return True
    return word.endswith("ies") and f"{word[:-3]}y" in known
