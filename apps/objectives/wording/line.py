"""A line as its words: folded, numbers read, nouns told from one another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from apps.objectives.wording import nouns
from apps.objectives.wording import small_words as small
from apps.objectives.wording.verbs import MADE, MAKE, MAKING
from apps.objectives.wording.word_list import words

# What decides stands at the beginning; a pasted page is no line.
LONGEST, MOST_WORDS = 1000, 80

# Control characters and those that only steer the direction of writing.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
PIECE = re.compile(r"[<>≤≥=→|]+|[^\s<>≤≥=→|]+")
OPENING, CLOSING = "([{\"'„“‚‘«»*_~#`•-–—", ")]}\"'“”‘’«»*_`.,;:!?…"
NUMBER = re.compile(
    r"(?P<sign>[+\-−±~]?)(?P<money>[€$£¥]?)(?P<figure>[0-9](?:[0-9.,'’]*[0-9])?)"
    r"(?P<plus>\+?)(?P<unit>[%€$£¥]|[a-zäöü€%]{0,8})(?P<more>[+.]?)"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]{1,2}[./][0-9]{1,2}[./]([0-9]{2,4})?")
VERSION = re.compile(r"v?[0-9][0-9.]*")
YEAR = re.compile(r"20[1-4][0-9]")
FRACTION = re.compile(r"([0-9]{1,3})/([0-9]{1,3})")


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

    @property
    def is_measure(self) -> bool:
        """With a unit: no count of pieces."""
        return self.is_count and self.unit != ""

    @property
    def is_share(self) -> bool:
        return self.unit in small.SHARES


def _tokens(text: str) -> Iterator[Token]:
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
        if not any(map(str.isalnum, body)) and body[0] not in "<>≤≥=→|%€$£¥+/&":
            continue  # an emoji
        start = found.start() + left
        tail = chunk[left + len(body) :]
        token = Token(
            body.casefold().replace("’", "'"), start, start + len(body), body,
            ends_clause=any(mark in tail for mark in ":;!?."),
            ends_phrase=bool(tail.strip("\"'“”’*_`")),
        )  # fmt: skip
        _read_number(token)
        yield token


def _read_number(token: Token) -> None:
    """Whether it is a number, by itself; what stands around it may deny that later."""
    if token.word in small.NUMBER_WORDS:
        token.figure, token.is_count = str(small.NUMBER_WORDS[token.word]), True
        return
    if token.word in small.HALF:
        token.figure, token.is_count, token.unit = "50", True, "%"
        return
    if not any(character in "0123456789" for character in token.word) or DATE.fullmatch(token.word):
        return
    if fraction := FRACTION.fullmatch(token.word):
        if fraction[1] != fraction[2]:  # "7/7" is only all of them
            token.figure, token.is_count, token.unit = fraction[1], True, "/" + fraction[2]
        return
    number = NUMBER.fullmatch(token.word)
    if number is None:
        return
    unit = number["money"] or number["unit"]
    if unit in small.UNITS or not unit:
        token.figure, token.is_count = number["figure"], True
        token.unit = number["money"] + number["unit"] if number["money"] else unit


def read(text: str) -> "Line":
    text = INVISIBLE.sub(" ", text[:LONGEST])
    return Line(text, list(islice(_tokens(text), MOST_WORDS)))


class Line:
    """A line as its words; positions are indexes into them."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.words = [token.word for token in tokens]
        self.is_german = any(word in small.GERMAN for word in self.words) or any(
            mark in text for mark in "äöüßÄÖÜ"
        )
        _deny_names(tokens)
        _join_units(tokens)
        _read_shares(tokens)

    def said(self, first: int, last: int | None = None) -> str:
        """As it was written, from one word to another; a number with its unit."""
        last = first if last is None else last
        if self.unit_is_beside(last):
            last += 1
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def unit_is_beside(self, place: int) -> bool:
        """ "5 hours", where "65%" has it on itself."""
        unit = self.tokens[place].unit
        return unit != "" and self.at(place + 1) == unit

    def part(self, first: int, end: int) -> "Line":
        return Line(self.text, self.tokens[first:end])

    def at(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    @cached_property
    def numbers(self) -> list[int]:
        return [place for place, token in enumerate(self.tokens) if token.is_count]

    @cached_property
    def start(self) -> int:
        """The first word that says something: after a label such as "KR 1:", after "we will"."""
        place = 0
        for index, token in enumerate(self.tokens[:-1]):
            if index >= 6 or self.words[0] in MAKE:
                break
            if token.word == "–" or self.text[token.end : token.end + 1] == ":":
                place = index + 1
        while place < len(self.words) - 1 and (
            self.words[place] in small.FILLERS
            or self.words[place] == "–"
            or (place == 0 and self.words[place].endswith("ly"))
        ):
            place += 1
        return place

    def head(self, first: int) -> int | None:
        """The noun in which the phrase that begins here ends: "3 user *tests* with …"."""
        last = None
        for place in range(first, min(first + 9, len(self.words))):
            token = self.tokens[place]
            if token.is_count or token.word in ENDS_PHRASE:
                break
            if last is not None and (
                token.word in small.ARTICLES or (self.is_german and self._is_noun_before(place))
            ):
                break
            is_verb = place > first and (token.word in MADE or token.word in MAKING)
            if not is_verb and not VERSION.fullmatch(token.word):
                last = place
            if token.ends_phrase or is_verb:
                break
        return last

    def _is_noun_before(self, place: int) -> bool:
        """ "Interviews führen": a German noun is written large, and no small word belongs to it."""
        return self.tokens[place - 1].raw[:1].isupper() and self.tokens[place].raw[:1].islower()

    @cached_property
    def metric(self) -> int | None:
        """The first noun that names something measured."""
        return next((place for place, word in enumerate(self.words) if names(word, METRIC)), None)

    @cached_property
    def measures(self) -> list[int]:
        """Numbers that say how much of something measured; a mere count of pieces isn't one."""
        return [place for place in self.numbers if self._is_measured(place)]

    def _is_measured(self, place: int) -> bool:
        token = self.tokens[place]
        if self.counts(place, METRIC):
            return True
        if self._is_deadline(place):
            return False
        if self.words[place] in small.NUMBER_WORDS and not token.is_share:
            return token.is_measure and self.compared(place) is not None
        return token.is_measure or (self.metric is not None and not self.counts(place, PIECES))

    def _is_deadline(self, place: int) -> bool:
        """ "Within 3 months": when, not how much. Days and less are how long something takes, and
        so is what something is shorter or longer than."""
        if self.tokens[place].unit not in LONG_TIMES:
            return False
        if self.at(place - 1) in COMPARING or not small.ON_AVERAGE.isdisjoint(self.words):
            return False
        compared = self.compared(place)
        is_limit = compared is not None and self.words[compared] not in small.WITHIN
        return not (is_limit and self.metric is not None and self.metric < place)

    def counts(self, place: int, kind: "Nouns") -> bool:
        """Whether the number at this place counts such things."""
        head = self.head(place + 1)
        return head is not None and names(self.words[head], kind)

    def compared(self, place: int) -> int | None:
        """Where the comparator of the number at this place stands."""
        if self.at(place - 1) in LATELY:
            return None
        for before in range(place - 1, max(-1, place - 4), -1):
            if self.words[before] in small.LEAST or self.words[before] in small.MOST:
                return before
        if self.at(place - 1) in COMPARING and self.at(place - 2).endswith("er"):
            return place - 2  # "shorter than 3 weeks", "kürzer als 3 Wochen"
        return None


COMPARING = words("than als")
SHARE_OF = words("of der des aller von all")
LATELY = words("last next letzten nächsten kommenden")
ENDS_PHRASE = small.STOPS | small.THAN | frozenset("–/→")
LONG_TIMES = words(
    """
    week weeks month months year years woche wochen monat monate monaten jahr jahre jahren
    """
)
Nouns = tuple[frozenset[str], tuple[str, ...]]
PIECES = (nouns.PIECES | nouns.STUECKE, tuple(nouns.STUECKE))
METRIC = (nouns.METRICS | nouns.METRIKEN, tuple(nouns.METRIKEN))
OWN = (nouns.OWN_METRICS, ("abdeckung", "fertigstellung"))
PEOPLE = (nouns.PEOPLE, ("kunde", "nutzer", "besucher", "teilnehmer", "mitglied", "firma"))
COMING = (nouns.COMING, ("antrag", "anträge", "sendung", "rechnung"))
INSIDERS = (nouns.INSIDERS, ("mitarbeiter", "führungskraft", "führungskräfte", "team"))
ENDINGS = ("", "s", "es", "n", "en", "e", "er", "nen", "ns")


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


# English words that end like German nouns.
NO_COMPOUNDS = words("corporate complete separate elaborate")


def _deny_names(tokens: list[Token]) -> None:
    """Numbers that only name something: ISO 14001, top 10, April 30, 2026, 4. Quartal."""
    for place, token in enumerate(tokens):
        if not token.is_count or token.unit:
            continue
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        is_named = before is not None and (
            (before.word in small.NUMBERED and not before.ends_clause)
            or (before.word in small.MONTHS and before.word not in {"of", "im"})
            or (before.raw.isupper() and before.raw.isalpha() and len(before.raw) > 1
                and not names(before.word, METRIC) and not before.ends_phrase)
        )  # fmt: skip
        is_day = after is not None and after.word in small.MONTHS - {
            "of",
            "im",
            "end",
            "late",
            "early",
        }
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
        elif before is not None and before.word in small.UNITS - small.TIMES and not before.figure:
            token.unit = before.word
