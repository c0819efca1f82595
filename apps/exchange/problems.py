"""What is impossible in a file and what is odd, with the place where it stands.

What was expected there is said in words.py; the reader and the planner know no language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CLIPPED = 80


class Code(StrEnum):
    # The whole file
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_CELLS = "too-many-cells"
    EMPTY = "empty"
    ENCODING = "encoding"
    BROKEN_WORKBOOK = "broken-workbook"
    SWOLLEN_WORKBOOK = "swollen-workbook"
    # Its header
    COLUMN_TWICE = "column-twice"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    # A row
    ROW_TOO_LONG = "row-too-long"
    QUOTES = "quotes"
    CELLS_TOO_MANY = "cells-too-many"
    CELLS_TOO_FEW = "cells-too-few"
    # A cell
    CELL_TOO_LONG = "cell-too-long"
    CHARACTER = "character"
    FORMULA = "formula"
    MISSING = "missing"
    NUMBER = "number"
    NUMBER_TOO_LARGE = "number-too-large"
    NUMBER_ROUNDED = "number-rounded"
    DAY = "day"
    DAY_TO_COME = "day-to-come"
    CYCLE = "cycle"
    ZONE = "zone"
    ZONE_WITHOUT_STAGES = "zone-without-stages"
    STAGE_VALUE = "stage-value"
    CONFIDENCE = "confidence"
    VALUE_AND_ZONE = "value-and-zone"
    NOTHING_MEASURED = "nothing-measured"
    # What it says together
    CYCLE_ENDS_TOO_SOON = "cycle-ends-too-soon"
    CYCLE_CLOSED = "cycle-closed"
    CYCLE_DAYS_DIFFER = "cycle-days-differ"
    CYCLE_GUESSED = "cycle-guessed"
    TEAM_AMBIGUOUS = "team-ambiguous"
    TEAM_ARCHIVED = "team-archived"
    OTHER_ORGANISATION = "other-organisation"
    OWN_PARENT = "own-parent"
    TWO_PARENTS = "two-parents"
    PARENT_UNKNOWN = "parent-unknown"
    PARENT_IN_CIRCLE = "parent-in-circle"
    PARENT_STANDS = "parent-stands"
    OWNER_UNKNOWN = "owner-unknown"
    OWNER_TWICE = "owner-twice"
    SAID_TWICE = "said-twice"
    NO_WAY = "no-way"
    STAGES_UNREADABLE = "stages-unreadable"
    INITIATIVE_LINKED = "initiative-linked"
    OBJECTIVE_STANDS = "objective-stands"
    KEY_RESULT_STANDS = "key-result-stands"
    KEY_RESULT_UNKNOWN = "key-result-unknown"
    KEY_RESULT_AMBIGUOUS = "key-result-ambiguous"
    NOT_IMPORTED = "not-imported"
    TWO_VALUES = "two-values"
    VALUE_STANDS = "value-stands"


# Listed and handled; all others are errors, and nothing at all is written.
WARNINGS = {
    Code.COLUMN_UNKNOWN,
    Code.NUMBER_ROUNDED,
    Code.CYCLE_DAYS_DIFFER,
    Code.CYCLE_GUESSED,
    Code.OTHER_ORGANISATION,
    Code.OWN_PARENT,
    Code.TWO_PARENTS,
    Code.PARENT_UNKNOWN,
    Code.PARENT_IN_CIRCLE,
    Code.PARENT_STANDS,
    Code.OWNER_UNKNOWN,
    Code.OWNER_TWICE,
    Code.SAID_TWICE,
    Code.NO_WAY,
    Code.STAGES_UNREADABLE,
    Code.INITIATIVE_LINKED,
    Code.OBJECTIVE_STANDS,
    Code.KEY_RESULT_STANDS,
    Code.NOT_IMPORTED,
    Code.TWO_VALUES,
    Code.VALUE_STANDS,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """row as a spreadsheet counts, the header being 1; 0 is the whole file."""

    code: Code
    file: str
    row: int = 0
    column: str = ""
    found: str = ""
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.code not in WARNINGS


def shown(text: str) -> str:
    """As much of it as fits a line, with what can't be seen spelled out."""
    clipped = text if len(text) <= CLIPPED else f"{text[:CLIPPED]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in clipped)
