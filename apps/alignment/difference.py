"""What is new in a text and what is gone, word by word; texts in, pieces out."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    kind: Kind
    text: str


WORD = re.compile(r"\s*\S+|\s+$")
# A single word that stayed, between two changes, only breaks up what is read as one change.
ISLAND = 1
# Two lines that share less than this are two lines, not one that was changed.
ALIKE = 0.5


def words(old: str, new: str) -> list[Piece]:
    """The pieces that stayed and that are new make the new text; those that stayed and that
    are gone make the old one, up to the blanks between words."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for kind, gone, added in _joined(before, after):
        if kind == Kind.SAME:
            pieces.append(Piece(Kind.SAME, "".join(added)))
            continue
        if gone:
            pieces.append(Piece(Kind.GONE, "".join(gone)))
        if added:
            pieces.append(Piece(Kind.NEW, "".join(added)))
    return pieces


def lines(old: Sequence[str], new: Sequence[str]) -> list[list[Piece]]:
    """A list of sentences, each with what changed in it, in the order of the new list."""
    found: list[list[Piece]] = []
    for verb, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found += [[Piece(Kind.SAME, line)] for line in new[k:m]]
            continue
        for before, after in zip_longest(old[i:j], new[k:m]):
            if before is not None and after is not None and _are_alike(before, after):
                found.append(words(before, after))
                continue
            if before is not None:
                found.append([Piece(Kind.GONE, before)])
            if after is not None:
                found.append([Piece(Kind.NEW, after)])
    return found


def _words(text: str) -> list[str]:
    """Each with the blanks before it."""
    return WORD.findall(text)


def _matcher(before: Sequence[str], after: Sequence[str]) -> SequenceMatcher[str]:
    """Blanks make no difference."""
    return SequenceMatcher(
        None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False
    )


def _are_alike(before: str, after: str) -> bool:
    return _matcher(_words(before), _words(after)).ratio() >= ALIKE


def _joined(before: list[str], after: list[str]) -> Iterator[tuple[Kind, list[str], list[str]]]:
    """Runs that stayed and runs that changed, by turns; islands are part of the change."""
    steps = _matcher(before, after).get_opcodes()
    gone: list[str] = []
    added: list[str] = []
    for place, (verb, i, j, k, m) in enumerate(steps):
        is_inside = 0 < place < len(steps) - 1
        if verb == "equal" and not (is_inside and m - k <= ISLAND and _is_replaced(steps, place)):
            if gone or added:
                yield Kind.NEW, gone, added
                gone, added = [], []
            yield Kind.SAME, before[i:j], after[k:m]
        else:
            gone += before[i:j]
            added += after[k:m]
    if gone or added:
        yield Kind.NEW, gone, added


def _is_replaced(steps: Sequence[tuple[str, int, int, int, int]], place: int) -> bool:
    return steps[place - 1][0] == "replace" and steps[place + 1][0] == "replace"
