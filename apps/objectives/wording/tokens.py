"""The words of a line one by one, and which of them are numbers that say how much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.objectives.wording import small_words as small
from apps.objectives.wording.kinds import METRIC, PEOPLE, PIECES, names
from apps.objectives.wording.word_list import words

PIECE = re.compile(r"[<>≤≥=→|]+|[^\s<>≤≥=→|]+")
OPENING, CLOSING = "([{\"'„“‚‘«»*_~#`•-–—", ")]}\"'“”‘’«»*_`.,;:!?…"
NUMBER = re.compile(
    r"(?P<sign>[+\-−±~]?)(?P<money>[€$£¥₹]?)(?P<figure>[0-9](?:[0-9.,'’]*[0-9])?)"
    r"(?P<plus>\+?)(?P<unit>[%€$£¥₹×]|[a-zäöü€%]{0,8})(?P<more>[+.]?)"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]{1,2}[./][0-9]{1,2}[./]([0-9]{2,4})?")
YEAR = re.compile(r"20[1-4][0-9]")
# "Nutzer:innen", "Kund*innenzufriedenheit".
BOTH_SEXES = re.compile(r"(?<=[a-zäöü])[:*_/](innen|in\b)")
# "2/quarter", "4x/week"; "10–30%".
RATE = re.compile(r"[€$£₹]?([0-9][0-9.,'’]*)[a-z%]{0,3}(?:/([a-zäöü]{1,12}))+")
OFTEN = re.compile(r"([0-9][0-9.,'’]*)-?mal")
RATIO = re.compile(r"([0-9]{1,3}(?:\.[0-9])?):1")
RANGE = re.compile(r"[€$£₹]?[0-9][0-9.,'’]*[%kmx]?[–-]([€$£₹]?[0-9][0-9.,'’]*[%€$£a-z]{0,8}\+?)")
FRACTION = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)/([0-9]{1,3})")
COUNTING = small.LEAST | small.MOST | words("exactly only than")
ONE_OF = small.OUT_OF | frozenset(small.SCALES)
SHARE_OF = words("of der des aller von all")
NAMES_OF_MONTHS = small.MONTHS - words("of im end late early")


@dataclass
class Token:
    word: str  # folded
    start: int
    end: int
    raw: str
    ends_clause: bool = False
    ends_phrase: bool = False
    figure: str = ""  # digits as written
    unit: str = ""
    is_count: bool = False  # a number that says how many or how much

    def is_a_count(self, figure: str, unit: str = "") -> None:
        self.figure, self.unit, self.is_count = figure, unit, True

    @property
    def is_measure(self) -> bool:
        """With a unit: no count of pieces."""
        return self.is_count and self.unit != ""

    @property
    def is_share(self) -> bool:
        return self.unit in small.SHARES


def tokens_of(text: str) -> Iterator[Token]:
    for found in PIECE.finditer(text):
        chunk = found.group()
        left = len(chunk) - len(chunk.lstrip(OPENING))
        if chunk[left - 1 : left] == "-" and chunk[left : left + 1].isdigit():
            left -= 1
        body = chunk[left:].rstrip(CLOSING)
        if not body:  # a dash between two parts of a line, or a mark alone
            if chunk[-1] in "-–—:;|":
                yield Token("–", found.start(), found.end(), chunk, ends_clause=True)
            elif chunk[0] in "&":
                yield Token("&", found.start(), found.end(), chunk)
            continue
        if not any(map(str.isalnum, body)) and body[0] not in "<>≤≥=→|%€$£¥₹+/&":
            continue  # an emoji
        start = found.start() + left
        tail = chunk[left + len(body) :]
        token = Token(
            _folded(body), start, start + len(body), body,
            ends_clause=any(mark in tail for mark in ":;!?."),
            ends_phrase=bool(tail.strip("\"'“”’*_`")),
        )  # fmt: skip
        _read_number(token)
        yield token


def _folded(body: str) -> str:
    folded = body.casefold().replace("’", "'").replace("₂", "2")
    return BOTH_SEXES.sub(r"\1", folded)


def _read_number(token: Token) -> None:
    """Whether it is a number, by itself; what stands around it may deny that later."""
    word = token.word
    if word in small.NUMBER_WORDS:
        token.is_a_count(str(small.NUMBER_WORDS[word]))
    elif word in small.HALF:
        token.is_a_count("50", "%")
    elif not any(character in "0123456789" for character in word) or DATE.fullmatch(word):
        return
    elif fraction := FRACTION.fullmatch(word):
        if fraction[1] != fraction[2]:  # "7/7" is only all of them
            token.is_a_count(fraction[1], "/" + fraction[2])
    elif times := OFTEN.fullmatch(word):
        token.is_a_count(times[1], "x")
    elif ratio := RATIO.fullmatch(word):
        token.is_a_count(ratio[1], ":1")
    elif rate := RATE.fullmatch(word):
        token.is_a_count(rate[1], "/" + rate[2])
    else:
        _read_figure(token)


def _read_figure(token: Token) -> None:
    """ "65%", "€5m", "1,200"; of "10–30%" the last."""
    span = RANGE.fullmatch(token.word)
    number = NUMBER.fullmatch(span[1] if span else token.word)
    if number is None:
        return
    money, unit = number["money"], number["unit"]
    if money or unit in small.UNITS or not unit:
        token.is_a_count(number["figure"], money + unit)


def settle(tokens: list[Token]) -> None:
    """What stands around a number says whether it counts, and what; twice is once."""
    _deny_names(tokens)
    _join_units(tokens)
    _read_shares(tokens)


def _deny_names(tokens: list[Token]) -> None:
    """Numbers that only name something: ISO 14001, top 10, April 30, 2026, 4. Quartal."""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.word.endswith("0s") and after is not None and after.word == "of":
            token.is_count = False  # "10s of thousands": no seconds
        if not token.is_count or token.unit:
            continue
        before = tokens[place - 1] if place else None
        if token.word == "one" and not (before is not None and before.word in COUNTING):
            # "In one click", "one place": said of it, not counted; "one in four" is a share.
            token.is_count = after is not None and after.word in ONE_OF
            continue
        is_named = before is not None and (
            (before.word in small.NUMBERED and not before.ends_clause)
            or (before.word in small.MONTHS and before.word not in {"of", "im"})
            or (before.raw.isupper() and before.raw.isalpha() and len(before.raw) > 1
                and before.word not in small.UNITS and not names(before.word, METRIC)
                and not before.ends_phrase)
        )  # fmt: skip
        is_day = after is not None and after.word in NAMES_OF_MONTHS
        is_year = YEAR.fullmatch(token.figure) is not None and not (
            after is not None and (names(after.word, METRIC) or names(after.word, PEOPLE))
        )
        if is_named or is_day or is_year:
            token.is_count = False


def _read_shares(tokens: list[Token]) -> None:
    """Shares in words: "two thirds of", "by a quarter", "every third", "8 of 10 pupils"."""
    words = ["", "", "", *(token.word for token in tokens), "", ""]
    for place, token in enumerate(tokens):
        at = place + 3
        before, after = words[at - 1], words[at + 1]
        is_part = token.word in small.FRACTIONS and (
            after in SHARE_OF or (before in small.ARTICLES and words[at - 2] in small.BY)
        )
        if is_part or (token.word in small.ORDINALS and before in small.EVERY):
            token.is_count, token.unit = True, "%"
            if place and tokens[place - 1].is_count:
                tokens[place - 1].is_count = False
        elif token.is_count and not token.unit:
            between = 2 if before in small.POSSESSIVE else 1
            first = place - between - 1
            if words[at - between - 1] == "out":
                first -= 1
            if first >= 0 and words[at - between] in small.OUT_OF and tokens[first].is_count:
                counted = tokens[place + 1 : place + 3]
                if not tokens[first].unit and not any(names(t.word, PIECES) for t in counted):
                    tokens[first].is_count, token.unit = False, "%"


def _join_units(tokens: list[Token]) -> None:
    """ "65 %", "5 hours", "3 Mio. €", "1 200"; "CHF 5"."""
    for place, token in enumerate(tokens):
        if not token.is_count or token.unit:
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) and not token.ends_phrase else None
        before = tokens[place - 1] if place else None
        if after is not None and after.word in small.UNITS:
            token.unit = after.word
        elif after is not None and after.word in small.OF_WORK and place + 2 < len(tokens):
            later = tokens[place + 2].word
            token.unit = later if later in small.TIMES else ""
        elif before is not None and before.word in small.UNITS - small.TIMES and not before.figure:
            token.unit = before.word
