"""How much is said in a line, and where: by a sign, by a step, by what it is measured with."""

from itertools import pairwise

from apps.objectives.wording import small_words as small
from apps.objectives.wording.kinds import PIECES
from apps.objectives.wording.line import Line
from apps.objectives.wording.verbs import MAKES
from apps.objectives.wording.word_list import words

MEASURED = words("measured indicated shown evidenced evident gemessen belegt gezeigt")
BY_WHAT = words("by through with in an durch mit am")
UP_OR_DOWN = words("up down")
SIGNS = words("< > <= >= ≤ ≥")
SHORT_TIMES = words(
    "ms s sec secs second seconds min mins minute minutes h hr hrs hour hours sekunde sekunden "
    "minuten stunde stunden std"
)
BESIDE = words("ahead above below under over within exceeds beats über unter oberhalb unterhalb")
PLAN = words(
    """
    plan target baseline budget forecast benchmark average industry competition competitors
    market planned branchenschnitt branchendurchschnitt durchschnitt vorjahr prognose zielwert
    """
)
# From one number of a step to the other: "4,80 € auf 3,90 €".
STEP = 4
ARROWS = words("→ -> =>")


def measured_by(line: Line) -> str | None:
    """ "…, as measured by an average score of 4": how it is measured makes it a figure."""
    for place in range(line.start + 1, len(line.words) - 2):
        if line.words[place] not in MEASURED or line.words[place + 1] not in BY_WHAT:
            continue
        part = line.part(place + 2, len(line.words))
        if part.measures or (part.numbers and part.metric is not None):
            return line.said(place, len(line.words) - 1)
    return None


def how_soon(line: Line) -> bool:
    """ "Resolve every ticket within 4 hours": hours and less are no deadline."""
    return any(
        line.tokens[place].unit in SHORT_TIMES and line.compared(place) is not None
        for place in line.numbers
    )


def is_signed(line: Line, place: int) -> bool:
    """ "Overhead < 15%", "visits up 10%": after a name and a sign."""
    sign = place - 1
    if line.at(sign) in UP_OR_DOWN and sign > line.start:
        return True
    return line.at(sign) in SIGNS and sign > line.start and line.words[sign - 1] not in MAKES


def labelled(line: Line) -> int | None:
    """Of "Blog posts: 5" the noun, where nothing but that number follows."""
    last = len(line.words) - 1
    if last - 1 in line.numbers and line.unit_is_beside(last - 1):
        last -= 1  # "2.5 million"
    if last not in line.numbers or last == 0 or not line.tokens[last - 1].ends_clause:
        return None
    new = max((place + 1 for place in range(3) if line.at(place) in small.ARTICLES), default=0)
    return line.head(new)  # "Net new accounts: 40"


def beside_plan(line: Line) -> str | None:
    """ "Pipeline ahead of plan", "Kosten unter Budget": compared with something known."""
    if line.metric is None:
        return None
    for place in range(line.metric + 1, len(line.words) - 1):
        ends = next((p for p in range(place + 1, min(place + 4, len(line.words)))
                     if line.words[p] in PLAN), None)  # fmt: skip
        if line.words[place] in BESIDE and ends is not None:
            return line.said(place, ends)
    return None


def step_of_metric(line: Line) -> str | None:
    """ "Deploy frequency from weekly to daily": from one level to another, without a figure."""
    if line.metric is None or line.at(line.metric + 1) not in small.FROM:
        return None
    ends = range(line.metric + 2, min(line.metric + 2 + STEP, len(line.words) - 1))
    end = next((place for place in ends if line.words[place] in small.TO), None)
    return None if end is None else line.said(line.metric, end + 1)


def step_of_numbers(line: Line) -> str | None:
    """ "From 3.1 to 1.5", "78 → 85", "after 4 instead of 9 days": a figure, whatever its name."""
    for first, last in pairwise(line.numbers):
        if last - first > STEP or line.counts(last, PIECES):
            continue
        before = {line.at(place) for place in range(first + 1, last)}
        is_step = line.at(first - 1) in small.FROM and not before.isdisjoint(small.TO)
        if is_step or not before.isdisjoint(ARROWS | small.INSTEAD):
            return line.said(first, last)
    return None


def end_of_step(line: Line, place: int) -> int:
    """Of "from 52 to 65%" where 65 stands; else the place itself."""
    ends = [later for later in line.numbers if place < later <= place + STEP]
    return next((later for later in ends if line.at(later - 1) in small.TO), place)
