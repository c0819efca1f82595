import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.organisation.permissions import ALLOWED, Do
from apps.organisation.standing import Relation

COLUMNS = {
    "anyone signed in": Relation.SIGNED_IN,
    "member of the team": Relation.MEMBER,
    "leader of the team": Relation.LEADER,
    "above": Relation.ABOVE,
    "administrator": Relation.ADMINISTRATOR,
}


class Command(BaseCommand):
    help = "Prints who may do what: the one table that every page asks. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", action="store_true", help="with commas, for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [("action", *COLUMNS)] + [
            (do, *("+" if relation & ALLOWED[do] else "" for relation in COLUMNS.values()))
            for do in Do
        ]
        if options["csv"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(rows)
            return
        for action, *cells in rows:
            self.stdout.write(f"{action:26}" + "".join(f"{cell:^20}" for cell in cells).rstrip())
