"""The rules that tell an outcome from an output, in their order; the first that matches decides.

Each looks for the words that decide, which are its evidence, and says None where it finds
none: then the next one has its turn.
"""

from collections.abc import Callable
from enum import StrEnum

from apps.objectives.wording import nouns
from apps.objectives.wording import small_words as small
from apps.objectives.wording.deeds import (
    MOVING,
    change,
    done,
    makes_a_figure,
    making,
    reach,
    says,
    they_can,
)
from apps.objectives.wording.line import (
    COMING,
    INSIDERS,
    LONG_TIMES,
    METRIC,
    OWN,
    PEOPLE,
    PIECES,
    Line,
    names,
)
from apps.objectives.wording.measured import (
    end_of_step,
    how_soon,
    is_signed,
    labelled,
    measured_by,
    step_of_metric,
    step_of_numbers,
)
from apps.objectives.wording.verbs import FOLD, MADE, MAKE
from apps.objectives.wording.word_list import words


class Label(StrEnum):
    OUTCOME = "outcome"
    OUTPUT = "output"
    AMBIGUOUS = "ambiguous"


class Rule(StrEnum):
    SHARE_OF_WORK = "share-of-work"  # "100% of the team is certified"
    WORK_AND_EFFECT = "work-and-effect"  # "Add 5 sellers and retain them"
    DONE_STATE = "done-state"  # "is released", "sind durchgeführt"
    ASPIRATION = "aspiration"  # "Create a world-class experience"
    MAKING = "making"  # "Build …", "Wir führen … ein"
    CHANGE_WITH_NUMBER = "change-with-number"  # "Reduce … to 5 days"
    METRIC_COMPARED = "metric-compared"  # "Churn below 2 %"
    CHANGE_WITHOUT_NUMBER = "change-without-number"  # "Improve …"
    COUNT_OF_PIECES = "count-of-pieces"  # "5 blog posts"
    NUMBER_OF_METRIC = "number-of-metric"  # "200k views a month"
    PIECE = "piece"  # "A content review"
    UNCLEAR = "unclear"


OF = words("of der des aller von all")
EFFECT = words("retain win gain gewinnen halten behalten")
WON = words("gewinnen gewonnen gewinnt erhalten won gained retained")
ONE = words("einen eine a one")
SAID_OF = words("is are can kann können sind ist")
# "Installed at 8,000 households": for whom it was done, and no count of them.
FOR_WHOM = words("at for to with across bei für an mit in")
INSIDE = words("employees staff everyone everybody people mitarbeitende mitarbeiter alle")
HOW_MUCH = small.BY | small.TO | small.FROM
NONE = words("no zero null kein keine keinen keinerlei")
MORE_OR_LESS = words("more less mehr weniger")
# What is won is given by others: "Land 6 contracts".
WINS = words("close land secure sell win")
RATE = words("per pro je")
ITS_OWN = words("its own our their his her one eigene eigenen eigenes eigener")
INFINITIVE = ("en", "ern", "eln")
OBJECT = 3
# As far as a phrase about a share may go on until it names people.
PHRASE, BEGINNING = 7, 5


def _share_of_work(line: Line, purpose: Line | None) -> str | None:
    """A share of what lies inside, or a measure of our own work: it only counts what we did."""
    made = making(line)
    takes_time = any(line.tokens[place].unit in small.TIMES for place in line.numbers) or any(
        word in small.WITHIN and not small.TIMES.isdisjoint(line.words[place : place + 3])
        for place, word in enumerate(line.words)
    )
    for place in line.numbers:
        token = line.tokens[place]
        after = place + 1 + line.unit_is_beside(place)
        if is_signed(line, place):
            continue
        if made is not None and made + 2 < place and line.words[made] in MAKE:
            continue  # "Automate training and see that 100% of …": the work comes first
        if token.is_share and line.at(after) in OF and not takes_time:
            phrase = line.words[after : after + PHRASE]
            ends = min(after + 1, len(line.words) - 1)
            if any(names(word, INSIDERS) for word in phrase) and nouns.OPINE.isdisjoint(phrase):
                return line.said(place, ends)
            is_level = line.metric is not None and line.metric < place  # "Arrears at 3% of rent"
            from_outside = any(
                names(word, kind) for word in phrase for kind in (PEOPLE, METRIC, COMING)
            )
            if not (is_level or from_outside) and nouns.SAY.isdisjoint(phrase):
                return line.said(place, ends)
    own = next((place for place, word in enumerate(line.words) if names(word, OWN)), None)
    is_counted = any(line.tokens[place].is_share for place in line.numbers) or (
        bool(line.numbers) and change(line) is not None
    )
    if own is not None and is_counted and not any(names(word, PEOPLE) for word in line.words):
        return line.said(own)
    return None


