"""Bytes to rows: no database, no Django, every problem with its place."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from apps.exchange import reader
from apps.exchange.guard import guard, unguard
from apps.exchange.notation import read_cycle, read_day, read_figure, read_stages
from apps.exchange.problems import Code
from apps.objectives.figures import NumberError
from tests.exchange.making import told

HEADER = "team,cycle,objective,key_result,target"


def read(data, name="list.csv"):
    return reader.read({"okrs": (name, data)})["okrs"]


def workbook(*rows, title="okrs"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_same_rows_however_they_are_written(delimiter, mark, end):
    lines = [HEADER, "Zürich,2024-Q2,Größe,🙂,5", 'B,2024-Q2,"a, b; c ""d""",x,']
    if delimiter == ";":
        lines = [HEADER.replace(",", ";"), "Zürich;2024-Q2;Größe;🙂;5",
                 'B;2024-Q2;"a, b; c ""d""";x;']  # fmt: skip
    sheet = read(mark + end.join([*lines, ""]).encode())
    assert not sheet.problems
    assert [(row.number, row["team"], row["objective"]) for row in sheet.rows] == [
        (2, "Zürich", "Größe"), (3, "B", 'a, b; c "d"'),
    ]  # fmt: skip
    assert sheet.rows[0]["owner"] == ""  # a column that is not there


