"""A closed cycle is read-only: no verb, sent by whoever may use it, changes a row of it."""

from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from apps.objectives.models import Cycle
from tests.conftest import Visitor
from tests.everywhere.reading import Page
from tests.everywhere.table import ADDRESSES
from tests.everywhere.world import World, build
from tests.factories import NOW, bring

pytestmark = pytest.mark.django_db

GOALS = "SELECT id FROM objectives_objective WHERE cycle_id = ANY(%(cycles)s)"
KEY_RESULTS = f"SELECT id FROM objectives_keyresult WHERE objective_id IN ({GOALS})"  # noqa: S608
# By the column that says so, a row belongs to a cycle; so a table that is new is covered, too.
BELONGS = {
    "cycle_id": "cycle_id = ANY(%(cycles)s)",
    "objective_id": f"objective_id IN ({GOALS})",
    "key_result_id": f"key_result_id IN ({KEY_RESULTS})",
    # Of check-ins: every cycle that their week lies in is closed here.
    "week": "TRUE",
}
# A team's means live on: it links them to a goal of the next cycle, pauses, kills, finishes them.
# A meeting about it can still be held to its end, and what was decided is carried out after it.
LIVES_ON = {
    "initiatives_initiativelink",
    "checkins_reviewmeeting",
    "checkins_reviewedkeyresult",
    "checkins_decision",
}
# What belongs to no cycle: the post, what was pasted to be sorted, a team's holidays.
NO_MATTER = {"organisation_outboxmessage", "exchange_unblendedlist", "checkins_weekoff"}


@pytest.fixture(scope="module")
def closed(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The world of the walk, after the end of every cycle in it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        world = build()
        for cycle in Cycle.objects.all():
            bring(cycle, Cycle.State.CLOSED)
        yield world
        transaction.set_rollback(True)


def of_closed_cycles(cycles: list[int]) -> dict[str, str]:
    """A digest of each table's rows that belong to one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = ANY(%s)",
            [list(BELONGS)],
        )
        found = {}
        for table, column in cursor.fetchall():
            if table in LIVES_ON | NO_MATTER:
                continue
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"  # noqa: S608
                f" WHERE {BELONGS[column]}",
                {"cycles": cycles},
            )
            found[f"{table}.{column}"] = cursor.fetchone()[0]
        return found


def test_the_digest_sees_goals_values_words_and_check_ins(closed: World) -> None:
    seen = of_closed_cycles([closed.cycle.pk, closed.past_cycle.pk])
    for rows in [
        "objectives_objective.cycle_id", "objectives_keyresult.objective_id",
        "objectives_measurement.key_result_id", "objectives_input.objective_id",
        "objectives_review.objective_id", "checkins_checkin.week",
    ]:  # fmt: skip
        assert seen[rows], rows


@pytest.mark.parametrize(
    "address", [pytest.param(a, id=a.name) for a in ADDRESSES if a.post and not a.open_door]
)
def test_no_verb_changes_a_row_of_it(closed, address):
    cycles = list(Cycle.objects.values_list("pk", flat=True))
    url, before = address.url(closed), of_closed_cycles(cycles)
    for who in sorted(address.post):
        visitor = Visitor(closed.people[who])
        page = visitor.get(url)
        typed = {"version": "1", "once": visitor.new_key(url)} | address.typed(closed)
        if page.status_code == 200 and b"<form" in page.content:
            typed |= _drawn(page.content.decode(), url) | address.typed(closed)
        assert visitor.post(url, typed).status_code < 500
        assert of_closed_cycles(cycles) == before


def _drawn(page: str, url: str) -> dict[str, str]:
    """What stands in its form; nothing where the page offers none any more."""
    try:
        return Page(page).form_for(url)
    except AssertionError:
        return {}
