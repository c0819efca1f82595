"""Two imports at the same time, and an import beside what ends its right or its place."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from apps.exchange.actions import Impossible, import_list, prepare_import
from apps.objectives.models import KeyResult, Objective
from apps.organisation import actions as people
from tests.exchange.making import ROW, files
from tests.factories import NOW, UserFactory, bring

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(act: Callable[[], Any]) -> Any:
    """On a connection of its own, as another request has."""
    try:
        return act()
    finally:
        connection.close()


def prepared(by, **change):
    rows = [ROW | {"key_result": "Orders"} | change, ROW | {"key_result": "Visits"} | change]
    return prepare_import(files(okrs=rows), by=by, now=NOW)


def test_two_imports_of_one_list_add_it_once(administrator):
    other = UserFactory(is_administrator=True)
    runs = [(prepared(person), person) for person in [administrator, other]]
    with ThreadPoolExecutor(2) as pool:
        tasks = [
            pool.submit(elsewhere, lambda run=run, by=by: import_list(run, by=by, now=NOW))
            for run, by in runs
        ]
        added = [task.result(timeout=20).counts["key_results"] for task in tasks]
    assert sorted(added) == [0, 2]
    assert Objective.objects.count() == 1
    assert KeyResult.objects.count() == 2


def test_an_administrator_who_goes_meanwhile_imports_nothing(administrator):
    other, run = UserFactory(is_administrator=True), prepared(administrator)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        people.deactivate_person(administrator, by=other, now=NOW)
        task = pool.submit(elsewhere, lambda: import_list(run, by=administrator, now=NOW))
        with pytest.raises(TimeoutError):
            task.result(timeout=0.3)  # it waits for what is decided here
    with pytest.raises(PermissionDenied):
        task.result(timeout=20)
    assert not Objective.objects.exists()


def test_a_cycle_that_closes_meanwhile_takes_nothing(administrator, cycle):
    run = prepared(administrator, cycle=cycle.name)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        bring(cycle, "closed")
        task = pool.submit(elsewhere, lambda: import_list(run, by=administrator, now=NOW))
        with pytest.raises(TimeoutError):
            task.result(timeout=0.3)
    with pytest.raises(Impossible):
        task.result(timeout=20)
    assert not Objective.objects.exists()
