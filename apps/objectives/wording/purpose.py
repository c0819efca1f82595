"""A purpose in a line: "so that …", "damit …", "um … zu …", "to reduce …": its hidden outcome."""

import re

from apps.objectives.wording import verbs
from apps.objectives.wording.line import Line
from apps.objectives.wording.word_list import words


def split_purpose(line: Line) -> tuple[Line, Line | None]:
    """The line without the clause that says what it is for, and that clause."""
    for place in range(line.start + 1, len(line.words)):
        taken = _connector(line, place)
        if place == line.start + 1 and line.words[line.start] not in verbs.MAKE:
            continue  # "Ways to support …", "Ability to reach …": one noun
        if taken and place + taken + 1 < len(line.words):
            return line.part(0, place), line.part(place + taken, len(line.words))
    return line, None


def _connector(line: Line, place: int) -> int:
    """How many words it takes to begin a purpose here; 0: none does."""
    words = line.words
    here, after = words[place], line.at(place + 1)
    match here:
        case "so" if after in {"that", "dass"}:
            return 2
        case "so" if line.tokens[place - 1].ends_phrase:
            return 1
        case "in" if after == "order" and line.at(place + 2) == "to":
            return 3
        case "sodass" | "damit" | "thereby":
            return 1
        case "aimed" | "aiming" if after == "at":
            return 2
        case "to" if after in PURPOSE_VERBS and line.tokens[place - 1].word not in OF_STATE:
            return 1
        case "um" if not (place + 1 < len(line.tokens) and line.tokens[place + 1].is_count):
            return int(any(is_zu(line, later) for later in range(place + 1, len(words))))
        case "zur" if after.endswith(("ung", "ungen")) and words[place - 1] != "bis":
            return 1
    return 0


PURPOSE_VERBS = (
    verbs.UP
    | verbs.DOWN
    | verbs.FOLD
    | words(
        """
    achieve reach ensure allow help enable support make drive get gain avoid prevent eliminate
    give let keep understand free
    """
    )
)
OF_STATE = words("able want wants need needs easier easy like likely ready due")
INNER_ZU = re.compile(
    r"(?:ab|an|auf|aus|bei|durch|ein|fest|fertig|her|hin|um|vor|weiter|zurück|zusammen)"
    r"zu[a-zäöü]{3,30}n"
)


def is_zu(line: Line, place: int) -> bool:
    """ "zu senken", "abzuschliessen"."""
    if line.words[place] == "zu":
        return line.at(place + 1).endswith("n")
    return INNER_ZU.fullmatch(line.words[place]) is not None
