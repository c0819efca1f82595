"""What one does in a line: where a verb stands that makes, moves or reaches something."""

from apps.objectives.wording import nouns, verbs
from apps.objectives.wording import small_words as small
from apps.objectives.wording.done import AWARDS, MOST_SUBJECT
from apps.objectives.wording.kinds import METRIC, names
from apps.objectives.wording.line import Line
from apps.objectives.wording.verbs import ERREICHT, MACHT, SINKT, STEIGT, Verbs
from apps.objectives.wording.word_list import words as listed

MOVING = STEIGT.infinitives | SINKT.infinitives | ERREICHT.infinitives
NOT_MAKING = verbs.UP | verbs.DOWN | verbs.REACH | verbs.NO_VERBS
# "Achieve ISO 27001 certification": won once for all, which is work.
GETS = listed(
    "achieve attain earn gain get maintain obtain pass receive renew secure erhalten erlangen"
)
INTO = listed("to into auf in")
TEAM = listed("team headcount staff workforce")
SAID_OF = listed("is are was were has have had can will must")
# "A large scale", "the final cut", "Reduction of …": nouns that look like verbs that move.
AS_NOUNS, OF_SIZE = listed("scale cut drop increase"), listed("large small full wide final a the")
MOVES = listed("improvement increase reduction decrease growth decline rise drop gain")
OF_WHAT = listed("in of")
# "The health score" is a noun, "teams score 4" is not.
BEFORE_VERB = listed("to and or we will can & who that")


def making(line: Line) -> int | None:
    """Where the verb stands that makes something: first, or where German puts it."""
    words, start = line.words, line.start
    if not words:
        return None
    if _gets_award(line) or _spreads(line) or _hires(line):
        return start
    if _makes_english(line, start) and not _is_part_of_metric(line, start):
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
    # "Event organisieren", "Event organisieren, im Q3", "Tool einführen und …".
    for place in range(start + 1, len(words)):
        ends = (
            place == len(words) - 1
            or line.tokens[place].ends_phrase
            or line.words[place + 1] in small.AND
        )
        if ends and (words[place] in MACHT.infinitives or _ends_like_making(words[place])):
            return place
    return None


def _gets_award(line: Line) -> bool:
    words, start = line.words, line.start
    won = any(names(word, AWARDS) for word in words[start + 1 : start + 1 + MOST_SUBJECT])
    return words[start] in GETS and won and not line.measures


def _spreads(line: Line) -> bool:
    """ "Expand to three more cities", "Expand into Italy": but not to 500 kg."""
    verb, place = line.words[line.start], line.start + 2
    if verb not in verbs.SPREAD or line.at(line.start + 1) not in INTO:
        return False
    return line.tokens[place].unit == "" if place in line.numbers else verb == "expand"


def _hires(line: Line) -> bool:
    """ "Grow the team to 12": that is hired."""
    start = line.start
    of_team = not TEAM.isdisjoint(line.words[start + 1 : start + 4])
    counted = line.numbers and not any(line.tokens[place].unit for place in line.numbers)
    return line.words[start] in verbs.UP and of_team and bool(counted)


def _makes_english(line: Line, place: int) -> bool:
    first = line.words[place].partition("/")[0]
    if first in verbs.NOUNS_TOO and _is_subject(line, place):
        return False
    is_noun = line.at(place + 1) == "of" or (line.metric is not None and line.measures)
    if first in verbs.MAKING and is_noun:
        return False  # "Onboarding of carers", "Shipping costs below 5%"
    if first in verbs.MAKE or first in verbs.MAKING:
        return True
    if first in verbs.EITHER:
        return line.at(place + 1) in small.DETERMINERS or place + 1 in line.numbers
    if first in NOT_MAKING or names(first, METRIC):
        return False
    return len(first) > 5 and first.endswith(verbs.VERB_ENDINGS)


def _is_subject(line: Line, place: int) -> bool:
    """ "Support is available", "Release notes are written": no verb, something is said of it."""
    for after in range(place + 1, min(place + 1 + MOST_SUBJECT, len(line.words))):
        if line.words[after] in SAID_OF or (after == place + 1 and line.words[after] in verbs.MADE):
            return True
        if line.words[after] in small.STOPS or line.tokens[after - 1].ends_phrase:
            return False
    return False


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
    if line.words[made] in verbs.THINK:
        return False
    few, share = made + 1, made + 2
    if line.at(few) in small.MOST and share in line.numbers and line.tokens[share].is_share:
        return True  # "Flag < 5% of orders": as little as possible is no work
    for place in line.numbers:
        if made < place <= made + 3:
            if line.words[made] == "make" and not small.MONEY.isdisjoint(line.tokens[place].unit):
                return True
            is_share_of_metric = line.tokens[place].is_share and line.metric is not None
            return line.counts(place, METRIC) or is_share_of_metric
    return False


def change(line: Line, start: int = 0) -> int | None:
    """A verb that moves a figure, in any form; or its noun, first: "Reduction of …"."""
    if start <= line.start and line.at(line.start) in MOVES and line.at(line.start + 1) in OF_WHAT:
        return line.start
    for place in range(start, len(line.words)):
        word = line.words[place]
        if place > line.start and word in AS_NOUNS and line.at(place - 1) in OF_SIZE:
            continue
        if word in verbs.UP_FORMS or falls(line, place) or _is_form(line, place, STEIGT):
            return place
    return None


def falls(line: Line, place: int) -> bool:
    return line.words[place] in verbs.DOWN_FORMS or _is_form(line, place, SINKT)


def reach(line: Line) -> int | None:
    """A verb that has a figure, or people outside, as its object."""
    for place, word in enumerate(line.words):
        before = line.at(place - 1)
        is_verb = place <= line.start or before.endswith("s") or before in BEFORE_VERB
        is_noun = word in nouns.METRICS and not is_verb
        if (word in verbs.REACH_FORMS and not is_noun) or _is_form(line, place, ERREICHT):
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
