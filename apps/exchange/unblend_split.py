"""A pasted list as its lines: bullets, numbers, headings and cells of a table taken off.

Pure: text in, lines out. Every word that was pasted stands in a line, or in the name of a
part ("Key results:") that the lines below it remember.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What the list itself calls a line."""

    OBJECTIVE = "objective"
    KEY_RESULT = "key-result"
    INITIATIVE = "initiative"


@dataclass(frozen=True)
class Said:
    text: str
    depth: int = 0
    called: Part | None = None


CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
INDENT = re.compile(r"[ \t\u00a0]*")
HEADING = re.compile(r"(#{1,6})\s+")
BULLET = re.compile(r"(?:[-*+•◦‣▪▫●○■□–—·»→]|o(?=\s))\s+|[•◦‣▪●○■]")
CHECKBOX = re.compile(r"\[[ xX✓✔]?\]\s*|[☐☑✓✔✅]\s*")
NUMBERING = re.compile(r"(?:\(?[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.):]|\(?[a-zA-Z]\))\s+")
LABEL = re.compile(
    r"(?P<word>objectives?|o|ziele?|key[ -]?results?|krs?|schlüsselergebnis(?:se)?|"
    r"ergebnis(?:se)?|initiatives?|initiativen?|actions?|tasks?|ma(?:ß|ss)nahmen?|aktionen?|"
    r"aufgaben?|projekte?|projects?)"
    r"\s{0,2}#?\s{0,2}(?P<number>[0-9]{0,2}(?:\.[0-9]{1,2})?)"
    r"(?P<mark>\s?:|(?<=[0-9])[.)]|\s[–—-](?=\s)|\s?$|(?<=[0-9])(?=\s))\s*",
    re.IGNORECASE,
)
# "KR 1 Conversion" begins with a label, "Projekt 3 starten" does not.
SHORT = {"O", "KR", "KRs"}
EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
RULE = re.compile(r"[-=_*~#|:+\s]*")

CALLED = {
    Part.OBJECTIVE: ("objective", "o", "ziel"),
    Part.KEY_RESULT: ("key", "kr", "schlüsselergebnis", "ergebnis"),
    Part.INITIATIVE: (
        "initiative", "action", "task", "massnahme", "maßnahme", "aktion", "aufgabe", "projekt",
        "project",
    ),
}  # fmt: skip


def split(text: str, *, is_table: bool = False) -> list[Said]:
    """`is_table`: a file says that it is one; pasted text shows it by its tabs or bars."""
    lines = [line for line in BREAK.split(CONTROL.sub("", text)) if not RULE.fullmatch(line)]
    if is_table or _is_pasted_table(lines):
        return _of_table(lines)
    return list(_of_lines(lines))


def _of_lines(lines: Iterable[str]) -> Iterator[Said]:
    part: Part | None = None
    for line in lines:
        indent = INDENT.match(line)[0].expandtabs(4)  # type: ignore[index]
        rest, depth, is_heading = line.strip(), len(indent), False
        if heading := HEADING.match(rest):
            # A heading stands above all that is no heading.
            rest, depth, is_heading = rest[heading.end() :], len(heading[1]) - 7, True
        rest = _without_marks(rest)
        label = LABEL.match(rest)
        if label is None or not _is_label(label):
            yield Said(rest, depth, None if is_heading else part)
            continue
        named, after = _part(label["word"]), rest[label.end() :].strip()
        if after:
            yield Said(after, depth, named)
        else:
            part = named  # "Initiatives:" speaks of the lines below it


def _is_label(found: re.Match[str]) -> bool:
    is_marked = found["mark"] != "" or found.end() == len(found.string)
    return is_marked or found["word"] in SHORT


def _without_marks(text: str) -> str:
    """Bullet, box and number, in this order; and stars around words."""
    text = EMPHASIS.sub("", text)
    for mark in (BULLET, CHECKBOX, NUMBERING):
        if (found := mark.match(text)) and text[found.end() :].strip():
            text = text[found.end() :]
    return text.strip()


def _part(word: str) -> Part:
    folded = word.casefold()
    if folded == "o":
        return Part.OBJECTIVE
    return next(
        part
        for part, names in CALLED.items()
        if any(folded.startswith(n) for n in names if n != "o")
    )


# -- Tables: from a spreadsheet, from Markdown, from a file ---------------------------------------


# A part of the list, "start", "target", or "" where the first row has a name that we don't know.
Column = Part | str
HANGING = {Part.KEY_RESULT, Part.INITIATIVE}
LOOSE = {"start", "target", ""}


def _is_pasted_table(lines: list[str]) -> bool:
    """Most lines have cells; an indented list has its tabs in front."""
    rows = [line.strip() for line in lines]
    with_tabs = sum("\t" in row for row in rows)
    with_bars = sum(row.startswith("|") and row.endswith("|") for row in rows)
    return len(rows) > 1 and max(with_tabs, with_bars) * 2 > len(rows)


def _of_table(lines: list[str]) -> list[Said]:
    mark = max("\t|;,", key=lambda mark: (lines[0].count(mark) if lines else 0, mark == "\t"))
    stripped = [line.strip().strip("|") if mark == "|" else line for line in lines]
    rows = list(csv.reader(stripped, delimiter=mark, strict=False))
    columns = [_column(cell) for cell in rows[0]] if rows else []
    if any(isinstance(column, Part) for column in columns):
        return list(_of_columns(rows[1:], columns))
    return [Said(text) for row in rows for text in _cells_joined(row)]


def _of_columns(rows: Iterable[list[str]], columns: list[Column]) -> Iterator[Said]:
    """An objective that is repeated on each row is said once."""
    before = ""
    for row in rows:
        cells = [(column, cell.strip()) for column, cell in zip(columns, row, strict=False)]
        cells += [("", cell.strip()) for cell in row[len(columns) :]]
        for column, text in cells:
            if column is Part.OBJECTIVE and text and text != before:
                before = text
                yield Said(text, 0, Part.OBJECTIVE)
        named = [(column, text) for column, text in cells if column in HANGING and text]
        beside = _beside(cells)
        for place, (column, text) in enumerate(named):
            yield Said(" · ".join([text, *beside]) if place == 0 else text, 1, Part(column))
        if not named and beside:
            yield Said(" · ".join(beside), 1)


def _beside(cells: list[tuple[Column, str]]) -> list[str]:
    """What stands in columns of other names: start and target as a step, the rest as it is."""
    said = {column: text for column, text in cells if text}
    step = [f"{said['start']} → {said['target']}"] if {"start", "target"} <= said.keys() else []
    shown = {"start", "target"} if step else set()
    return step + [text for column, text in cells if text and column in LOOSE - shown]


STARTS = {"start", "baseline", "startwert", "start value", "ist", "from", "von"}
TARGETS = {"target", "zielwert", "target value", "soll", "to", "bis"}


def _column(cell: str) -> Column:
    name = cell.strip().casefold().replace("_", " ")
    if name in STARTS:
        return "start"
    if name in TARGETS:
        return "target"
    label = LABEL.fullmatch(name)
    return _part(label["word"]) if label else ""


def _cells_joined(row: list[str]) -> Iterator[str]:
    """Each cell is a line; a cell without a letter goes with the one before it."""
    text = ""
    for cell in (cell.strip() for cell in row):
        if text and any(map(str.isalpha, cell)):
            yield _without_marks(text)
            text = cell
        else:
            text = f"{text} {cell}".strip()
    if text:
        yield _without_marks(text)
