from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from okrsite.backup import back_up
from okrsite.embedded_postgres import Refusal
from okrsite.management.commands.demo import database_running


class Command(BaseCommand):
    help = "Writes the whole database to one new file, while people go on working."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with database_running(settings.EMBEDDED_POSTGRES):
                back_up(file)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OperationalError as failure:
            told = str(failure).splitlines()[0]
            raise CommandError(f"The database does not answer: {told}") from None
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes. Try it: restore --verify.")
