"""Django's migrate, which here gives up rather than hold up everyone who is at work."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

# A migration that waits for a lock makes everything after it wait, too.
PATIENCE = "5s"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [PATIENCE])
            try:
                super().handle(*args, **options)
            finally:
                cursor.execute("RESET lock_timeout")