def _work_and_effect(line: Line, purpose: Line | None) -> str | None:
    """Work, and in the same line what it should move: two lines in one."""
    if purpose and purpose.measures and (done(line) or _making(line, purpose)):
        return purpose.said(0, len(purpose.words) - 1)
    made = making(line)
    if made is not None and not makes_a_figure(line, made):
        moved = change(line, made + 1)
        if moved is not None and line.measures:
            return line.said(moved)
        for place in range(made + 1, len(line.words) - 1):
            if line.words[place] in small.AND and line.words[place + 1] in EFFECT:
                return line.said(place, place + 1)
    return done(line) if any(word in WON for word in line.words) else None


def _done_state(line: Line, purpose: Line | None) -> str | None:
    """Done is done, but "answered within 4 hours" is measured."""
    is_measured = measured_by(line) is not None or any(
        line.tokens[place].is_measure
        or line.compared(place) is not None
        or line.counts(place, METRIC)
        for place in line.measures
    )
    counts_people = any(
        line.counts(place, PEOPLE) and line.at(place - 1) not in FOR_WHOM for place in line.numbers
    )
    if is_measured or counts_people:
        return None
    return done(line) or they_can(line) or says(line)


def _aspiration(line: Line, purpose: Line | None) -> str | None:
    if line.numbers:
        return None
    if (compared := _compared_without_number(line)) is not None:
        return compared
    return next((line.said(p) for p, word in enumerate(line.words) if word in small.ASPIRING), None)


def _compared_without_number(line: Line) -> str | None:
    """ "Make planning easier", "We ship less often": not "Build a better checkout"."""
    last = len(line.words) - 1
    if last > 0 and line.words[last] in small.COMPARED:
        return line.said(last)
    if last > 1 and line.words[last - 1] in MORE_OR_LESS and making(line) is not None:
        return line.said(last - 1, last)
    return None


def _making(line: Line, purpose: Line | None) -> str | None:
    made = making(line)
    if made is None or makes_a_figure(line, made) or measured_by(line) or how_soon(line):
        return None
    if line.words[-1] in WON and line.measures:
        return None  # "Research grants worth £12m won"
    return line.said(made)


def _change_with_number(line: Line, purpose: Line | None) -> str | None:
    moved = change(line)
    if moved is None:
        return None
    after = line.words[moved:]
    says_how_much = (
        line.words[moved] in FOLD
        or bool(line.measures)
        or any(line.at(place - 1) in HOW_MUCH for place in line.numbers)
        or not (small.FROM.isdisjoint(after) or small.TO.isdisjoint(after))
        or not {"than", "als"}.isdisjoint(after)
    )
    return line.said(moved) if says_how_much else None


def _metric_compared(line: Line, purpose: Line | None) -> str | None:
    if (measured := measured_by(line)) is not None:
        return measured
    for place in line.numbers:
        if is_signed(line, place) and making(line) is None:
            return line.said(place - 1, place)  # "Words per page < 1,200": a figure, whatever of
        if line.counts(place, PIECES):
            continue
        is_measure, comparator = place in line.measures, line.compared(place)
        if comparator is not None and (is_measure or line.counts(place, PEOPLE)):
            return line.said(comparator, place)
        if is_measure and line.tokens[place].unit in small.TIMES - LONG_TIMES:
            return line.said(place)
        if is_measure and line.metric is not None and line.metric < place:
            return line.said(line.metric, end_of_step(line, place))
    noun = labelled(line)
    if noun is not None and not names(line.words[noun], PIECES) and not RATE.isdisjoint(line.words):
        return line.said(noun, len(line.words) - 1)  # "Meals saved per week: 120"
    step = step_of_metric(line) or step_of_numbers(line)
    if step is not None:
        return step
    reached = reach(line)
    if reached is None:
        return None
    counts_people = any(
        names(word, PEOPLE) and line.at(place - 1) in ONE for place, word in enumerate(line.words)
    )
    is_of_metric = line.metric is not None and reached < line.metric <= reached + OBJECT
    counts_no_pieces = line.numbers and (
        (is_of_metric and line.metric not in range(line.numbers[0], len(line.words)))
        or line.words[reached] in WINS
        or not any(line.counts(place, PIECES) for place in line.numbers)
    )
    return line.said(reached) if counts_people or counts_no_pieces else None


def _change_without_number(line: Line, purpose: Line | None) -> str | None:
    moved = change(line)
    return None if moved is None else line.said(moved)


