import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from okrsite.embedded_postgres import Cluster, Refusal, find_binaries


class Command(BaseCommand):
    help = "Starts and stops this folder's own PostgreSQL, used where DATABASE_URL is not set."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = ("start", "stop", "status", "url", "psql", "reset")
        parser.add_argument("verb", choices=verbs, help="reset deletes everything in it")
        parser.add_argument("rest", nargs="*", help="for psql, after --")

    def handle(self, *args: Any, verb: str, rest: list[str], **options: Any) -> None:
        server: Cluster | None = settings.EMBEDDED_POSTGRES
        if server is None:
            raise CommandError("DATABASE_URL names a server that is not this folder's own.")
        try:
            getattr(self, verb)(server, rest)
        except (Refusal, psycopg.Error) as refusal:
            raise CommandError(str(refusal)) from None

    def start(self, server: Cluster, rest: list[str]) -> None:
        self.stdout.write("started" if server.start() else "was running")

    def stop(self, server: Cluster, rest: list[str]) -> None:
        self.stdout.write("stopped" if server.stop() else "was not running")

    def status(self, server: Cluster, rest: list[str]) -> None:
        if (pid := server.pid()) is None:
            raise CommandError("not running", returncode=3)
        self.stdout.write(f"running, process {pid}")

    def url(self, server: Cluster, rest: list[str]) -> None:
        self.stdout.write(server.url())

    def psql(self, server: Cluster, rest: list[str]) -> None:
        server.start()
        psql = find_binaries()[0] / "psql"
        os.execv(psql, ["psql", server.url(), *rest])  # noqa: S606

    def reset(self, server: Cluster, rest: list[str]) -> None:
        server.reset()
        self.stdout.write("deleted; db start makes it anew")
