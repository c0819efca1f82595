"""Lines of a blended list: split from whatever was pasted, and told apart. Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.exchange.unblend import Kind, Why, sort
from apps.exchange.unblend_split import Part, split

STORY = """Create a world-class checkout experience
Checkout conversion from 52 to 65%
Build a shopping-cart reminder tool by November
Kundenzufriedenheitsbefragungsergebnisse verbessern
Launch Amazon sign-in so that guests don’t need a password
5 blog posts about payment safety"""


def kinds(text, **options):
    return [line.kind for line in sort(text, **options)]


def texts(text, **options):
    return [line.text for line in split(text, **options)]


def test_the_story_is_told_apart():
    assert kinds(STORY) == [
        Kind.OBJECTIVE, Kind.KEY_RESULT, Kind.INITIATIVE, Kind.NOT_SURE, Kind.INITIATIVE,
        Kind.INITIATIVE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pasted",
    [
        "NPS 45",
        "  - NPS 45  ",
        "* **NPS 45**",
        "• NPS 45",
        "•NPS 45",
        "1. NPS 45",
        "1.2.3) NPS 45",
        "a) NPS 45",
        "(2) NPS 45",
        "- [x] NPS 45",
        "☐ NPS 45",
        "## NPS 45",
        "KR1: NPS 45",
        "KR 2.1 – NPS 45",
        "KR1 NPS 45",
        "Key result 3: NPS 45",
        "Schlüsselergebnis 1: NPS 45",
        "\ufeffNPS 45\r\n",
        "\u202eNPS\x00 45",
        "– NPS 45",
        "\n\n---\nNPS 45\n===\n",
    ],
)
def test_marks_around_a_line_are_taken_off(pasted):
    assert texts(pasted) == ["NPS 45"]


@pytest.mark.parametrize(
    "pasted",
    [
        "3 new regions",
        "Projekt 3 starten",
        "Action-packed onboarding",
        "Ergebnis verbessern",
        "5. Quartal",
        "o2 contract signed",
        "Tasks done per week: 5",
        "2.5 days to decide",
        "e-mail answered within a day",
    ],
)
def test_words_that_look_like_marks_stay(pasted):
    assert pasted.split(". ")[-1] in texts(pasted)[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_end_as_any_machine_ends_them(end):
    assert texts(f"NPS 45{end}{end}Churn 2 %") == ["NPS 45", "Churn 2 %"]


def test_a_part_names_the_lines_below_it():
    lines = split("Objectives:\nBe loved\nInitiativen:\n- Newsletter\nKey Results\nNPS 45")
    assert [(line.text, line.called) for line in lines] == [
        ("Be loved", Part.OBJECTIVE),
        ("Newsletter", Part.INITIATIVE),
        ("NPS 45", Part.KEY_RESULT),
    ]


def test_what_a_list_calls_a_key_result_counts_for_nothing():
    assert kinds("KR3: Build a cart-reminder tool") == [Kind.INITIATIVE]


def test_what_a_list_calls_an_objective_or_an_initiative_is_one():
    lines = sort("O1: NPS 45\nInitiative: NPS 45")
    assert [line.kind for line in lines] == [Kind.OBJECTIVE, Kind.INITIATIVE]
    assert {line.why for line in lines} == {Why.CALLED}


def test_a_line_with_others_below_it_and_no_number_is_an_objective():
    lines = sort("Shoppers come back\n\tNPS 45\nRetouren gelingen\n  - Shop bauen")
    assert [line.kind for line in lines] == [
        Kind.OBJECTIVE, Kind.KEY_RESULT, Kind.OBJECTIVE, Kind.INITIATIVE,
    ]  # fmt: skip


def test_a_headline_above_an_objective_is_none():
    lines = sort("# OKRs, fourth quarter\n## Objective 1: Be loved\n- NPS 45")
    assert [line.kind for line in lines] == [Kind.NOT_SURE, Kind.OBJECTIVE, Kind.KEY_RESULT]


def test_a_table_from_a_spreadsheet():
    rows = (
        "Objective\tKey Result\tBaseline\tTarget\tOwner\n"
        "Be loved\tNPS\t20\t45\tInes\n"
        "Be loved\tBuild an app\t\t\t\n"
        "\tChurn\t5 %\t2 %\t\n"
    )
    assert texts(rows) == ["Be loved", "NPS · 20 → 45 · Ines", "Build an app", "Churn · 5 % → 2 %"]
    assert kinds(rows) == [Kind.OBJECTIVE, Kind.KEY_RESULT, Kind.INITIATIVE, Kind.KEY_RESULT]


def test_a_table_without_known_names_gives_a_line_a_cell():
    assert texts("Conversion\t52\t65\t%\nBuild an app\tTom\n") == [
        "Conversion 52 65 %", "Build an app", "Tom",
    ]  # fmt: skip


def test_a_table_in_markdown():
    rows = "| Ziel | Schlüsselergebnis |\n|---|:--|\n| Wachsen | Umsatz von 1.200,5 auf 2.000 € |"
    assert texts(rows) == ["Wachsen", "Umsatz von 1.200,5 auf 2.000 €"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_file_with_commas_semicolons_or_tabs(mark):
    file = f'Ziel{mark}Ergebnis\nWachsen{mark}"Umsatz{mark} netto, von 4 auf 5 Mio."\n'
    assert texts(file, is_table=True) == ["Wachsen", f"Umsatz{mark} netto, von 4 auf 5 Mio."]


def test_commas_in_prose_make_no_table():
    assert texts("One, two\nThree, four") == ["One, two", "Three, four"]


def test_numbers_of_a_line_are_read():
    line = sort("Checkout conversion from 52 to 65%")[0]
    assert (line.judgement.figures.baseline, line.judgement.figures.target) == (52, 65)


WORD = st.text("abcdefgäöü", min_size=2, max_size=8)


@given(st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=20),
       st.sampled_from(["", "- ", "* ", "1. ", "\t", "    • ", "[ ] ", "KR1: "]),
       st.sampled_from(["\n", "\r\n", "\n\n"]))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_no_line_is_lost_whatever_stands_before_it(lines, mark, end):
    assert texts(end.join(mark + line for line in lines)) == lines


@given(st.text(max_size=300), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_is_split_and_no_letter_is_lost(text, is_table):
    said = "".join(line.text for line in split(text, is_table=is_table))
    assert len(said) <= 3 * len(text) + 3
    assert len(sort(text, is_table=is_table)) == len(split(text, is_table=is_table))


def test_ten_thousand_characters_on_a_line_and_on_many():
    assert len(sort("a" * 10_000)) == 1
    assert len(sort("Build a tool\n" * 2_000)) == 2_000