def _count_of_pieces(line: Line, purpose: Line | None) -> str | None:
    noun = labelled(line)
    if noun is not None and names(line.words[noun], PIECES):
        return line.said(noun, len(line.words) - 1)  # "Blog posts: 5"
    if (told := _told_to(line) or _counted_deed(line)) is not None:
        return told
    for place in line.numbers:
        head = line.head(place + 1)
        if head is not None and line.counts(place, PIECES) and not line.tokens[place].is_share:
            return line.said(place, head)
    return None


def _counted_deed(line: Line) -> str | None:
    """ "Drei Läufe laufen": a count first, and last a German verb that moves nothing."""
    if not line.is_german or line.start not in line.numbers or not line.tokens[-1].raw.islower():
        return None
    last, head = line.words[-1], line.head(line.start + 1)
    if not last.endswith(INFINITIVE) or last in MOVING or head is None:
        return None
    if any(names(line.words[head], kind) for kind in (METRIC, PEOPLE, COMING)):
        return None
    return line.said(line.start, len(line.words) - 1)


def _told_to(line: Line) -> str | None:
    """ "Drill six wells": an English line that begins with a verb nobody listed, and a count."""
    place = line.start + 1
    if line.is_german or place not in line.numbers or line.start != 0:
        return None
    first, token, head = line.words[line.start], line.tokens[place], line.head(place + 1)
    if head is None or token.unit or not first.isalpha() or names(first, METRIC):
        return None
    if first in small.STOPS or any(names(line.words[head], kind) for kind in (METRIC, PEOPLE)):
        return None
    return line.said(line.start, head)


def _number_of_metric(line: Line, purpose: Line | None) -> str | None:
    if line.at(line.start) in NONE and (head := line.head(line.start + 1)) is not None:
        # Nothing of what others do, or of what happens: no work makes sure of that.
        return None if names(line.words[head], PIECES) else line.said(line.start, head)
    if line.metric is not None and line.words[-1] in NONE:  # "Accidents: zero"
        return line.said(line.metric, len(line.words) - 1)
    for place in line.numbers:
        head = line.head(place + 1)
        if head is not None and (line.counts(place, METRIC) or line.counts(place, PEOPLE)):
            return line.said(place, head)
        if line.tokens[place].is_share or (place in line.measures and line.metric is not None):
            return line.said(place)
    return None


def _piece(line: Line, purpose: Line | None) -> str | None:
    """A thing to hand over, and nothing said of it; or that there is one."""
    words, start = line.words, line.start
    if not words or line.measures:
        return None
    if words[start] in MADE and start < len(words) - 1:  # "Documented runbooks for all"
        return line.said(start, line.head(start + 1))
    has = next((p for p in range(start, min(start + BEGINNING, len(words)))
                if words[p] in small.HAVE), None)  # fmt: skip
    if has is None and not small.BE.isdisjoint(words):
        return None
    if has is not None:
        start = has + (2 if line.at(has + 1) in small.BE else 1)
    while line.at(start) in small.ARTICLES | ITS_OWN:
        start += 1
    head = line.head(start)
    if line.at(start) in INSIDE and head != start:
        return None  # "Employees understand our strategy": said of people, no thing at all
    if head is None or not names(words[head], PIECES) or line.at(head + 1) in SAID_OF:
        return None
    return line.said(start, head)


def _unclear(line: Line, purpose: Line | None) -> str | None:
    return ""


Look = Callable[[Line, Line | None], str | None]
RULES: tuple[tuple[Rule, Label, Look], ...] = (
    (Rule.SHARE_OF_WORK, Label.AMBIGUOUS, _share_of_work),
    (Rule.WORK_AND_EFFECT, Label.AMBIGUOUS, _work_and_effect),
    (Rule.DONE_STATE, Label.OUTPUT, _done_state),
    (Rule.ASPIRATION, Label.AMBIGUOUS, _aspiration),
    (Rule.MAKING, Label.OUTPUT, _making),
    (Rule.CHANGE_WITH_NUMBER, Label.OUTCOME, _change_with_number),
    (Rule.METRIC_COMPARED, Label.OUTCOME, _metric_compared),
    (Rule.CHANGE_WITHOUT_NUMBER, Label.AMBIGUOUS, _change_without_number),
    (Rule.COUNT_OF_PIECES, Label.OUTPUT, _count_of_pieces),
    (Rule.NUMBER_OF_METRIC, Label.OUTCOME, _number_of_metric),
    (Rule.PIECE, Label.OUTPUT, _piece),
    (Rule.UNCLEAR, Label.AMBIGUOUS, _unclear),
)
