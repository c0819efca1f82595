"""The rules that tell an outcome from an output, in their order; the first that matches decides.

Each looks for the words that decide, which are its evidence, and says None where it finds
none: then the next one has its turn.
"""

from collections.abc import Callable
from enum import StrEnum

from apps.objectives.wording import small_words as small
from apps.objectives.wording.deeds import MOVING, change, makes_a_figure, making, reach
from apps.objectives.wording.done import (
    by_others,
    done,
    gets_award,
    last_before_deadline,
    says,
    they_can,
)
from apps.objectives.wording.kinds import COMING, INSIDERS, METRIC, PEOPLE, PIECES, names
from apps.objectives.wording.line import LONG_TIMES, Line
from apps.objectives.wording.measured import (
    beside_plan,
    end_of_step,
    how_soon,
    is_signed,
    labelled,
    measured_by,
    step_of_metric,
    step_of_numbers,
)
from apps.objectives.wording.share_of_work import share_of_work
from apps.objectives.wording.verbs import FOLD, MADE
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


EFFECT = words("retain win gain gewinnen halten behalten")
WON = words("gewinnen gewonnen gewinnt erhalten won gained retained")
ONE = words("einen eine a one")
SAID_OF = words("is are can kann können sind ist")
# "Installed at 8,000 households": for whom it was done, and no count of them.
FOR_WHOM = words("at for to with across on bei für an mit in auf")
WITH, AFTER = words("with mit"), words("after every nach alle")
BY_WHEN, BECOME = words("by until till bis"), words("be become werden sein")
OURS = words("we we've wir")
OUR_DEEDS = words(
    "hired recruited trained interviewed surveyed onboarded eingestellt geschult befragt"
)
INSIDE = words("employees staff everyone everybody people mitarbeitende mitarbeiter alle")
HOW_MUCH = small.BY | small.TO | small.FROM
PRACTICES = words("practice practices")
NONE = words("no zero null kein keine keinen keinerlei")
NEVER = words("never nie niemals")
LEVELS = NONE | words("hourly daily weekly monthly quarterly yearly täglich wöchentlich monatlich")
BOUNDS = small.LEAST | small.MOST | words("than als")
MORE_OR_LESS = words("more less mehr weniger")
# What is won is given by others: "Land 6 contracts".
WINS = words("close land secure sell win")
RATE = words("per pro je")
ITS_OWN = words("its own our their his her one eigene eigenen eigenes eigener")
INFINITIVE = ("en", "ern", "eln")
OBJECT = 3
BEGINNING = 5
# Whoever counts a hundred and more of what no list knows, counts what others do.
MANY_DIGITS = 3


def _share_of_work(line: Line, purpose: Line | None) -> str | None:
    return share_of_work(line)


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
    if any(word in WON for word in line.words) and not gets_award(line, len(line.words) - 1):
        return done(line)
    return None


def _is_of_work(line: Line, place: int) -> bool:
    """ "Reviewed by ≥ 2 colleagues", "trained on 500k photos": with whom or what it is done."""
    comparator = line.compared(place)
    first = place if comparator is None else comparator
    if line.words[first - 1 : first + 1] == ["at", "least"]:
        first -= 1
    token = line.tokens[place]
    is_level = (
        token.is_share
        or token.unit in small.TIMES
        or not small.MONEY.isdisjoint(token.unit)
        or line.counts(place, METRIC)
    )
    on_what = line.at(first - 1) in FOR_WHOM and not is_level
    return on_what or line.counts(place, INSIDERS)


def _done_state(line: Line, purpose: Line | None) -> str | None:
    """Done is done, but "answered within 4 hours" is measured."""
    is_measured = measured_by(line) is not None or any(
        line.tokens[place].is_measure
        or line.compared(place) is not None
        or line.counts(place, METRIC)
        for place in line.measures
        if not _is_of_work(line, place)
    )
    counts_people = any(
        line.counts(place, PEOPLE) and not _is_of_work(line, place) for place in line.numbers
    )
    last = line.at(len(line.words) - 1)
    is_ours = last not in WON and (line.at(0) in OURS or last in OUR_DEEDS)
    if is_measured or (counts_people and not is_ours) or by_others(line):
        return None
    if line.at(line.start) in NONE:
        return None  # "No complaints escalated": not done, but stayed away
    return done(line) or they_can(line) or says(line)


def _aspiration(line: Line, purpose: Line | None) -> str | None:
    if line.numbers:
        return None
    if (compared := _compared_without_number(line)) is not None:
        return compared
    for place, word in enumerate(line.words):
        if word in small.ASPIRING and line.at(place + 1) not in PRACTICES:
            return line.said(place)
    return None


def _compared_without_number(line: Line) -> str | None:
    """ "Make planning easier", "We ship less often": not "Build a better checkout"."""
    last = len(line.words) - 1
    if last > 0 and line.words[last] in small.COMPARED:
        return line.said(last)
    easier = next((p for p, word in enumerate(line.words) if word in small.COMPARED), None)
    if easier is not None and line.words[line.start] == "make":
        return line.said(line.start, easier)  # "Make it easier to report …"
    if last > 1 and line.words[last - 1] in MORE_OR_LESS and making(line) is not None:
        return line.said(last - 1, last)
    return None


