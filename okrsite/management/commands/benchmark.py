"""Build an organisation in a database of its own, measure its pages, and drop it again.

The database lies beside the configured one, which is not touched.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from apps.organisation.models import Organisation
from okrsite.benchmark.measuring import Measured, measure
from okrsite.benchmark.organisation import build
from okrsite.benchmark.pages import pages
from okrsite.benchmark.rush import NAME, Rush, rush
from okrsite.benchmark.size import SIZES
from okrsite.management.commands.demo import database_running

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument("--json", action="store_true", help="say everything as JSON")
        parser.add_argument("--requests", type=int, default=30, help="timed ones of each page")
        parser.add_argument("--page", help="only pages whose name contains this")
        parser.add_argument("--keep", action="store_true", help="leave the database there")

    def handle(
        self, *, size: str, requests: int, page: str | None, keep: bool, **options: Any
    ) -> None:
        if requests < 2:
            raise CommandError("A median needs at least two requests of each page.")
        # File names with a hash exist only after collectstatic.
        storages = settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN}}
        with (
            override_settings(ROOT_URLCONF="okrsite.benchmark.urls", STORAGES=storages),
            database_running(settings.EMBEDDED_POSTGRES),
            database_of_its_own(size, keep=keep),
        ):
            begun, now = perf_counter(), timezone.now()
            self.stderr.write(f"Building the {size} organisation …")
            rows = build(SIZES[size], now=now, tell=self.tell)
            seconds = perf_counter() - begun
            self.stderr.write(f"Built in {seconds:.1f} s. Measuring …")
            wanted = [
                found
                for found in pages(Organisation.objects.get().today(now))
                if page is None or page in found.name
            ]
            results = []
            for found in wanted:
                self.stderr.write(f"  {found.name} …")
                results.append(measure(found, requests=requests))
            rushed = None
            if page is None or page in NAME:
                self.stderr.write(f"  {NAME} …")
                rushed = rush(Organisation.objects.get().today(now))
        if options["json"]:
            pages_told = [asdict(result) for result in results]
            told = {"size": size, "rows": rows, "built_in_seconds": seconds, "pages": pages_told,
                    "rush": rushed and asdict(rushed)}  # fmt: skip
            self.stdout.write(json.dumps(told, indent=2))
        else:
            self.stdout.write(table(results))
            if rushed:
                self.stdout.write(told_of(rushed))

    def tell(self, rows: int, what: str, seconds: float) -> None:
        self.stderr.write(f"  {rows:>8,} {what} ({seconds:.1f} s)")


@contextmanager
def database_of_its_own(size: str, *, keep: bool) -> Iterator[None]:
    """As Django makes the one for tests: made, migrated, and dropped whatever happens."""
    configured = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{configured}_benchmark_{size}"
    with redirect_stdout(sys.stderr):  # what is said on the way is no result
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(configured, verbosity=0, keepdb=keep)


def told_of(rush: Rush) -> str:
    return (
        f"\n{rush.teams} teams at once, from {rush.clients} clients over HTTP: forms read in "
        f"{rush.reading:.1f} s, sent in {rush.seconds:.1f} s; an answer took {rush.median:.0f} ms "
        f"(median), 99 % within {rush.at_99_percent:.0f} ms; {rush.errors} errors, "
        f"{rush.check_ins} check-ins and {rush.numbers_written} of {rush.numbers_sent} numbers "
        "written."
    )


def table(results: list[Measured]) -> str:
    heads = ["median", "95 %", "queries", "KB", "KB gzip", "raw SQL", "empty", "÷ raw SQL"]
    lines = [f"{'milliseconds':<20}" + "".join(f"{head:>10}" for head in heads)]
    for found in results:
        figures = [
            f"{found.median:.1f}", f"{found.at_95_percent:.1f}", f"{found.queries}",
            f"{found.bytes_raw / 1000:.1f}", f"{found.bytes_compressed / 1000:.1f}",
            f"{found.of_sql:.1f}", f"{found.of_nothing:.1f}",
            f"{found.median / found.of_sql:.1f}",
        ]  # fmt: skip
        lines.append(f"{found.page:<20}" + "".join(f"{figure:>10}" for figure in figures))
    return "\n".join(lines)
