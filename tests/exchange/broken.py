"""Three hundred broken files, made from a good one: each kind again and again, elsewhere.

Run as a program with so many megabytes of room it reads and plans the files whose names come
in, without Django, and says of each how long that took and what was found.
"""

import io
import json
import random
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 2**20
N = 300

COLUMNS = "source,org,team,cycle,objective,key_result,metric,baseline,target,unit,initiative,owner"
DATED = "team,cycle,kr_id,key_result,kind,baseline,target,date,value,zone,confidence_0_10"
ROWS = 40


class Broken(NamedTuple):
    kind: str
    role: str
    data: bytes


def good(n: int = ROWS) -> list[list[str]]:
    return [
        ["", "Org", f"Team {i % 7}", "2024-Q2", f"Objective {i % 9}", f"Key result {i}", "", "1",
         str(i + 2), "%", "", ""]
        for i in range(n)
    ]  # fmt: skip


def dated() -> list[list[str]]:
    return [
        [f"Team {i % 7}", "2024-Q2", str(i), f"Key result {i}", "metric", "", "",
         f"2024-05-{i % 28 + 1:02}", str(i), "", "5"]
        for i in range(ROWS)
    ]  # fmt: skip


def lines(header: str, rows: list[list[str]]) -> bytes:
    return "\r\n".join([header, *(",".join(row) for row in rows), ""]).encode()


def with_cell(column: str, text: str) -> Callable[[random.Random], bytes]:
    """One cell of the list says this, unquoted."""

    def make(dice: random.Random) -> bytes:
        rows = good()
        rows[dice.randrange(ROWS)][COLUMNS.split(",").index(column)] = text
        return lines(COLUMNS, rows)

    return make


def with_number(column: str, text: str) -> Callable[[random.Random], bytes]:
    def make(dice: random.Random) -> bytes:
        rows = dated()
        rows[dice.randrange(ROWS)][DATED.split(",").index(column)] = text
        return lines(DATED, rows)

    return make


def with_bytes(what: bytes) -> Callable[[random.Random], bytes]:
    """These bytes stand somewhere in a row."""

    def make(dice: random.Random) -> bytes:
        data = lines(COLUMNS, good())
        at = dice.randrange(len(COLUMNS) + 3, len(data) - 3)
        return data[:at] + what + data[at:]

    return make


def latin_1(dice: random.Random) -> bytes:
    return with_cell("team", "Zürich")(dice).decode().encode("latin-1")


def utf_16(dice: random.Random) -> bytes:
    return lines(COLUMNS, good(dice.randrange(1, ROWS))).decode().encode("utf-16")


def cut_in_a_letter(dice: random.Random) -> bytes:
    return lines(COLUMNS, good(dice.randrange(1, ROWS))) + "a,b,€".encode()[:-1]


def one_cell_more(dice: random.Random) -> bytes:
    rows = good()
    rows[dice.randrange(ROWS)] += ["more"] * dice.randrange(1, 9)
    return lines(COLUMNS, rows)


def one_cell_less(dice: random.Random) -> bytes:
    rows = good()
    row = dice.randrange(ROWS)
    rows[row] = rows[row][: dice.randrange(1, len(rows[row]))]
    return lines(COLUMNS, rows)


def open_quote(dice: random.Random) -> bytes:
    return with_cell("key_result", '"never closed')(dice)


def after_the_quote(dice: random.Random) -> bytes:
    return with_cell("key_result", '"closed" and on')(dice)


def column_twice(dice: random.Random) -> bytes:
    names = COLUMNS.split(",")
    names[dice.randrange(1, len(names))] = names[0]
    return lines(",".join(names), good())


def column_missing(dice: random.Random) -> bytes:
    name = dice.choice(["team", "cycle", "objective"])
    return lines(COLUMNS.replace(name, f"no_{name}"), good())


def nothing(dice: random.Random) -> bytes:
    return dice.choice([b"", b"\n\n\n", b"\xef\xbb\xbf", b" ", b";;;\n"])


def noise(dice: random.Random) -> bytes:
    return dice.randbytes(dice.randrange(1, 100_000))


def long_cell(dice: random.Random) -> bytes:
    return with_cell("metric", "a" * dice.randrange(20_000, 15 * MEGABYTE))(dice)


def many_rows(dice: random.Random) -> bytes:
    row = ",".join(f"{dice.randrange(10)}" for _column in COLUMNS.split(","))
    return COLUMNS.encode() + f"\n{row}".encode() * (15 * MEGABYTE // (len(row) + 1))


def many_cells(dice: random.Random) -> bytes:
    return COLUMNS.encode() + b"\n" + b"," * dice.randrange(10_000, 15 * MEGABYTE)


def many_errors(dice: random.Random) -> bytes:
    rows = [[str(dice.randrange(10**9)) for _column in range(12)] for _row in range(39_000)]
    for row in rows:
        row[7] = f"x{row[7]}"
    return lines(COLUMNS, rows)


# Workbooks

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="okrs" sheetId="1" r:id="r1"/></sheets></workbook>'
)
BOOK_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def letters(column: int) -> str:
    return chr(ord("A") + column)