def _making(line: Line, purpose: Line | None) -> str | None:
    made = making(line)
    if made is None or makes_a_figure(line, made) or measured_by(line) or how_soon(line):
        return None
    if beside_plan(line):
        return None  # "Staff costs below budget"
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
        or any(w in LEVELS and line.at(p - 1) in HOW_MUCH for p, w in enumerate(line.words))
        or not (small.FROM.isdisjoint(after) or small.TO.isdisjoint(after))
        or not {"than", "als"}.isdisjoint(after)
    )
    return line.said(moved) if says_how_much else None


def _is_measured(line: Line, noun: int) -> bool:
    """Of "Meals saved per week: 120" and "New accounts: 40" the noun."""
    word = line.words[noun]
    is_rate = not RATE.isdisjoint(line.words) and not names(word, PIECES)
    return is_rate or names(word, PEOPLE) or names(word, METRIC)


def _metric_compared(line: Line, purpose: Line | None) -> str | None:
    if (measured := measured_by(line) or by_others(line)) is not None:
        return measured
    for place in line.numbers:
        is_more = line.tokens[place].raw[0] in "+−-" and place > line.start
        if (is_signed(line, place) or is_more) and making(line) is None:
            return line.said(place - 1, place)  # "Words per page < 1,200": a figure, whatever of
        if line.counts(place, PIECES):
            continue
        is_measure, comparator = place in line.measures, line.compared(place)
        if comparator is not None and (is_measure or line.counts(place, PEOPLE)):
            return line.said(comparator, place)
        if line.tokens[place].unit.startswith((":", "/")) and place > line.start:
            return line.said(place)  # "Applicants to places at 4:1"
        takes_time = line.tokens[place].unit in small.TIMES - LONG_TIMES
        if is_measure and takes_time and line.at(place - 1) not in AFTER:
            return line.said(place)
        if is_measure and line.metric is not None and line.metric < place:
            return line.said(line.metric, end_of_step(line, place))
    noun = labelled(line)
    if noun is not None and (_is_measured(line, noun) or line.tokens[line.numbers[-1]].is_share):
        return line.said(noun, len(line.words) - 1)  # "Meals saved per week: 120"
    step = step_of_metric(line) or step_of_numbers(line) or beside_plan(line)
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
    thing = line.head(line.start)
    if thing is not None and line.at(thing + 1) in WITH and names(line.words[thing], PIECES):
        return line.said(line.start, thing)  # "Beta with 3 partners"
    if (told := _told_to(line) or _counted_deed(line)) is not None:
        return told
    for place in line.numbers:
        head = line.head(place + 1)
        if line.tokens[place].is_share:
            return None  # "Visits up 10% in five towns": it is not the towns that are counted
        if head is not None and line.counts(place, PIECES):
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
    if line.at(line.start) in NONE | {"0"} and (head := line.head(line.start + 1)) is not None:
        # Nothing of what others do, or of what happens: no work makes sure of that.
        return None if names(line.words[head], PIECES) else line.said(line.start, head)
    never = next((p for p, word in enumerate(line.words) if word in NEVER), None)
    if never is not None and never > line.start:  # "The reserve never runs out"
        return line.said(never, min(never + 1, len(line.words) - 1))
    if line.metric is not None and line.words[-1] in NONE:  # "Accidents: zero"
        return line.said(line.metric, len(line.words) - 1)
    for place in line.numbers:
        head = line.head(place + 1)
        if head is not None and (line.counts(place, METRIC) or line.counts(place, PEOPLE)):
            return line.said(place, head)
        if line.tokens[place].is_share or (place in line.measures and line.metric is not None):
            return line.said(place)
        before = line.words[line.start : place]
        is_first = not before or set(before) <= BOUNDS
        if is_first and head is not None and not line.counts(place, PIECES):
            digits = sum(map(str.isdigit, line.tokens[place].figure))
            if before or digits >= MANY_DIGITS:
                return line.said(line.start, head)  # "500 jobs done by members", ">20 tweets"
    return None


def _piece(line: Line, purpose: Line | None) -> str | None:
    """A thing to hand over, and nothing said of it; or that there is one."""
    words, start = line.words, line.start
    if not words or line.measures:
        return None
    if words[start] in MADE and start < len(words) - 1 and not by_others(line):
        return line.said(start, line.head(start + 1))  # "Documented runbooks for all"
    has = next((p for p in range(start, min(start + BEGINNING, len(words)))
                if words[p] in small.HAVE), None)  # fmt: skip
    if has is None and not small.BE.isdisjoint(words):
        return None
    if has is not None:
        start = has + (2 if line.at(has + 1) in small.BE else 1)
    while line.at(start) in small.ARTICLES | ITS_OWN:
        start += 1
    head = line.head(start)
    if head is None or line.at(start) in small.COMPARED | small.VAGUE:
        return None  # "Better documentation": how much better?
    if line.at(start) in INSIDE and head != start:
        return None  # "Employees understand our strategy": said of people, no thing at all
    if _has_deadline(line):
        return line.said(line.start)
    if not names(words[head], PIECES) or line.at(head + 1) in SAID_OF:
        return None
    return line.said(start, head)


def _has_deadline(line: Line) -> bool:
    """ "Android by Nov 30": a milestone; "become the first choice by 2030" is none."""
    ends = last_before_deadline(line)
    said = BY_WHEN.intersection((line.at(ends), line.at(ends + 1)))
    return bool(said) and line.words[line.start] not in BECOME


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
