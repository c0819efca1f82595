"""Runs what nobody asks for: mails, reminders, digests, cleaning. Until Ctrl-C, or a SIGTERM."""

import asyncio
import logging
import time
from typing import Any

import psycopg
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

logger = logging.getLogger("apps.notices.worker")

PATIENCE = 2  # seconds, before it looks again for a database that went away


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
                    asyncio.run(work())
            except (ConnectorException, psycopg.OperationalError) as failure:
                logger.warning("The database does not answer, trying again: %s", failure)
                time.sleep(PATIENCE)
            except KeyboardInterrupt:
                return
            else:
                return


async def work() -> None:
    """Ends when it is asked to stop. Two at once: a password waits for no thousand reminders."""
    async with app.open_async():
        await app.run_worker_async(
            concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=10
        )
