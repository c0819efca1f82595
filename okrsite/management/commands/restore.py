from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from apps.organisation.models import Organisation
from okrsite import backup
from okrsite.embedded_postgres import Refusal
from okrsite.integrity import RULES, broken
from okrsite.management.commands.demo import database_running


class Command(BaseCommand):
    help = "Reads a backup into an empty database; --verify only tries it, in one of its own."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--verify", action="store_true", help="change nothing, try it only")

    def handle(self, *, file: Path, verify: bool, **options: Any) -> None:
        try:
            with database_running(settings.EMBEDDED_POSTGRES):
                if verify:
                    self.verify(file)
                else:
                    backup.restore(file)
                    rows = sum(backup.count_rows().values())
                    self.stdout.write(f"Restored {rows:,} rows. Now run manage.py migrate.")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OperationalError as failure:
            told = str(failure).splitlines()[0]
            raise CommandError(f"The database does not answer: {told}") from None

    def verify(self, file: Path) -> None:
        with backup.scratch_database():
            backup.restore(file)
            counts = backup.count_rows()
            known = set(MigrationLoader(connection).disk_migrations)
            if later := backup.migrations_from_later(known):
                raise Refusal(f"{file} is of a newer Bearing: this one lacks {', '.join(later)}.")
            call_command("migrate", verbosity=0)  # the rules are asked of today's tables
            organisation = Organisation.objects.first()
            if organisation is None:
                raise Refusal(f"{file} can be restored, and there is no organisation in it.")
            found = broken(organisation, now=timezone.now())
        for table, rows in counts.items():
            self.stdout.write(f"{rows:>10,} {table}")
        if found:
            first = found[0]
            raise CommandError(
                f"{file} can be restored, but {len(found)} rows break a rule. "
                f"The first: {first.table} {first.id} {first.what}."
            )
        self.stdout.write(
            f"{file} can be restored: {organisation}, {sum(counts.values()):,} rows in "
            f"{len(counts)} tables, {len(RULES) + 1} rules hold."
        )
