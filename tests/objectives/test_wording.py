import pytest

from apps.objectives.wording import reads_like_output

OUTPUTS = """
Build a cart-reminder tool
Launch the new returns page
Integrate Amazon sign-in
The new checkout is released
Hire a second designer
Warenkorb-Erinnerung einführen
Neues Retourenportal ist ausgerollt
Die Schulungen sind durchgeführt
Amazon-Anmeldung anbinden.
"""
OUTCOMES = """
Checkout conversion rate
Average customer satisfaction above 8
Payments that fail
Ship 95% of orders on the promised day
Shoppers satisfied with their return
Builders who come back within 30 days
Anteil pünktlicher Lieferungen
Kundinnen, die nach 90 Tagen wieder kaufen
Zahlungen, die scheitern, von 4,2 % auf 1,8 % senken
"""


@pytest.mark.parametrize("title", OUTPUTS.strip().splitlines())
def test_what_is_true_once_the_work_is_done_is_asked_about(title):
    assert reads_like_output(title)


@pytest.mark.parametrize("title", OUTCOMES.strip().splitlines())
def test_an_outcome_is_left_in_peace(title):
    assert not reads_like_output(title)


@pytest.mark.parametrize("title", ["", " ", "ist " * 40, "x" * 160, "–"])
def test_nonsense_is_no_output(title):
    assert not reads_like_output(title)
