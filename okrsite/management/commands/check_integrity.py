"""Look for rows that break what must hold, and name each; exit 1 if there is one."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.organisation.models import Organisation
from okrsite.integrity import RULES, broken


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=1000, help="so many rows are named")

    def handle(self, *, most: int, **options: Any) -> None:
        organisation = Organisation.objects.first()
        if organisation is None:
            raise CommandError("There is no organisation yet: manage.py found_organisation first.")
        found = broken(organisation, now=timezone.now())
        for row in found[:most]:
            self.stdout.write(f"{row.table} {row.id} {row.what}")
        if found[most:]:
            self.stdout.write(f"… and {len(found) - most} more")
        if found:
            self.stdout.write(f"{len(found)} broken")
            sys.exit(1)
        self.stdout.write(f"Everything holds: {len(RULES) + 1} rules.")
