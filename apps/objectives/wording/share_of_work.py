"""Shares of our own work: "100% of the team is certified" has a number and counts what we did."""

from apps.objectives.wording import nouns
from apps.objectives.wording import small_words as small
from apps.objectives.wording.deeds import change, making
from apps.objectives.wording.done import done
from apps.objectives.wording.kinds import (
    COMING,
    INSIDERS,
    METRIC,
    OWN,
    PEOPLE,
    PIECES,
    STAFF,
    names,
)
from apps.objectives.wording.line import Line
from apps.objectives.wording.measured import is_signed
from apps.objectives.wording.verbs import DOWN, MAKE
from apps.objectives.wording.word_list import words

OF = words("of der des aller von all")
ALL = words("all alle sämtliche everybody everyone")
RATES = words("rate rates time duration quote quoten")
# As far as a phrase about a share may go on until it names people; and as far as its number
# may stand from what it measures.
PHRASE, FAR_OFF = 7, 6


def share_of_work(line: Line) -> str | None:
    """The share of what lies inside, or the measure of our own work."""
    if not line.words:
        return None
    return _share_of_ours(line) or _all_of_us(line) or _own_metric(line)


def _share_of_ours(line: Line) -> str | None:
    if line.words[line.start] in DOWN or _takes_time(line):
        return None  # "Cut 30% of our trips" says by how much
    made = making(line)
    for place in line.numbers:
        if not line.tokens[place].is_share or is_signed(line, place):
            continue
        if made is not None and made + 2 < place and line.words[made] in MAKE:
            continue  # "Automate training and see that 100% of …": the work comes first
        after = place + 1 + line.unit_is_beside(place)
        if line.at(after) not in OF:
            ends = _next_noun(line, after)
        else:
            ends = min(after + 1, len(line.words) - 1) if _is_ours(line, place, after) else None
        if ends is not None:
            return line.said(place, ends)
    return None


def _takes_time(line: Line) -> bool:
    """How long something takes is measured, whoever does it."""
    return any(line.tokens[place].unit in small.TIMES for place in line.numbers) or any(
        word in small.WITHIN and not small.TIMES.isdisjoint(line.words[place : place + 3])
        for place, word in enumerate(line.words)
    )


def _is_ours(line: Line, place: int, of: int) -> bool:
    """Whether the share at this place is one of ourselves, or of what we make."""
    phrase = line.words[of : of + PHRASE]
    if any(names(word, INSIDERS) for word in phrase) and nouns.OPINE.isdisjoint(phrase):
        return True
    if line.metric is not None and line.metric < place:
        return False  # "Arrears at 3% of rent"
    if any(names(word, kind) for word in phrase for kind in (PEOPLE, METRIC, COMING)):
        return False
    head = line.head(of + 1)
    is_piece = head is not None and names(line.words[head], PIECES)
    return is_piece or nouns.SAY.isdisjoint(phrase)


def _next_noun(line: Line, after: int) -> int | None:
    """ "100% services publish …": a share of our own things, and no "of"."""
    if line.metric is not None and line.metric < after:
        return None
    for place in range(after, min(after + 3, len(line.words) - 1)):
        word = line.words[place]
        is_ours = names(word, INSIDERS) or names(word, PIECES)
        if is_ours and word.endswith("s") and not line.tokens[place].ends_phrase:
            return place
    return None


def _all_of_us(line: Line) -> str | None:
    """ "All employees have signed …": 100% of them."""
    if line.words[line.start] not in ALL or not done(line):
        return None
    people = range(line.start + 1, min(line.start + 4, len(line.words)))
    who = next((place for place in people if names(line.words[place], STAFF)), None)
    return None if who is None else line.said(line.start, who)


def _own_metric(line: Line) -> str | None:
    """ "Test coverage from 45 to 60%": a size of our own work, unless people outside have it."""
    own = next((place for place, word in enumerate(line.words) if names(word, OWN)), None)
    made = making(line)
    if own is None or line.at(own + 1) in RATES or (made is not None and line.words[made] in MAKE):
        return None
    is_share = any(
        line.tokens[place].is_share and abs(place - own) < FAR_OFF for place in line.numbers
    )
    is_counted = is_share or (bool(line.numbers) and change(line) is not None)
    if is_counted and not any(names(word, PEOPLE) for word in line.words):
        return line.said(own)
    return None
