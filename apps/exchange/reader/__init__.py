"""Files of bytes to rows of text, each with its file, its row and its columns.

Bounded in time and memory, whatever the bytes are; what can't be read is a problem with
its place, and no exception.
"""

from apps.exchange.layout import LAYOUTS, OKRS, Layout
from apps.exchange.reader import text, workbook
from apps.exchange.reader.table import LONGEST_FILE, Row, Sheet, Unreadable

__all__ = ["LONGEST_FILE", "Row", "Sheet", "read"]

Files = dict[str, tuple[str, bytes]]


def read(files: Files) -> dict[str, Sheet]:
    """From (file name, bytes) by the name of a layout, to sheets by the same names.

    A workbook of the list itself may hold the others as sheets of these names.
    """
    sheets: dict[str, Sheet] = {}
    for layout in LAYOUTS:
        if layout.name in files:
            _read(*files[layout.name], layout, sheets)
    return sheets


def _read(name: str, data: bytes, layout: Layout, sheets: dict[str, Sheet]) -> None:
    sheet = sheets[layout.name] = Sheet(name, layout)
    if not data.startswith(workbook.SIGNATURE):
        text.fill(sheet, data)
        return
    try:
        book = workbook.open_workbook(data, name)
    except Unreadable as end:
        sheet.problems.append(end.problem)
        return
    named = {worksheet.title.casefold(): worksheet for worksheet in book.worksheets}
    workbook.fill(sheet, named.pop(layout.name, book.worksheets[0]))
    for other in LAYOUTS:
        if layout == OKRS and other.name in named:
            sheets[other.name] = Sheet(f"{name} · {other.name}", other)
            workbook.fill(sheets[other.name], named[other.name])
