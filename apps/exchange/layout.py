"""The files that a list comes in and goes out as: their names and their columns."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

Cell = str | int | Decimal | date | None
Rows = list[list[Cell]]


class Layout(NamedTuple):
    """`most_rows` is more than the largest organisation we know needs, and fits into memory."""

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    most_rows: int
    numbers: tuple[str, ...] = ()
    # Understood where it is there; not written unless something would be lost without it.
    extra: tuple[str, ...] = ()


OKRS = Layout(
    "okrs",
    (
        *("source", "org", "team", "cycle", "objective", "key_result", "metric"),
        *("baseline", "target", "unit", "initiative", "owner"),
    ),
    needed=("team", "cycle", "objective"),
    most_rows=40_000,
    numbers=("baseline", "target"),
)
TREE = Layout(
    "tree", ("cycle", "team", "parent_team"), needed=("team", "parent_team"), most_rows=20_000
)
MEASUREMENTS = Layout(
    "measurements",
    (
        *("team", "cycle", "kr_id", "key_result", "kind", "baseline", "target"),
        *("date", "value", "zone", "confidence_0_10"),
    ),
    needed=("team", "cycle", "key_result", "date"),
    most_rows=150_000,
    numbers=("baseline", "target", "value", "confidence_0_10"),
    extra=("objective",),  # where two key results of a team and cycle have one title
)
CYCLES = Layout(
    "cycles", ("cycle", "starts", "ends"), needed=("cycle", "starts", "ends"), most_rows=1_000
)

LAYOUTS = (OKRS, TREE, MEASUREMENTS, CYCLES)