def cells(rows: list[list[str]]) -> str:
    return "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{letters(at)}{n}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )


def sheet(data: str, before: str = "", dimension: str = "A1:L41") -> str:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{SHEET}">'
        f'<dimension ref="{dimension}"/><sheetData>{data}</sheetData></worksheet>'
    )


def workbook(worksheet: str, **more: str) -> bytes:
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELATIONS,
        "xl/worksheets/sheet1.xml": worksheet,
    } | more
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def table(n: int = 3) -> list[list[str]]:
    return [COLUMNS.split(","), *good(n)]


def billion_laughs(dice: random.Random) -> bytes:
    depth = dice.randrange(5, 40)
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth)
    )
    rows = table()
    rows[1][4] = f"&l{depth - 1};"
    return workbook(sheet(cells(rows), before=f"<!DOCTYPE x [{entities}]>"))


def quadratic(dice: random.Random) -> bytes:
    rows = table()
    rows[1][4] = "&a;" * dice.randrange(1_000, 30_000)
    return workbook(sheet(cells(rows), before=f'<!DOCTYPE x [<!ENTITY a "{"a" * 30_000}">]>'))


def from_outside(dice: random.Random) -> bytes:
    """An entity that stands in a file of the server."""
    rows = table()
    rows[1][4] = "&f;"
    entity = dice.choice(["file:///etc/passwd", "file:///dev/zero", "http://127.0.0.1:9/x"])
    return workbook(sheet(cells(rows), before=f'<!DOCTYPE x [<!ENTITY f SYSTEM "{entity}">]>'))


def zip_bomb(dice: random.Random) -> bytes:
    return workbook(sheet(cells(table()) + " " * dice.randrange(40, 90) * MEGABYTE))


def many_parts(dice: random.Random) -> bytes:
    more = {f"xl/media/{n}.xml": "" for n in range(dice.randrange(300, 3_000))}
    return workbook(sheet(cells(table())), **more)


def formula(dice: random.Random) -> bytes:
    at = dice.choice("EFHI")
    return workbook(
        sheet(
            cells(table())
            + f'<row r="9"><c r="{at}9"><f>1+{dice.randrange(9)}</f><v>3</v></c></row>'
        )
    )


