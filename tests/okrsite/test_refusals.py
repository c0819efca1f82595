"""What people read when they are refused, or when something broke."""

import pytest
from django.template.loader import render_to_string

from tests.okrsite.test_styles import TEMPLATES

# None of these tests may use the database: the page for our own fault must not need it.

REFUSALS = [template for template in TEMPLATES if template.stem[:3] in ("403", "404", "429", "500")]


def test_our_own_fault_is_said_without_a_request_and_without_the_database():
    assert "Something broke on our side" in render_to_string("500.html")


@pytest.mark.parametrize("template", REFUSALS, ids=lambda template: template.name)
def test_htmx_finds_the_words_of_a_refusal(template):
    """base.html swaps the element of this id into #problem."""
    assert template.read_text().count('id="said"') == 1
