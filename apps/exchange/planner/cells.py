"""The cells of a row as numbers, days and words; what they can't be is noted with its place."""

from datetime import date
from decimal import Decimal

from apps.exchange import notation
from apps.exchange.problems import Code, Problem
from apps.exchange.reader import Row, Sheet
from apps.objectives.figures import NumberError

# As long as the columns that hold them.
LONGEST = {
    "team": 80, "parent_team": 80, "cycle": 60, "objective": 500, "key_result": 500,
    "initiative": 500, "unit": 20, "source": 500,
}  # fmt: skip


def text(row: Row, column: str) -> str:
    """In one line."""
    return " ".join(row[column].split())


class Cells:
    def __init__(self, sheets: dict[str, Sheet]) -> None:
        self.sheets = sheets
        self.problems = [problem for sheet in sheets.values() for problem in sheet.problems]
        self._languages = {name: sheet.language for name, sheet in sheets.items()}

    def rows(self, name: str) -> list[Row]:
        return self.sheets[name].rows if name in self.sheets else []

    def note(self, row: Row, code: Code, column: str, **about: object) -> None:
        self.problems.append(row.problem(code, column, **about))

    def sorted_problems(self) -> list[Problem]:
        files = [sheet.file for sheet in self.sheets.values()]
        return sorted(self.problems, key=lambda found: (files.index(found.file), found.row))

    def short(self, row: Row, column: str) -> str | None:
        """None where it is longer than there is room for."""
        words, most = text(row, column), LONGEST[column]
        if len(words) > most:
            self.note(row, Code.CELL_TOO_LONG, column, most=most, n=len(words))
            return None
        return words

    def needed(self, row: Row, *columns: str) -> list[str] | None:
        """All of them; None where one is missing or too long."""
        found = [self.short(row, column) for column in columns]
        for column, words in zip(columns, found, strict=True):
            if words == "":
                self.note(row, Code.MISSING, column)
        return [words for words in found if words] if all(found) else None

    def number(self, row: Row, column: str) -> Decimal | None:
        if not row[column]:
            return None
        language = self._languages[row.sheet.layout.name]
        try:
            number, is_rounded = notation.read_figure(row[column], language)
        except NumberError as error:
            too_large = error.code in {"too-large", "too-long"}
            self.note(row, Code.NUMBER_TOO_LARGE if too_large else Code.NUMBER, column)
            return None
        if is_rounded:
            self.note(row, Code.NUMBER_ROUNDED, column, kept=notation.write_figure(number))
        return number

    def day(self, row: Row, column: str) -> date | None:
        day = notation.read_day(row[column])
        if day is None:
            self.note(row, Code.DAY, column)
        return day
