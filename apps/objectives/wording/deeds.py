"""What is done in a line: where a verb stands that makes, has made, moves or reaches something."""

import re

from apps.objectives.wording import small_words as small
from apps.objectives.wording import verbs
from apps.objectives.wording.line import INSIDERS, METRIC, PEOPLE, Line, names
from apps.objectives.wording.purpose import is_zu
from apps.objectives.wording.verbs import ERREICHT, MACHT, SINKT, STEIGT, Verbs
from apps.objectives.wording.word_list import words as listed

MOVING = STEIGT.infinitives | SINKT.infinitives | ERREICHT.infinitives
NOT_MADE = STEIGT.participles | SINKT.participles | ERREICHT.participles | verbs.DOES
ONCE_DONE = verbs.MADE | verbs.DONE
NOT_MAKING = verbs.UP | verbs.DOWN | verbs.REACH | verbs.NO_VERBS
ENDS_DONE = listed("done live exist exists erledigt existieren existiert fertig vorhanden")
WHO = listed("i we they it you wir sie er es ihr")
MONTHS = "|".join(sorted(small.MONTHS - {"q", "fy", "im", "of", "may"}))
DEADLINE = re.compile(rf"{MONTHS}|(?:eo)?q[1-4]?|fy[0-9]{{2}}|20[1-4][0-9]|[0-9]{{1,2}}\.?")
BEFORE_DEADLINE = listed("by until till before in at of the bis im zum am dem des der")
AFTER_DONE = listed("out up in into via at across for to with on")
# How far the subject of what a thing does may reach.
MOST_SUBJECT = 8
CAN = listed("can können kann")
FEELING = listed(
    """
    trust understand explain name tell describe decide find rely feel afford vertrauen verstehen
    erklären nennen benennen beschreiben sagen entscheiden finden fühlen einfach schnell leicht
    sicher gut
    """
)
BY_ITSELF = listed("automatically automatisch")
SAYS = listed(
    "describes documents defines explains lists contains covers beschreibt enthält erklärt"
)
# A participle follows its "is" within so many words: German puts it last.
FAR, NEAR = 15, 4


def done(line: Line) -> str | None:
    """ "is released", "sind in den Divisions eingeführt", "… abzuschliessen", "audit completed"."""
    words, last = line.words, _last_before_deadline(line)
    if "sich" in words:
        return None
    for place, word in enumerate(words):
        if word not in small.BE:
            continue
        for after in range(place + 1, min(place + 1 + FAR, len(words))):
            is_near = after <= place + NEAR and words[after] in ONCE_DONE
            if is_near or words[after] in verbs.FERTIG or _is_made(words[after]):
                return line.said(place, after)
            if word in {"ist", "sind"} and is_zu(line, after):
                return line.said(place, min(after + 1, last))
            if line.tokens[after].ends_clause:
                break
    if last > 0 and words[last] in ENDS_DONE:
        return line.said(last)
    if words[last - 1 : last + 1] in (["liegt", "vor"], ["liegen", "vor"]):
        return line.said(last - 1, last)
    for place in range(line.start + 1, last):
        if words[place] == "in" and words[place + 1] == "place":
            return line.said(place, place + 1)
    # "Tool rolled out in four depots", "audit completed in each hall".
    for place in range(line.start + 1, last):
        if words[place] in verbs.MADE and words[place + 1] in AFTER_DONE:
            return line.said(place)
    is_clause = line.at(last - 1) in WHO  # "quicker than those they replaced"
    if last > 0 and (words[last] in verbs.MADE or _is_made(words[last])) and not is_clause:
        return line.said(last)
    return None


def _last_before_deadline(line: Line) -> int:
    """Where the line ends, but for "by EOQ", "(Q3)", "bis Ende März"."""
    last = len(line.words) - 1
    if line.text.rstrip(" .")[-1:] == ")":
        aside = [p for p, token in enumerate(line.tokens) if line.text[token.start - 1] == "("]
        if aside and aside[-1] > line.start + 1:
            last = aside[-1] - 1
    while last > line.start + 1 and (
        DEADLINE.fullmatch(line.words[last]) or (line.words[last] in BEFORE_DEADLINE)
    ):
        last -= 1
    return last


def _is_made(word: str) -> bool:
    return word in MACHT.participles or (
        word.endswith(verbs.GERMAN_PARTICIPLE) and word not in NOT_MADE
    )


def they_can(line: Line) -> str | None:
    """ "Users can clone projects": what they can do is there once it is built. How well, is not."""
    for place, word in enumerate(line.words[:MOST_SUBJECT]):
        if word not in CAN or line.numbers or place == 0:
            continue
        said = line.words[place + 1 :]
        is_quality = any(
            w.endswith("ly") or w in small.COMPARED | small.ASPIRING | FEELING for w in said
        )
        return None if is_quality or not said else line.said(place, len(line.words) - 1)
    return None


