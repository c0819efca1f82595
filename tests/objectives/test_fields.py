from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from apps.objectives.fields import NumberField


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "1,171.5", "1171.5"),
        ("de", "1.171,5", "1171.5"),
        ("en", "56.4 %", "56.4"),
        ("de", "56,4 %", "56.4"),
        ("de", "−3", "-3"),
    ],
)
def test_a_number_is_read_in_the_language_of_the_person(language, text, number):
    with override(language):
        assert NumberField().clean(text) == Decimal(number)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (NumberField(), "", "Enter a number, like 56.4."),
        (NumberField(example=Decimal("7.6")), "good", "This must be a number, like 7.6."),
        (NumberField(), "\x00", "This must be a number, like 56.4."),
        (NumberField(), "1" * 41, "This is too long for a number. Enter one like 56.4."),
        (NumberField(), "1" * 15, "Use at most 14 digits"),
        (NumberField(decimals=1), "1.25", "Use at most 1 decimal, like 56.4."),
        (NumberField(decimals=2), "1.255", "Use at most 2 decimals, like 56.4."),
        (NumberField(decimals=0), "1.5", "Enter a whole number, like 56."),
    ],
)
def test_an_error_is_a_sentence_with_an_example(field, text, sentence):
    with override("en"), pytest.raises(ValidationError) as refused:
        field.clean(text)
    assert sentence in refused.value.messages[0]


def test_the_example_is_written_as_the_person_writes():
    with override("de"), pytest.raises(ValidationError) as refused:
        NumberField().clean("?")
    assert "56,4" in refused.value.messages[0]


def test_nothing_typed_is_none_where_nothing_is_needed():
    assert NumberField(required=False).clean("  ") is None
    assert NumberField(required=False).clean(None) is None


class WeighForm(forms.Form):
    weight = NumberField(initial=Decimal("1171.500000"))


def test_a_stored_number_is_shown_in_the_persons_notation_and_a_typed_one_as_typed():
    with override("de"):
        assert 'value="1.171,5"' in str(WeighForm()["weight"])
        refused = WeighForm({"weight": "1.171,5 kg"})
        assert not refused.is_valid()
        assert 'value="1.171,5 kg"' in str(refused["weight"])
