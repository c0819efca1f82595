"""CSV: UTF-8 with or without a byte order mark, fields parted by commas or semicolons."""

import codecs
import csv
import io
from collections.abc import Iterator

from apps.exchange.problems import Code, Problem, shown
from apps.exchange.reader.table import LONGEST_FILE, MEGABYTE, Record, Sheet, Unreadable

CHUNK = 2**16
LONGEST_ROW = MEGABYTE


def fill(sheet: Sheet, data: bytes) -> None:
    if len(data) > LONGEST_FILE:
        sheet.problems.append(too_large(sheet.file, len(data)))
        return
    sheet.problems.extend(_bad_bytes(data, sheet.file))
    if not sheet.problems:
        sheet.delimiter = _delimiter(data)
        sheet.fill(_records(data, sheet))


def too_large(file: str, size: int) -> Problem:
    return Problem(Code.TOO_LARGE, file, about={"size": size, "most": LONGEST_FILE})


def _bad_bytes(data: bytes, file: str) -> Iterator[Problem]:
    """The first one of each line that has any."""
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    try:
        for _text in codecs.iterdecode(chunks, "utf-8"):
            pass
    except UnicodeDecodeError:
        begins = 0
        for number, line in enumerate(data.split(b"\n"), 1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                byte = begins + error.start
                about = {"byte": byte + 1}
                yield Problem(Code.ENCODING, file, number, "", f"0x{data[byte]:02x}", about)
            begins += len(line) + 1


def _delimiter(data: bytes) -> str:
    """What parts the names in the header."""
    line = data[:CHUNK].split(b"\n", 1)[0].decode(errors="ignore")
    bare = "".join(line.split('"')[::2])  # what stands outside of quotes
    return ";" if bare.count(";") > bare.count(",") else ","


def _records(data: bytes, sheet: Sheet) -> Iterator[Record]:
    number = taken = 0

    def lines() -> Iterator[str]:
        """Stops before a row has grown larger than any can be, in whatever way."""
        nonlocal taken
        for line in io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""):
            taken += len(line)
            if taken > LONGEST_ROW:
                about = {"most": LONGEST_ROW}
                raise Unreadable(Problem(Code.ROW_TOO_LONG, sheet.file, number, about=about))
            yield line

    reader = csv.reader(lines(), delimiter=sheet.delimiter, strict=True)
    while True:
        number += 1
        taken = 0
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = shown(str(error))
            raise Unreadable(Problem(Code.QUOTES, sheet.file, number, "", found)) from error
        yield Record(number, row)
