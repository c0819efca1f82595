"""A file as rows of text, with what is wrong with it. Knows nothing of Django."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from apps.exchange.guard import UNSEEN, unguard
from apps.exchange.layout import Layout
from apps.exchange.problems import Code, Problem, shown

MEGABYTE = 2**20
LONGEST_FILE = 16 * MEGABYTE
LONGEST_CELL = 10_000
MOST_COLUMNS = 40
MOST_KNOWN = 50_000


class Unreadable(Exception):
    """Nothing more can be read of this file, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Record(NamedTuple):
    """A row as it came. `formulas` are the places of cells that hold one."""

    number: int
    cells: list[str]
    formulas: tuple[int, ...] = ()


@dataclass(slots=True)
class Row:
    sheet: "Sheet"
    number: int
    cells: list[str]

    def __getitem__(self, column: str) -> str:
        place = self.sheet.places.get(column)
        return "" if place is None else self.cells[place]

    def problem(self, code: Code, column: str, **about: object) -> Problem:
        return Problem(code, self.sheet.file, self.number, column, shown(self[column]), about)


@dataclass
class Sheet:
    file: str
    layout: Layout
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    delimiter: str = ","
    # A workbook's rows end with their last cell; a text file's are all of one length.
    is_ragged: bool = False

    @property
    def language(self) -> str:
        """In which its numbers are written. In German, fields are parted by semicolons, which
        leaves the comma to decimals; where no number has one, the point is the mark."""
        if self.delimiter == ";":
            numbers = [name for name in self.layout.numbers if name in self.places]
            if any("," in row[name] for row in self.rows for name in numbers):
                return "de"
        return "en"

    def fill(self, records: Iterable[Record]) -> None:
        """The first row that says anything is the header; with a wrong one nothing can be told."""
        known: dict[str, str] = {}  # equal cells share their text
        header: list[str] | None = None
        said, most = 0, self.layout.most_rows
        try:
            for record in records:
                if len(record.cells) > MOST_COLUMNS:
                    raise Unreadable(self._too_much(Code.TOO_MANY_COLUMNS, record, MOST_COLUMNS))
                if not any(record.cells):
                    continue
                if header is None:
                    header = self._read_header(record)
                    if any(problem.is_error for problem in self.problems):
                        return
                    continue
                said += 1
                if said > most:
                    raise Unreadable(self._too_much(Code.TOO_MANY_ROWS, record, most))
                if self._fits(record, len(header)):
                    cells = [known.get(cell, cell) for cell in self._clean(record, header)]
                    self.rows.append(Row(self, record.number, cells))
                    if len(known) < MOST_KNOWN:
                        known.update(zip(cells, cells, strict=True))
        except Unreadable as end:
            self.problems.append(end.problem)
        else:
            if header is None:
                self.problems.append(Problem(Code.EMPTY, self.file))

    def _read_header(self, record: Record) -> list[str]:
        header = ["_".join(cell.casefold().split()) for cell in record.cells]
        while self.is_ragged and not header[-1]:
            header.pop()
        for place, name in enumerate(header):
            if name in self.places:
                self._note(Code.COLUMN_TWICE, record, name, name)
            elif name in self.layout.columns or name in self.layout.extra:
                self.places[name] = place
            else:
                self._note(Code.COLUMN_UNKNOWN, record, name, record.cells[place])
        for name in self.layout.needed:
            if name not in self.places:
                self._note(Code.COLUMN_MISSING, record, name, self.delimiter.join(header))
        return header

    def _fits(self, record: Record, width: int) -> bool:
        cells, about = record.cells, {"width": width, "n": len(record.cells)}
        if self.is_ragged:
            while len(cells) > width and not cells[-1]:
                cells.pop()
            cells.extend([""] * (width - len(cells)))
        if len(cells) > width:
            over = self.delimiter.join(cells[width:])
            self._note(Code.CELLS_TOO_MANY, record, "", over, **about)
        elif len(cells) < width:
            self._note(Code.CELLS_TOO_FEW, record, "", self.delimiter.join(cells), **about)
        return len(cells) == width

    def _clean(self, record: Record, header: list[str]) -> list[str]:
        """Looked at as a whole first: nearly every row is in order."""
        whole = "".join(record.cells)
        if record.formulas or len(whole) > LONGEST_CELL or UNSEEN.search(whole):
            for place, cell in enumerate(record.cells):
                self._look_at(record, place, header[place], cell)
        cells = [cell.strip() for cell in record.cells]
        return [unguard(cell) for cell in cells] if "'" in whole else cells

    def _look_at(self, record: Record, place: int, column: str, cell: str) -> None:
        if place in record.formulas:
            self._note(Code.FORMULA, record, column, cell)
        elif len(cell) > LONGEST_CELL:
            self._note(Code.CELL_TOO_LONG, record, column, cell, most=LONGEST_CELL, n=len(cell))
        elif UNSEEN.search(cell):
            self._note(Code.CHARACTER, record, column, cell)

    def _too_much(self, code: Code, record: Record, most: int) -> Problem:
        return Problem(code, self.file, record.number, about={"most": most})

    def _note(self, code: Code, record: Record, column: str, found: str, **about: object) -> None:
        problem = Problem(code, self.file, record.number, column, shown(found), about)
        self.problems.append(problem)
