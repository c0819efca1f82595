from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_migrate

pytestmark = pytest.mark.django_db


def lock_timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def test_a_migration_does_not_wait_for_ever_while_others_work() -> None:
    seen: list[str] = []

    def look(**kwargs: Any) -> None:
        seen.append(lock_timeout())

    pre_migrate.connect(look)
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(look)
    assert set(seen) == {"5s"}
    assert lock_timeout() == "0"
