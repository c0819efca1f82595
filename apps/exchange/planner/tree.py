"""Which team hangs below which, from rows that may say it twice or in a circle."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from apps.exchange.problems import Code, Problem
from apps.exchange.reader import Row


class Said(NamedTuple):
    """One row of the tree; `since` is the first day of its cycle."""

    row: Row
    team: str
    parent: str
    since: date


def parents(
    said: Iterable[Said], *, known: Iterable[str], root: str
) -> tuple[dict[str, str], list[Problem]]:
    """By team: its parent, "" for the root. The first one of the newest cycle counts."""
    rows = list(said)
    teams = {*known, *(one.team for one in rows)}
    chosen: dict[str, Said] = {}
    problems: list[Problem] = []
    for one in sorted(rows, key=lambda one: one.since, reverse=True):
        if one.team == one.parent:
            problems.append(one.row.problem(Code.OWN_PARENT, "parent_team"))
        elif (kept := chosen.setdefault(one.team, one).parent) != one.parent:
            problems.append(one.row.problem(Code.TWO_PARENTS, "parent_team", kept=kept))
    found: dict[str, str] = {}
    for one in chosen.values():
        parent = "" if one.parent == root else one.parent
        if parent and parent not in teams:
            problems.append(one.row.problem(Code.PARENT_UNKNOWN, "parent_team"))
            parent = ""
        elif one.team in _above(parent, found):
            problems.append(one.row.problem(Code.PARENT_IN_CIRCLE, "parent_team"))
            parent = ""
        found[one.team] = parent
    return found, sorted(problems, key=lambda problem: problem.row)


def _above(team: str, parents: Mapping[str, str]) -> Iterator[str]:
    """The team itself and all above it, as far as is known."""
    while team:
        yield team
        team = parents.get(team, "")
