from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.figures import NumberError, read_number, write_number, write_value

NO_BREAK_SPACE, NARROW, MINUS = "\u00a0", "\u202f", "\u2212"
storable = st.decimals("-99999999999999", "99999999999999", places=6)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("56", "56"),
        ("56.4", "56.4"),
        ("56,4", "56.4"),
        (" 56.4 % ", "56.4"),
        ("2 pp", "2"),
        ("€57.60", "57.60"),
        (f"57,60{NO_BREAK_SPACE}€", "57.60"),
        ("+1.5", "1.5"),
        ("-1.5", "-1.5"),
        (f"{MINUS}1,5", "-1.5"),
        (f"{MINUS}€5", "-5"),
        ("€ -5", "-5"),
        ("-0", "0"),
        (".5", "0.5"),
        ("007", "7"),
        ("0.500", "0.5"),  # nobody groups a nought
        ("0,500", "0.5"),
        ("1 200", "1200"),
        (f"1{NO_BREAK_SPACE}200", "1200"),
        (f"1{NARROW}200,5", "1200.5"),
        ("1'200.5", "1200.5"),
        ("1’200,5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1,200.5", "1200.5"),
        ("1,234.567", "1234.567"),
        ("1.234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1234,567", "1234.567"),  # not a group: four digits before it
        ("1,2345", "1.2345"),
        ("99999999999999.999999", "99999999999999.999999"),
    ],
)
def test_numbers_that_read_one_way(language, text, number):
    assert read_number(text, language) == D(number)


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1.200", "1.2", "1200"),
        ("1,200", "1200", "1.2"),
        ("-12.345 %", "-12.345", "-12345"),
        ("999,999", "999999", "999.999"),
    ],
)
def test_the_language_decides_where_both_notations_make_sense(text, english, german):
    assert read_number(text, "en") == D(english)
    assert read_number(text, "de") == D(german)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("9" * 10_000, "too-long"),
        ("about 56", "not-a-number"),
        ("56 4", "not-a-number"),
        ("5.", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("1,200,5", "not-a-number"),
        ("1'200,300.5", "not-a-number"),
        ("12,34,567", "not-a-number"),
        ("+-5", "not-a-number"),
        ("--5", "not-a-number"),
        ("5-", "not-a-number"),
        ("1e3", "not-a-number"),
        ("0x10", "not-a-number"),
        ("1_000", "not-a-number"),
        ("NaN", "not-a-number"),
        ("Infinity", "not-a-number"),
        ("-∞", "not-a-number"),
        ("٥٦", "not-a-number"),
        ("５６", "not-a-number"),
        ("56\x00", "not-a-number"),
        ("5\n6", "not-a-number"),
        ("½", "not-a-number"),
        ("%", "not-a-number"),
        ("123456789012345", "too-large"),
        ("1.2345678", "too-many-decimals"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(language, text, code):
    with pytest.raises(NumberError) as refused:
        read_number(text, language)
    assert refused.value.code == code


def test_a_whole_number_may_be_asked_for():
    assert read_number("7", "en", decimals=0) == 7
    with pytest.raises(NumberError) as refused:
        read_number("7.5", "en", decimals=0)
    assert refused.value.code == "too-many-decimals"


@given(st.text(max_size=60), st.sampled_from(["en", "de"]))
def test_any_text_is_read_or_refused_and_never_breaks(text, language):
    try:
        number = read_number(text, language)
    except NumberError:
        return
    assert number.is_finite()
    assert abs(number) < 10**14


@pytest.mark.parametrize(
    ("value", "decimals", "english", "german"),
    [
        ("56.4", 1, "56.4", "56,4"),
        ("65.000000", 1, "65", "65"),
        ("56.45", 1, "56.5", "56,5"),
        ("0.05", 1, "0.1", "0,1"),
        ("100", 0, "100", "100"),
        ("1170.8", 0, "1,171", "1.171"),
        ("1234567.25", 2, "1,234,567.25", "1.234.567,25"),
        ("-2.5", 1, f"{MINUS}2.5", f"{MINUS}2,5"),
        ("-0.04", 1, "0", "0"),
    ],
)
def test_a_number_is_rounded_as_it_is_written(value, decimals, english, german):
    assert write_number(D(value), decimals, "en") == english
    assert write_number(D(value), decimals, "de") == german


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "english", "german"),
    [
        ("56.4", "%", 1, "56.4%", f"56,4{NO_BREAK_SPACE}%"),
        ("57.6", "€", 2, "€57.60", f"57,60{NO_BREAK_SPACE}€"),
        ("-1200", "€", 0, f"{MINUS}€1,200", f"{MINUS}1.200{NO_BREAK_SPACE}€"),
        ("7.5", "of 10", 1, "7.5 of 10", "7,5 of 10"),
        ("64", "", 0, "64", "64"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, decimals, english, german):
    assert write_value(D(value), unit, decimals, "en") == english
    assert write_value(D(value), unit, decimals, "de") == german


@given(storable, st.sampled_from(["en", "de"]))
def test_what_is_written_reads_as_the_same_number(value, language):
    assert read_number(write_number(value, 6, language), language) == value


@given(storable, st.sampled_from(["en", "de"]), st.sampled_from(["%", "€", ""]))
def test_so_it_does_with_its_unit(value, language, unit):
    assert read_number(write_value(value, unit, 6, language), language) == value
