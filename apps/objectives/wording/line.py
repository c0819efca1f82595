"""A line as its words, and what they are to one another."""

import re
from functools import cached_property
from itertools import islice

from apps.objectives.wording import small_words as small
from apps.objectives.wording.kinds import INSIDERS, METRIC, PEOPLE, PIECES, Nouns, names
from apps.objectives.wording.tokens import Token, settle, tokens_of
from apps.objectives.wording.verbs import MADE, MAKE, MAKING
from apps.objectives.wording.word_list import words

# What decides stands at the beginning; a pasted page is no line.
LONGEST, MOST_WORDS = 1000, 80

# Control characters and those that only steer the direction of writing.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# "KR 1.2:", "[P0]", "- [ ]", "3)": a mark before the line, not of it.
MARK = re.compile(
    r"(?:[-*•+]\s+|\[[^\]]{0,4}\]\s*|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s+"
    r"|(?:kr|okr|o|key result|schlüsselergebnis)\s?[0-9]{1,2}(?:\.[0-9]{1,2})*\s*[:.)–—-]\s*)+",
    re.IGNORECASE,
)
VERSION = re.compile(r"v?[0-9][0-9.]*")
OF_OURS = words("team staff board")
COMPARING = words("than als")
LATELY = words("last next letzten nächsten kommenden")
ENDS_PHRASE = small.STOPS | small.THAN | frozenset("–/→")
LONG_TIMES = words(
    """
    week weeks month months year years woche wochen monat monate monaten jahr jahre jahren
    """
)


def read(text: str) -> "Line":
    text = INVISIBLE.sub(" ", text[:LONGEST]).strip()
    if (mark := MARK.match(text)) is not None and mark.end() < len(text):
        text = text[mark.end() :]
    return Line(text, list(islice(tokens_of(text), MOST_WORDS)))


class Line:
    """A line as its words; positions are indexes into them."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.words = [token.word for token in tokens]
        self.is_german = any(word in small.GERMAN for word in self.words) or any(
            mark in text for mark in "äöüßÄÖÜ"
        )
        settle(tokens)

    def said(self, first: int, last: int | None = None) -> str:
        """As it was written, from one word to another; a number with its unit."""
        last = first if last is None else last
        if self.unit_is_beside(last):
            last += 1
        elif self.at(last + 1) in small.OF_WORK and self.tokens[last].unit in small.TIMES:
            last += 2
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def unit_is_beside(self, place: int) -> bool:
        """ "5 hours", where "65%" has it on itself."""
        unit = self.tokens[place].unit
        return unit != "" and self.at(place + 1) == unit

    def without_asides(self) -> "Line":
        """The line without what stands in brackets, if anything else is left."""
        kept, depth = [], 0
        for token in self.tokens:
            before = self.text[max(0, token.start - 2) : token.start]
            depth += before.count("(")
            if depth <= 0:
                kept.append(token)
            if ")" in self.text[token.end : token.end + 2]:
                depth -= 1
        return Line(self.text, kept) if kept else self

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
        if self.at(place) in small.FRONTED | small.EVERY | small.OFTEN:
            ends = range(place + 1, min(place + 10, len(self.tokens) - 1))
            comma = next((p for p in ends if self.text[self.tokens[p].end :][:1] == ","), None)
            place = place if comma is None else comma + 1
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
            if token.is_count or token.word in ENDS_PHRASE or self._opens_bracket(place, first):
                break
            if last is not None and (
                token.word in small.ARTICLES or (self.is_german and self._is_noun_before(place))
            ):
                break
            is_verb = place > first and (token.word in MADE or token.word in MAKING)
            if not is_verb and not VERSION.fullmatch(token.word):
                last = place
            is_plural = token.word.endswith("s") and names(token.word, PEOPLE)
            if token.ends_phrase or is_verb or (is_plural and not self.is_german):
                break  # "10 customers report …": the plural is no part of a longer noun
        return last

    def _opens_bracket(self, place: int, first: int) -> bool:
        return place > first and self.text[self.tokens[place].start - 1] in "(["

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

    def counts(self, place: int, kind: Nouns) -> bool:
        """Whether the number at this place counts such things."""
        head = self.head(place + 1)
        if head is None or (kind is PEOPLE and self.words[head - 1] in OF_OURS):
            return False  # "2 team members" are our own
        return names(self.words[head], kind) or (kind is INSIDERS and self.at(head - 1) in OF_OURS)

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