def test_rows_are_counted_as_a_spreadsheet_does():
    sheet = read(f'{HEADER}\n\nA,2024,"two\nlines",x,\n,,,,\nB,2024,o,x,\n'.encode())
    assert [row.number for row in sheet.rows] == [3, 5]


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (f"{HEADER}\nA,2024,Ä,x,\n".encode("latin-1"), [(Code.ENCODING, 2, "")]),
        (f"{HEADER}\nA,2024,o,x\n".encode(), [(Code.CELLS_TOO_FEW, 2, "")]),
        (f"{HEADER}\nA,2024,o,x,1,2\nB,2,o,x,1,2\n".encode(),
         [(Code.CELLS_TOO_MANY, 2, ""), (Code.CELLS_TOO_MANY, 3, "")]),
        (b"team,cycle,Objective,OBJECTIVE\n", [(Code.COLUMN_TWICE, 1, "objective")]),
        (b"team,okr\n", [(Code.COLUMN_UNKNOWN, 1, "okr"), (Code.COLUMN_MISSING, 1, "cycle"),
                         (Code.COLUMN_MISSING, 1, "objective")]),
        (f"{HEADER}\nA\x00,2024,o,x,\n".encode(), [(Code.CHARACTER, 2, "team")]),
        (f"{HEADER}\nA,2024,o\u200f,\u202ex,\n".encode(),
         [(Code.CHARACTER, 2, "objective"), (Code.CHARACTER, 2, "key_result")]),
        (f'{HEADER}\nA,2024,"o,x,\n'.encode(), [(Code.QUOTES, 2, "")]),
        (f"{HEADER}\nA,2024,{'o' * 10_001},x,\n".encode(), [(Code.CELL_TOO_LONG, 2, "objective")]),
        (b"", [(Code.EMPTY, 0, "")]),
        (b"PK\x03\x04 no workbook", [(Code.BROKEN_WORKBOOK, 0, "")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(data, problems):
    assert told(read(data).problems) == problems


def test_an_encoding_error_names_the_byte():
    data = f"{HEADER}\nA,2024,Zürich,x,\nB,2024,Köln,x,\n".encode("latin-1")
    first, second = read(data).problems
    assert (first.row, first.about["byte"], first.found) == (2, data.index(b"\xfc") + 1, "0xfc")
    assert (second.row, second.found) == (3, "0xf6")


def test_what_stood_there_is_shown_in_a_line():
    problem = read(f"{HEADER}\nA,2024,{'x' * 200}\x00\u202e,x,\n".encode()).problems[0]
    assert problem.found == "x" * 80 + "…"
    assert (
        read(f"{HEADER}\nA,2024,a\x00\u202e,x,\n".encode()).problems[0].found == "a\\u0000\\u202e"
    )


def test_a_workbook_says_the_same_as_a_text_file():
    sheet = read(
        workbook(
            HEADER.split(","),
            ["A", "2024-Q2", "o", "x", 0.1 + 0.2],
            [],
            ["B", 2024, "o", date(2024, 5, 6), 65],
            ["C", "2024", "o", "x"],
        )
    )
    assert not sheet.problems
    assert [(row.number, row["cycle"], row["key_result"], row["target"]) for row in sheet.rows] == [
        (2, "2024-Q2", "x", "0.3"), (4, "2024", "2024-05-06", "65"), (5, "2024", "x", ""),
    ]  # fmt: skip


def test_formulas_are_not_calculated_and_text_may_look_like_one():
    book = Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["A", "2024", "o", "x", "=1+1"])
    book.active.append(["A", "2024", "o", "=SUM", 1])
    book.active["D3"].data_type = "s"
    data = io.BytesIO()
    book.save(data)
    sheet = read(data.getvalue())
    assert told(sheet.problems) == [(Code.FORMULA, 2, "target")]
    assert sheet.rows[1]["key_result"] == "=SUM"


def test_one_workbook_may_hold_all_four_sheets():
    book = Workbook()
    book.active.title = "Tree"
    book.active.append(["team", "parent_team"])
    book.create_sheet("okrs").append(HEADER.split(","))
    data = io.BytesIO()
    book.save(data)
    sheets = reader.read({"okrs": ("all.xlsx", data.getvalue())})
    assert {name: sheet.file for name, sheet in sheets.items()} == {
        "okrs": "all.xlsx", "tree": "all.xlsx · tree",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("delimiter", "numbers", "language"),
    [(",", ["77.225"], "en"), (";", ["77.225", "0.4"], "en"), (";", ["77,225", "0.4"], "de")],
)
def test_the_comma_is_the_decimal_mark_where_semicolons_part_the_fields(
    delimiter, numbers, language
):
    rows = [HEADER, *(f"A,2024,o,x{n},@{number}" for n, number in enumerate(numbers))]
    text = "\n".join(row.replace(",", delimiter, 4) for row in rows).replace("@", "")
    assert read(text.encode()).language == language


@pytest.mark.parametrize(
    ("text", "number", "is_rounded"),
    [("77.225", "77.225", False), ("-85", "-85", False), ("1,200", "1200", False),
     ("5 %", "5", False), ("0.33333333", "0.333333", True)],
)  # fmt: skip
def test_numbers(text, number, is_rounded):
    assert read_figure(text, "en") == (Decimal(number), is_rounded)


@pytest.mark.parametrize("text", ["many", "1e9", "NaN", "Infinity", "0x1", "--1", "٣", "9" * 15])
def test_what_is_no_number(text):
    with pytest.raises(NumberError):
        read_figure(text, "en")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024-04-16", date(2024, 4, 16)), ("16.4.2024", date(2024, 4, 16)), ("2024-02-30", None),
     ("0000-01-01", None), ("9999-12-31", None), ("4/16/2024", None), ("16.04.24", None)],
)  # fmt: skip
def test_days(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("name", "starts", "ends", "is_guessed"),
    [
        ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30), False),
        ("2024 q4", date(2024, 10, 1), date(2024, 12, 31), False),
        ("Q1 2024", date(2024, 1, 1), date(2024, 3, 31), False),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), False),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), False),
        ("FY20-Q4", date(2020, 10, 1), date(2020, 12, 31), True),
        ("FY2021", date(2021, 1, 1), date(2021, 12, 31), True),
    ],
)
def test_cycles_whose_names_say_their_days(name, starts, ends, is_guessed):
    assert read_cycle(name) == (starts, ends, is_guessed)


@pytest.mark.parametrize("name", ["", "Spring", "20-Q4", "2024-Q5", "2024-H3", "0000", "9999-Q1"])
def test_cycles_whose_names_do_not(name):
    assert read_cycle(name) is None


def test_stages():
    assert read_stages("Commit: a | Target: b: c | Stretch: d | e") == ("a", "b: c", "d | e")
    assert read_stages("Commit: a | Target: b") is None


@pytest.mark.parametrize(
    ("text", "guarded"),
    [("=1", "'=1"), ("+1", "'+1"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
     ("'=1", "''=1"), ("it's", "it's"), ("'x", "'x"), ("", ""), ("a=1", "a=1")],
)  # fmt: skip
def test_the_guard_goes_on_and_comes_off(text, guarded):
    assert guard(text) == guarded
    assert unguard(guarded) == text


def test_what_cannot_be_seen_does_not_go_out():
    assert guard("a\x00b\u202ec\x07") == "abc"
