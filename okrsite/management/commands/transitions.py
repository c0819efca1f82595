import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.organisation.machines import Transition, machines

COLUMNS = ("object", "from", "verb", "to", "what it demands")


class Command(BaseCommand):
    help = "Prints what may become what, of every object that has states. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", action="store_true", help="with commas, for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [transition for machine in machines() for transition in machine.transitions]
        rows: list[tuple[str, ...] | Transition] = [COLUMNS, *found]
        if options["csv"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(rows)
            return
        for thing, origin, verb, to, demands in rows:
            self.stdout.write(f"{thing:28}{origin:12}{verb:16}{to:12}{demands}")
