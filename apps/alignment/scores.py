"""The sums of the pulse: counts in, figures out, and the rule of what may be shown.

Two questions ask for alignment (after Sawyer 1992), two for autonomy (after Hackman and
Oldham 1980, Morgeson 2005), each answered from 1 to 6. What is kept are counts per
question, never an answer sheet, so nothing here knows which answers belong together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import mean, stdev
from typing import NamedTuple

QUESTIONS = 4
STEPS = 6
ALIGNMENT = (0, 1)
AUTONOMY = (2, 3)
# Fewer would let one guess who said what.
FEWEST = 4
# Where an axis counts as high.
MIDDLE = Decimal(50)

# 97.5 % of Student's t, by degrees of freedom; from 3, as no fewer than 4 answers are shown.
STUDENT = (
    3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
    2.045, 2.042,
)  # fmt: skip
NORMAL = 1.960


class Axis(NamedTuple):
    """mean: 0 to 100. half: half the width of its 95 % interval, in the same points."""

    mean: Decimal
    half: Decimal


class Corner(StrEnum):
    TASK_BY_TASK = "task-by-task"
    TOLD_WHAT_AND_HOW = "told-what-and-how"
    EACH_ON_ITS_OWN = "each-on-its-own"
    ALIGNED_AND_AUTONOMOUS = "aligned-and-autonomous"


def axis(counts: Sequence[int], questions: Iterable[int]) -> Axis:
    """Mean of (answer − 1) / 5 · 100 over these questions and all people, with its interval.

    counts: 6 for each question, one after the other. The interval is the widest that the
    counts allow: which answers to two questions came from one person is not kept, so their
    errors are added as if they always went together.
    """
    means, errors, people = [], [], 0
    for question in questions:
        answers = [
            Decimal(100 * step) / (STEPS - 1)
            for step in range(STEPS)
            for _person in range(counts[question * STEPS + step])
        ]
        people = len(answers)
        means.append(mean(answers))
        errors.append(stdev(answers) / Decimal(people).sqrt())
    return Axis(mean(means), mean(errors) * _student(people - 1))


def _student(freedom: int) -> Decimal:
    """Beyond the table by two terms of its expansion, right to three digits there (Fisher 1925)."""
    if freedom - 3 < len(STUDENT):
        return Decimal(STUDENT[freedom - 3])
    z = NORMAL
    first = (z**3 + z) / (4 * freedom)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    return Decimal(z + first + second)


def corner(*, alignment: Decimal, autonomy: Decimal) -> Corner:
    if alignment >= MIDDLE:
        high = autonomy >= MIDDLE
        return Corner.ALIGNED_AND_AUTONOMOUS if high else Corner.TOLD_WHAT_AND_HOW
    return Corner.EACH_ON_ITS_OWN if autonomy >= MIDDLE else Corner.TASK_BY_TASK


@dataclass(frozen=True)
class Group:
    """Those of one team who were asked; `ancestors` from the root down to its parent."""

    team: int
    ancestors: tuple[int, ...]
    asked: int
    answered: frozenset[int]  # people


class Shown(NamedTuple):
    """Of a team or an area: how many were asked, how many answered, and whether that is shown."""

    asked: int
    answered: int
    is_shown: bool


def what_is_shown(groups: Iterable[Group]) -> Mapping[int, Shown]:
    """By team and area, from the leaves up.

    Shown is a figure of at least 4 people and half of those asked; and only if what it adds
    to the figures shown below it is nobody or again at least 4 people. Each figure is then a
    sum of blocks of at least 4, and so is each difference of two of them. Someone who answers
    for two teams is one person.
    """
    inside: dict[int, list[Group]] = defaultdict(list)
    depth: dict[int, int] = {}
    for group in groups:
        for level, place in enumerate([*group.ancestors, group.team]):
            inside[place].append(group)
            depth[place] = level
    found: dict[int, Shown] = {}
    covered: set[int] = set()  # teams whose answers stand in a figure that is shown already
    for place in sorted(inside, key=lambda place: -depth[place]):
        whole = inside[place]
        rest = _people(group for group in whole if group.team not in covered)
        asked = sum(group.asked for group in whole)
        answered = sum(len(group.answered) for group in whole)
        is_shown = (
            len(_people(whole)) >= FEWEST
            and 2 * answered >= asked
            and (not rest or len(rest) >= FEWEST)
        )
        if is_shown:
            covered.update(group.team for group in whole)
        found[place] = Shown(asked, answered, is_shown)
    return found


def _people(groups: Iterable[Group]) -> frozenset[int]:
    return frozenset().union(*(group.answered for group in groups))
