"""XLSX: a zip of XML, so it is weighed before it is opened, and read cell by cell.

defusedxml stands behind openpyxl's parser where it is installed, and refuses entities.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import DEFUSEDXML, load_workbook

from apps.exchange.problems import Code, Problem
from apps.exchange.reader.table import (
    LONGEST_FILE,
    MEGABYTE,
    Record,
    Sheet,
    Unreadable,
)
from apps.exchange.reader.text import too_large

assert DEFUSEDXML  # noqa: S101 - without it an entity could grow without end

SIGNATURE = b"PK\x03\x04"
MOST_PARTS = 200
LONGEST_PART = 16 * MEGABYTE
HIGHEST_RATIO = 100
# Each takes more time and room than a cell of text; empty ones that are skipped count, too.
MOST_CELLS = 200_000
# Every other element, whether of a style, a sheet or a merged cell, becomes an object.
MOST_ELEMENTS = 1_000_000
MOST_OTHERS = 50_000
MOST_SHEETS = 200
OF_ROWS = re.compile(rb"<(?:\w+:)?(?:row|c|v|is|t|f|r|si)[\s/>]")
OF_SHEETS = re.compile(rb"<(?:\w+:)?sheet\s")
XML = re.compile(rb"[\s\x00\xef\xbb\xbf\xff\xfe]*<")  # and no picture
# In another writing the elements could not be counted.
ELSEWHERE = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)""", re.IGNORECASE)
# What openpyxl and what it stands on raise over a broken workbook: it checks little itself.
BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def open_workbook(data: bytes, file: str) -> Any:
    if len(data) > LONGEST_FILE:
        raise Unreadable(too_large(file, len(data)))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _is_swollen(archive.infolist()) or _is_overgrown(archive):
                raise Unreadable(Problem(Code.SWOLLEN_WORKBOOK, file))
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        if not book.worksheets:
            raise Unreadable(Problem(Code.EMPTY, file))
    except BROKEN as error:
        raise Unreadable(Problem(Code.BROKEN_WORKBOOK, file)) from error
    return book


def _is_swollen(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    # What is small may be as dense as it likes.
    too_dense = unpacked > MEGABYTE and unpacked > HIGHEST_RATIO * packed
    return len(parts) > MOST_PARTS or unpacked > LONGEST_PART or too_dense


def _is_overgrown(archive: zipfile.ZipFile) -> bool:
    """Small enough, and still the work of a minute: counted in its bytes, before any is parsed."""
    elements = others = sheets = 0
    for part in archive.infolist():
        data = archive.read(part)
        if not XML.match(data):
            continue
        if ELSEWHERE.match(data):
            return True
        here = data.count(b"<") - data.count(b"</")
        elements += here
        if elements > MOST_ELEMENTS:
            return True
        others += here - len(OF_ROWS.findall(data))
        sheets += len(OF_SHEETS.findall(data))
    return others > MOST_OTHERS or sheets > MOST_SHEETS


def fill(sheet: Sheet, worksheet: Any) -> None:
    sheet.is_ragged = True
    sheet.fill(_records(worksheet, sheet.file))


def _records(worksheet: Any, file: str) -> Iterator[Record]:
    cells = 0
    try:
        worksheet.reset_dimensions()  # which a workbook may state as it likes
        for number, row in enumerate(worksheet.iter_rows(), 1):
            cells += len(row) + 1
            if cells > MOST_CELLS:
                about = {"most": MOST_CELLS}
                raise Unreadable(Problem(Code.TOO_MANY_CELLS, file, number, about=about))
            formulas = tuple(at for at, cell in enumerate(row) if cell.data_type == "f")
            yield Record(number, [_text(cell.value) for cell in row], formulas)
    except BROKEN as error:
        raise Unreadable(Problem(Code.BROKEN_WORKBOOK, file)) from error


def _text(value: Any) -> str:
    """As it would stand in a CSV file."""
    match value:
        case None:
            return ""
        case float():
            # Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 to it.
            return format(Decimal(format(value, ".15g")), "f")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
    return str(value)
