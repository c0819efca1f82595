"""Sixty key results on one objective: the page stays readable, and as cheap."""

import gzip
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import KeyResultFactory

pytestmark = pytest.mark.django_db
MOST = 60 * 1024


def test_sixty_key_results_cost_no_more_queries_than_one(
    visit, objective, key_result, team, leader
):
    visitor = visit(leader)
    with CaptureQueriesContext(connection) as one:
        visitor.get(objective.get_absolute_url())
    for n in range(59):
        KeyResultFactory(
            objective=objective, team=team, title=f"Figure {n} " + "Ü" * 180,
            baseline=Decimal("-99999999999999"), target=Decimal("99999999999999"),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = visitor.get(objective.get_absolute_url())
    assert len(many) == len(one) <= 12
    assert page.content.decode().count("Ü" * 180) >= 59
    assert len(gzip.compress(page.content)) <= MOST