def says(line: Line) -> str | None:
    """ "The handbook describes each role", "Tests run automatically": what a thing does."""
    if line.numbers:
        return None
    for place in range(line.start + 1, min(line.start + MOST_SUBJECT, len(line.words))):
        if line.words[place] in BY_ITSELF:
            return line.said(place)
        if line.words[place] in SAYS and not _names_people(line.words[place - 1]):
            return line.said(place - 1, place)
    return None


def _names_people(word: str) -> bool:
    return names(word, PEOPLE) or names(word, INSIDERS)


def making(line: Line) -> int | None:
    """Where the verb stands that makes something: first, or where German puts it."""
    words, start = line.words, line.start
    if not words:
        return None
    if _makes_english(words[start]) and not _is_part_of_metric(line, start):
        return start
    if "wir" in words[:6]:
        here = words.index("wir")
        for place in (here - 1, here + 1):
            if 0 <= place < len(words) and _makes_german(line, place):
                return place
    if line.is_german and _makes_german(line, start):
        return start
    if words[-2:] == ["betrieb", "nehmen"]:
        return len(words) - 2
    # "Event organisieren", "Event organisieren, im Q3".
    for place in range(start + 1, len(words)):
        ends = place == len(words) - 1 or line.tokens[place].ends_phrase
        if ends and (words[place] in MACHT.infinitives or _ends_like_making(words[place])):
            return place
    return None


def _makes_english(word: str) -> bool:
    first = word.partition("/")[0]
    if first in verbs.MAKE or first in verbs.MAKING:
        return True
    return len(first) > 5 and first.endswith(verbs.VERB_ENDINGS) and first not in NOT_MAKING


def _makes_german(line: Line, place: int) -> bool:
    word = line.words[place]
    return word in MACHT.finite or _comes_apart(line, place, MACHT) or _ends_like_making(word)


def _ends_like_making(word: str) -> bool:
    return word.endswith(verbs.GERMAN_ENDING) and word not in MOVING


def _comes_apart(line: Line, place: int, kind: Verbs) -> bool:
    """ "führen … ein": the particle follows."""
    particles = kind.apart.get(line.words[place])
    return particles is not None and not particles.isdisjoint(line.words[place + 1 :])


def _is_part_of_metric(line: Line, place: int) -> bool:
    """ "Release frequency > 5", "Share of … rises to 60%": the word is part of a noun."""
    if line.at(place + 1) in small.ARTICLES:
        return False
    if line.at(place + 2) in verbs.UP_FORMS | verbs.DOWN_FORMS:  # "Audit findings drop to zero"
        return True
    if not line.numbers:  # "Deploy frequency from weekly to daily"
        return names(line.at(place + 1), METRIC) and line.at(place + 2) in small.FROM
    if names(line.words[place], METRIC) and line.at(place + 1) in small.STOPS:
        return True
    for after in (place + 1, place + 2):
        if names(line.at(after), METRIC):
            between = range(place + 1, after)
            return not any(line.words[p] in small.STOPS or p in line.numbers for p in between)
    return False


def makes_a_figure(line: Line, made: int) -> bool:
    """ "Deliver 99.9% uptime", "Generate 500 leads": what is made is itself the figure."""
    for place in line.numbers:
        if made < place <= made + 3:
            if line.words[made] == "make" and not small.MONEY.isdisjoint(line.tokens[place].unit):
                return True
            is_share_of_metric = line.tokens[place].is_share and line.metric is not None
            return line.counts(place, METRIC) or is_share_of_metric
    return False


def change(line: Line, start: int = 0) -> int | None:
    """A verb that moves a figure, in any form."""
    for place in range(start, len(line.words)):
        word = line.words[place]
        if word in verbs.UP_FORMS or falls(line, place) or _is_form(line, place, STEIGT):
            return place
    return None


def falls(line: Line, place: int) -> bool:
    return line.words[place] in verbs.DOWN_FORMS or _is_form(line, place, SINKT)


def reach(line: Line) -> int | None:
    """A verb that has a figure, or people outside, as its object."""
    for place, word in enumerate(line.words):
        if word in verbs.REACH_FORMS or _is_form(line, place, ERREICHT):
            return place
    return None


def _is_form(line: Line, place: int, kind: Verbs) -> bool:
    word = line.words[place]
    return (
        word in kind.finite
        or word in kind.infinitives
        or word in kind.participles
        or _comes_apart(line, place, kind)
    )
