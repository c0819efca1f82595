"""What may become what: nothing else is possible, by page, by htmx and in the database."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection, models, transaction

from apps.initiatives.models import Initiative, InitiativeMove
from apps.organisation.machines import Machine, machines
from apps.organisation.permissions import Do
from tests.conftest import Visitor
from tests.everywhere.table import ADDRESSES
from tests.everywhere.world import World, build
from tests.factories import NOW
from tests.initiatives.making import make_in_each_state

pytestmark = pytest.mark.django_db
KEPT = [machine for machine in machines() if machine.field]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


def test_all_of_them_are_printed():
    printed = StringIO()
    call_command("transitions", "--csv", stdout=printed)
    rows = list(csv.reader(StringIO(printed.getvalue())))
    assert rows[0] == ["object", "from", "verb", "to", "what it demands"]
    assert ["initiative", "active", "kill", "killed", "a reason and a learning"] in rows
    assert ["initiative", "killed"] not in [row[:2] for row in rows]  # an end is final
    assert all(thing and verb and to and demands for thing, _origin, verb, to, demands in rows)
    assert len({tuple(row[:3]) for row in rows}) == len(rows)
    readable = StringIO()
    call_command("transitions", stdout=readable)
    assert len(readable.getvalue().splitlines()) == len(rows)


def test_each_state_that_a_model_knows_is_told_of():
    for machine in KEPT:
        field = machine.model._meta.get_field(machine.field)
        choices = {str(value) for value, _word in field.choices}
        untold = choices - set(machine.states)
        assert untold <= {"lapsed"}, machine.thing  # comes of itself, and is never stored


def test_no_state_of_the_product_is_left_out():
    """A field of choices named state or status belongs to a machine."""
    known = {(machine.model, machine.field) for machine in KEPT}
    ours = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    for model in ours:
        for name in ("state", "status"):
            field = next((f for f in model._meta.concrete_fields if f.name == name), None)
            if field is not None and field.choices:
                assert (model, name) in known, model


def steps(machine: Machine) -> set[tuple[str, str]]:
    return {(step.origin, step.to) for step in machine.transitions}


def any_row(model: type[models.Model]) -> int:
    found = model._base_manager.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        pytest.skip(f"the small organisation has no {model.__name__}")
    return found


@pytest.mark.parametrize("machine", KEPT, ids=lambda machine: machine.thing)
def test_the_database_takes_no_other_step(world, machine):
    """Whatever else a row says: with its CHECKs out of the way, only the step itself decides."""
    model, field = machine.model, machine.field
    table, pk = model._meta.db_table, any_row(model)
    states = [str(v) for v, _word in model._meta.get_field(field).choices if v in machine.states]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint.name}")
        for origin in states:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"UPDATE {table} SET {field} = %s WHERE id = %s", [origin, pk])  # noqa: S608
            cursor.execute("SET LOCAL session_replication_role = origin")
            for to in states:
                may = (origin, to) in steps(machine) or origin == to
                update = f"UPDATE {table} SET {field} = %s WHERE id = %s"  # noqa: S608
                if may:
                    with transaction.atomic():
                        cursor.execute(update, [to, pk])
                        assert cursor.rowcount == 1
                        transaction.set_rollback(True)
                else:
                    with pytest.raises(ProgrammingError), transaction.atomic():
                        cursor.execute(update, [to, pk])


VERBS = ("take_over", "start", "pause", "resume", "swap", "kill", "finish", "decline")
STATES = ("suggested", "proposed", "active", "paused", "done", "killed", "swapped", "declined")
BY_NAME = {address.name: address for address in ADDRESSES}


def leads_on(state: str, verb: str) -> bool:
    if verb == "take_over":
        return state == "suggested"
    origins, _to = next(m for m in KEPT if m.thing == "initiative").moves[verb]
    return ("proposed" if state == "suggested" else state) in origins


def test_each_verb_of_an_initiative_has_its_address_and_its_right():
    for verb in VERBS:
        assert f"initiatives:{verb}" in BY_NAME
        assert f"initiative.{verb}" in set(Do)


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_no_page_takes_an_initiative_another_way(world, htmx):
    member, neighbour = world.people["member"], world.people["neighbour"]
    made = make_in_each_state(world.team, member, neighbour, world.key_result)
    visitor = Visitor(member)
    refused = 0
    for state in STATES:
        initiative = made[state]
        for verb in VERBS:
            if leads_on(state, verb):
                continue
            url = f"/initiatives/{initiative.pk}/{verb.replace('_', '-')}/"
            typed = BY_NAME[f"initiatives:{verb}"].typed(world) | {"version": initiative.version}
            if verb == "swap":
                typed |= {"successor": "new", "title": "Another"}
            before = list(Initiative.objects.filter(pk=initiative.pk).values())
            moves = InitiativeMove.objects.count()
            response = visitor.send(url, typed, htmx=htmx)
            assert response.status_code == 422, (state, verb)
            words = response.content.decode()
            assert "an end is final" in words or "this can’t be done any more" in words
            assert list(Initiative.objects.filter(pk=initiative.pk).values()) == before
            assert InitiativeMove.objects.count() == moves
            refused += 1
    assert refused == 48
