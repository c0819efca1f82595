"""The sums of the pulse, as tables."""

from decimal import Decimal
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.alignment.scores import (
    ALIGNMENT,
    AUTONOMY,
    FEWEST,
    STEPS,
    Corner,
    Group,
    _student,
    axis,
    corner,
    what_is_shown,
)


def counts(*sheets: tuple[int, int, int, int]) -> list[int]:
    """As they are kept, of answer sheets as they are not."""
    kept = [0] * (4 * STEPS)
    for sheet in sheets:
        for question, answer in enumerate(sheet):
            kept[question * STEPS + answer - 1] += 1
    return kept


@pytest.mark.parametrize(
    ("sheets", "alignment", "autonomy"),
    [
        ([(1, 1, 6, 6)] * 4, (0, 0), (100, 0)),
        ([(6, 6, 1, 1)] * 9, (100, 0), (0, 0)),
        # one question at 100, the other at 0: halfway, and without doubt
        ([(6, 1, 3, 4)] * 4, (50, 0), (50, 0)),
        # 20, 40, 60, 80 twice: mean 50, s = 25.82, half = 3.182 · 25.82 / 2
        ([(2, 2, 2, 2), (3, 3, 3, 3), (4, 4, 4, 4), (5, 5, 5, 5)], (50, 41.08), (50, 41.08)),
        # what one question agrees on narrows it by half
        ([(2, 3, 1, 1), (3, 3, 1, 1), (4, 3, 1, 1), (5, 3, 1, 1)], (45, 20.54), (0, 0)),
    ],
)
def test_an_axis_is_the_mean_of_both_questions_with_its_interval(sheets, alignment, autonomy):
    for questions, (middle, half) in [(ALIGNMENT, alignment), (AUTONOMY, autonomy)]:
        found = axis(counts(*sheets), questions)
        assert found.mean == middle
        assert float(found.half) == pytest.approx(half, abs=0.01)


sheet = st.tuples(*[st.integers(1, STEPS)] * 4)


@given(st.lists(sheet, min_size=FEWEST, max_size=60))
def test_the_interval_is_never_narrower_than_that_of_the_answer_sheets(sheets):
    """Which answers belong together is not kept, so it may be wider, never narrower."""
    found = axis(counts(*sheets), ALIGNMENT)
    own = [Decimal(20 * (a - 1) + 20 * (b - 1)) / 2 for a, b, _c, _d in sheets]
    assert found.mean == pytest.approx(mean(own))
    paired = _student(len(own) - 1) * stdev(own) / Decimal(len(own)).sqrt()
    assert found.half >= paired - Decimal("1e-9")


@given(st.lists(sheet, min_size=FEWEST, max_size=30), st.randoms())
def test_who_said_what_with_what_makes_no_difference(sheets, dice):
    columns = [list(column) for column in zip(*sheets, strict=True)]
    for column in columns:
        dice.shuffle(column)
    assert counts(*zip(*columns, strict=True)) == counts(*sheets)


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(3, 3.182), (30, 2.042), (31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799)],
)
def test_student_goes_on_beyond_its_table(freedom, expected):
    assert float(_student(freedom)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("alignment", "autonomy", "expected"),
    [
        (49, 49, Corner.TASK_BY_TASK),
        (50, 49, Corner.TOLD_WHAT_AND_HOW),
        (49, 50, Corner.EACH_ON_ITS_OWN),
        (50, 50, Corner.ALIGNED_AND_AUTONOMOUS),
    ],
)
def test_the_four_corners(alignment, autonomy, expected):
    assert corner(alignment=Decimal(alignment), autonomy=Decimal(autonomy)) == expected


ROOT, AREA, A, B, C = 1, 2, 3, 4, 5


def group(team: int, answered: int, asked: int | None = None, *, first: int = 0) -> Group:
    above = {ROOT: (), AREA: (ROOT,), A: (ROOT, AREA), B: (ROOT, AREA), C: (ROOT,)}[team]
    people = frozenset(range(first or team * 1000, (first or team * 1000) + answered))
    return Group(team, above, asked or answered, people)


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ([group(A, 3)], set()),
        ([group(A, 4)], {ROOT, AREA, A}),
        ([group(A, 5, 11)], set()),  # fewer than half of those asked, and so in the area
        ([group(A, 5, 10)], {ROOT, AREA, A}),
        # three beside five: the area would give them away, and so would the whole
        ([group(A, 5), group(B, 3)], {A}),
        ([group(A, 5), group(B, 3), group(C, 1)], {A, ROOT}),
        # two small teams hide each other
        ([group(A, 2), group(B, 2)], {ROOT, AREA}),
        ([group(A, 3), group(B, 3), group(C, 6)], {ROOT, AREA, C}),
        # nobody answered in B: the area says the same as A, and gives nobody away
        ([group(A, 4), group(B, 0, 3)], {ROOT, AREA, A}),
        # the people of the area itself
        ([group(AREA, 2), group(A, 4), group(B, 4)], {A, B}),
        ([group(AREA, 4), group(A, 4), group(B, 4)], {ROOT, AREA, A, B}),
    ],
)
def test_small_figures_and_small_differences_are_withheld(groups, shown):
    found = what_is_shown(groups)
    assert {place for place, figure in found.items() if figure.is_shown} == shown


def test_someone_who_answers_for_two_teams_is_one_person():
    twice = [group(A, 2, first=100), group(B, 2, first=100)]
    assert not what_is_shown(twice)[AREA].is_shown
    assert what_is_shown(twice)[AREA].answered == 4


@st.composite
def trees(draw) -> list[Group]:
    """Up to 40 teams in a tree of any shape, with 0 to 9 answers each."""
    above: dict[int, tuple[int, ...]] = {1: ()}
    for team in range(2, draw(st.integers(1, 40)) + 1):
        parent = draw(st.integers(1, team - 1))
        above[team] = (*above[parent], parent)
    found = []
    for team, path in above.items():
        asked = draw(st.integers(1, 9))
        first = team * 100
        people = frozenset(range(first, first + draw(st.integers(0, asked))))
        found.append(Group(team, path, asked, people))
    return found


@given(trees())
def test_no_sum_or_difference_of_nested_figures_tells_of_fewer_than_four(groups):
    """Of an area and any set of figures inside it: what is left is nobody, or four or more."""
    shown = {place for place, figure in what_is_shown(groups).items() if figure.is_shown}
    inside = {
        place: frozenset().union(*(g.answered for g in groups if place in (*g.ancestors, g.team)))
        for place in shown
    }
    for outer in shown:
        below = [inside[p] for p in shown if inside[p] < inside[outer]]
        for taken in [below, below[:1], below[1:]]:
            rest = inside[outer].difference(*taken)
            assert len(rest) == 0 or len(rest) >= FEWEST


@given(trees())
def test_every_figure_counts_everybody_below(groups):
    for place, figure in what_is_shown(groups).items():
        mine = [g for g in groups if place in (*g.ancestors, g.team)]
        assert figure.answered == sum(len(g.answered) for g in mine)
        assert figure.asked == sum(g.asked for g in mine)
