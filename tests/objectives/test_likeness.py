import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.objectives.likeness import nearly_the_same

ALIKE = [
    ("Checkout conversion rate", "Conversion rate of the checkout"),
    ("Checkout conversion rate", "Increase the checkout conversion to 65 %"),
    ("Number of parcels that come back", "Parcels that come back"),
    ("Patients seen within 30 minutes", "Share of patients seen within 20 minutes"),
    ("Satisfaction of customers", "Customer satisfaction"),
    ("Zufriedenheit der Kunden", "Kundenzufriedenheit"),
    ("Anteil pünktlicher Lieferungen", "Pünktliche Lieferungen in Prozent"),
    ("Zufriedenheit unserer Mitarbeitenden", "Mitarbeitendenzufriedenheit"),
]
DIFFERENT = [
    ("Satisfaction of sellers", "Satisfaction of buyers"),
    ("Parcels that arrive on time in Berlin", "Parcels that arrive on time in Munich"),
    ("Checkout conversion rate on phones", "Checkout conversion rate on desks"),
    ("Time to first answer", "Time to last answer"),
    ("Zufriedenheit der Kundinnen", "Zufriedenheit der Lieferanten"),
    ("Offene Stellen", "Besetzte Stellen"),
    ("> 65 %", "< 20 %"),
    ("", "Customer satisfaction"),
    ("Rate", "Share"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_word_order_small_words_and_numbers_make_no_difference(one, other):
    assert nearly_the_same(one, other)
    assert nearly_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_thing_that_is_measured_is_another_key_result(one, other):
    assert not nearly_the_same(one, other)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_compared_either_way(one, other):
    assert nearly_the_same(one, other) is nearly_the_same(other, one)
