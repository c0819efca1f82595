"""The pages of goals ask the database as often for five rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.objectives import actions
from tests.factories import NOW, UserFactory
from tests.objectives.making import make_key_result, make_open

pytestmark = pytest.mark.django_db

MOST = 12


def filled(team, cycle, leader, rows):
    people = tuple(UserFactory(works_in=team) for _n in range(rows + 1))
    objective = make_open(team, cycle, by=leader, people=people)
    for n in range(rows):
        make_key_result(objective, by=leader, title=f"Key result {n}", different=True)
        actions.give_input(objective, unclear=f"Why {n}?", by=people[n], now=NOW)
        actions.set_constraint(
            objective=objective, sentence=f"Not {n}", reason="So.", by=leader, now=NOW
        )
    actions.give_input(objective, unclear="And then?", by=leader, now=NOW)
    return objective


@pytest.mark.parametrize("verb", ["", "commit/", "give-input/", "ask/", "edit/"])
def test_a_page_asks_as_often_for_one_row_as_for_five(visit, team, cycle, leader, verb):
    visitor = visit(leader)
    counts = []
    for rows in [1, 5]:
        objective = filled(team, cycle, leader, rows)
        url = f"/objectives/{objective.pk}/{verb}" if verb else objective.get_absolute_url()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert visitor.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST, [query["sql"][:120] for query in queries]


def test_an_answer_redraws_with_the_same_number_of_queries(visit, team, cycle, leader):
    visitor = visit(leader)
    counts = []
    for rows in [1, 5]:
        objective = filled(team, cycle, leader, rows)
        given = objective.inputs.first()
        typed = {"answer": "adopted", "answer_text": "Yes.", "version": 1}
        with CaptureQueriesContext(connection) as queries:
            assert visitor.send(f"/inputs/{given.pk}/answer/", typed, htmx=True).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
