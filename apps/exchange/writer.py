"""Rows to the bytes of a file. Knows nothing of Django and of what the rows are about."""

import csv
import io
import zipfile
from collections.abc import Iterable
from decimal import Decimal

from openpyxl import Workbook

from apps.exchange.guard import guard
from apps.exchange.layout import Cell, Layout, Rows
from apps.exchange.notation import write_figure

# As many as a spreadsheet keeps of a number.
MOST_DIGITS = 15


def as_csv(layout: Layout, rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(layout.columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def as_workbook(sheets: Iterable[tuple[Layout, Rows]]) -> bytes:
    """A sheet for each, by its name."""
    book, data = Workbook(write_only=True), io.BytesIO()
    for layout, rows in sheets:
        sheet = book.create_sheet(layout.name)
        sheet.append(layout.columns)
        for row in rows:
            sheet.append([_value(cell) for cell in row])
    book.save(data)
    return data.getvalue()


def as_archive(sheets: Iterable[tuple[Layout, Rows]]) -> bytes:
    """The same as CSV files in one zip."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for layout, rows in sheets:
            archive.writestr(f"{layout.name}.csv", as_csv(layout, rows))
    return data.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return guard(cell)
        case None:
            return ""
        case Decimal():
            return write_figure(cell)
    return str(cell)


def _value(cell: Cell) -> Cell:
    match cell:
        case str():
            return guard(cell) or None
        case Decimal() if len(cell.normalize().as_tuple().digits) > MOST_DIGITS:
            return write_figure(cell)
    return cell