def far_away(dice: random.Random) -> bytes:
    row = dice.choice([10**6, 10**9, 2**63, 10**30, -1])
    column = dice.choice(["A", "XFD", "ZZZ", "ZZZZZZ", "1"])
    return workbook(
        sheet(cells(table()) + f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>')
    )


def broken_xml(dice: random.Random) -> bytes:
    whole = sheet(cells(table()))
    return workbook(whole[: dice.randrange(60, len(whole) - 20)])


def broken_zip(dice: random.Random) -> bytes:
    data = bytearray(workbook(sheet(cells(table(30)))))
    if dice.random() < 0.5:
        return bytes(data[: dice.randrange(5, len(data) - 25)])
    for _hit in range(dice.randrange(20, 60)):
        data[dice.randrange(4, len(data))] = dice.randrange(256)
    return bytes(data)


def part_missing(dice: random.Random) -> bytes:
    name = dice.choice(["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
    return workbook(sheet(cells(table())), **{name: dice.choice(["", "<a/>", "<a>", "\x00"])})


def false_dimension(dice: random.Random) -> bytes:
    """Said to be small, and wrong in a row beyond."""
    rows = table(9)
    rows[dice.randrange(3, 9)][7] = "no number"
    return workbook(sheet(cells(rows), dimension="A1:A1"))


def too_many_workbook_cells(dice: random.Random) -> bytes:
    n = dice.randrange(30_000, 39_000)
    return workbook(sheet("".join(f'<row r="{r}"><c r="L{r}"/></row>' for r in range(1, n))))


def odd_number(dice: random.Random) -> bytes:
    number = dice.choice(["1e999", "NaN", "9" * 5_000, "0x10", "--1"])
    return workbook(
        sheet(cells(table()) + f'<row r="9">{_beside(9)}<c r="I9"><v>{number}</v></c></row>')
    )


def many_sheets(dice: random.Random) -> bytes:
    """All of them the same part."""
    more = "".join(
        f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>'
        for n in range(2, dice.randrange(500, 9_000))
    )
    book = BOOK.replace("</sheets>", f"{more}</sheets>")
    return workbook(sheet(cells(table())), **{"xl/workbook.xml": book})


def many_merged_cells(dice: random.Random) -> bytes:
    """Packed so badly that no ratio tells."""
    merged = "".join(
        f'<mergeCell ref="A{n}:B{n}" x="{dice.randbytes(4).hex()}"/>' for n in range(100_000)
    )
    return workbook(sheet(cells(table())).replace("</sheetData>", f"</sheetData>{merged}"))


def many_styles(dice: random.Random) -> bytes:
    styles = "".join(f'<xf numFmtId="{dice.randrange(10**6)}"/>' for _n in range(100_000))
    whole = f'<styleSheet xmlns="{SHEET}"><cellXfs>{styles}</cellXfs></styleSheet>'
    return workbook(sheet(cells(table())), **{"xl/styles.xml": whole})


def many_strings(dice: random.Random) -> bytes:
    """Of which no cell asks for one."""
    strings = "".join(f"<si><t>{dice.randrange(10**6)}</t></si>" for _n in range(550_000))
    whole = f'<sst xmlns="{SHEET}">{strings}</sst>'
    return workbook(sheet(cells(table())), **{"xl/sharedStrings.xml": whole})


def other_writing(dice: random.Random) -> bytes:
    """Nobody could count its elements without reading them."""
    whole = sheet(cells(table())).replace('"1.0"', '"1.0" encoding="cp037"')
    return workbook(whole + " " * dice.randrange(9))


def said_index(dice: random.Random) -> bytes:
    """Of a shared string that is not there."""
    index = dice.choice(["-5", "9" * 30, "x", "1e9", ""])
    return workbook(
        sheet(cells(table()) + f'<row r="9">{_beside(9)}<c r="H9" t="s"><v>{index}</v></c></row>')
    )


def no_value(dice: random.Random) -> bytes:
    """What a formula or a switch leaves behind where a number was."""
    kind, value = dice.choice([("e", "#REF!"), ("b", "1"), ("d", "2024-99-99"), ("e", "#DIV/0!")])
    cell = f'<c r="I9" t="{kind}"><v>{value}</v></c>'
    return workbook(sheet(cells(table()) + f'<row r="9">{_beside(9)}{cell}</row>'))


def deep_xml(dice: random.Random) -> bytes:
    return workbook(sheet(cells(table()) + "<x>" * dice.randrange(30_000, 49_000)))


def zip_and_more(dice: random.Random) -> bytes:
    return workbook(sheet(cells(table()))) + b"PK" * dice.randrange(40_000, 90_000)


def empty_lines(dice: random.Random) -> bytes:
    return lines(COLUMNS, good()) + b"\n" * 10**6 + b"x"


def quote_on_each_line(dice: random.Random) -> bytes:
    return COLUMNS.encode() + b"\n" + b'"\n' * (5 * MEGABYTE)


def two_headers(dice: random.Random) -> bytes:
    rows = good()
    rows.insert(dice.randrange(ROWS), COLUMNS.split(","))
    return lines(COLUMNS, rows)


def another_letter(dice: random.Random) -> bytes:
    """A column whose name looks right: Cyrillic, full width, or with something unseen in it."""
    name = dice.choice(["\u043ebjective", "\uff4fbjective", "ob\u200bjective", "\u00adobjective"])
    return lines(COLUMNS.replace("objective", name), good())


def one_ring(dice: random.Random) -> bytes:
    """Of teams, each below the next."""
    n = dice.randrange(28_000, 32_000)
    rows = [["2024-Q2", f"Team {i}", f"Team {(i + 1) % n}"] for i in range(n)]
    return lines("cycle,team,parent_team", rows)


def ends_first(dice: random.Random) -> bytes:
    rows = [["2024-Q2", "2024-04-01", f"2024-03-{dice.randrange(1, 31):02}"]]
    return lines("cycle,starts,ends", rows)


def _beside(n: int) -> str:
    return "".join(
        f'<c r="{at}{n}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in [("C", "T"), ("D", "2024"), ("E", "O"), ("F", "K")]
    )


LIST: dict[str, Callable[[random.Random], bytes]] = {
    "latin-1": latin_1,
    "utf-16": utf_16,
    "cut in a letter": cut_in_a_letter,
    "a byte that is none": with_bytes(b"\xff"),
    "a cell more": one_cell_more,
    "a cell less": one_cell_less,
    "a quote that stays open": open_quote,
    "more after the quote": after_the_quote,
    "NUL": with_bytes(b"\x00"),
    "a bell": with_bytes(b"\x07"),
    "right-to-left mark": with_bytes("\u200f".encode()),
    "right-to-left override": with_bytes("\u202e".encode()),
    "a column twice": column_twice,
    "a column missing": column_missing,
    "nothing": nothing,
    "noise": noise,
    "2^63": with_cell("target", str(2**63)),
    "10^400": with_cell("baseline", "1" + "0" * 400),
    "1e400": with_cell("baseline", "1e400"),
    "no number": with_cell("target", "=A1+B1"),
    "no objective": with_cell("objective", ""),
    "no team": with_cell("team", " "),
    "a long title": with_cell("objective", "long " * 200),
    "cycle of the year 0": with_cell("cycle", "0000-Q1"),
    "cycle of the year 9999": with_cell("cycle", "9999-Q4"),
    "a long cell": long_cell,
    "many rows": many_rows,
    "many cells": many_cells,
    "many errors": many_errors,
    "billion laughs": billion_laughs,
    "quadratic blow-up": quadratic,
    "an entity from outside": from_outside,
    "zip bomb": zip_bomb,
    "many parts": many_parts,
    "formula": formula,
    "a cell far away": far_away,
    "broken XML": broken_xml,
    "broken zip": broken_zip,
    "a part missing": part_missing,
    "a false dimension": false_dimension,
    "many cells of a workbook": too_many_workbook_cells,
    "an odd number": odd_number,
    "many sheets": many_sheets,
    "many merged cells": many_merged_cells,
    "many styles": many_styles,
    "many strings": many_strings,
    "another writing": other_writing,
    "a string that is not there": said_index,
    "no value": no_value,
    "deep XML": deep_xml,
    "more after the zip": zip_and_more,
    "a million empty lines": empty_lines,
    "a quote on each line": quote_on_each_line,
    "two headers": two_headers,
    "another letter": another_letter,
    "a lone surrogate": with_bytes(b"\xed\xa0\x80"),
    "a letter that is too long": with_bytes(b"\xc0\xaf"),
    "a command": with_cell("target", "@SUM(1)*cmd|' /C calc'!A0"),
    "nothing to see": with_cell("objective", "\u200b\ufeff"),
    "accents without end": with_cell("objective", "a" + "\u0301" * 100_000),
    "an exponent without end": with_cell("target", "0e999999999"),
    "other digits": with_cell("target", "\u0663"),
}
MEASUREMENTS: dict[str, Callable[[random.Random], bytes]] = {
    "a day of the year 0": with_number("date", "0000-05-01"),
    "a day of the year 9999": with_number("date", "9999-12-31"),
    "a day that is none": with_number("date", "2024-02-30"),
    "a value of 2^63": with_number("value", str(2**63)),
    "a day of other digits": with_number("date", "\u0662\u0660\u0662\u0664-05-01"),
    "the 31st of February": with_number("date", "31.02.2024"),
    "a value that is none": with_number("value", "sNaN123"),
    "a value without end": with_number("value", "-Infinity"),
    "a value next to nothing": with_number("value", "1e-400"),
    "an unknown zone": with_number("zone", "SOSO"),
    "a confidence of 11": with_number("confidence_0_10", "11"),
    "a confidence of 10^30": with_number("confidence_0_10", "1" + "0" * 30),
    "an unknown key result": with_number("key_result", "Who?"),
}


def all_broken() -> Iterator[Broken]:
    kinds = [(kind, "okrs", make) for kind, make in LIST.items()]
    kinds += [(kind, "measurements", make) for kind, make in MEASUREMENTS.items()]
    kinds += [
        ("a ring of teams", "tree", one_ring),
        ("an end before its start", "cycles", ends_first),
    ]
    for n in range(N):
        kind, role, make = kinds[n % len(kinds)]
        yield Broken(kind, role, make(random.Random(n)))


def beside(role: str, data: bytes) -> dict[str, tuple[str, bytes]]:
    files = {"okrs": ("okrs.csv", lines(COLUMNS, good()))}
    return files | {role: ("broken", data)}


def peak() -> float:
    """The most room this process has taken, in MB. (ru_maxrss would begin with that of the
    process which started this one.)"""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def main() -> None:
    from apps.exchange import planner, reader
    from apps.exchange.plan import Team, World

    room = int(sys.argv[1]) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    for line in sys.stdin:
        role, name = line.split()
        started = time.perf_counter()
        sheets = reader.read(beside(role, Path(name).read_bytes()))
        slugs = {name: name for name in planner.names_of(sheets, "cycle")}
        world = World(Team("Org", pk=1), date(2026, 11, 20), slugs=slugs)
        errors = planner.plan(sheets, world).errors
        seconds = time.perf_counter() - started
        codes = sorted({error.code for error in errors})
        print(json.dumps({"seconds": seconds, "peak": peak(), "codes": codes}), flush=True)


if __name__ == "__main__":
    main()
