"""Runs what nobody asks for: mails, reminders, digests, cleaning. Until Ctrl-C, or a SIGTERM."""

import asyncio
import logging
import signal
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
        while not runs_to_its_end():
            logger.warning("The database went away. Looking again in %d seconds.", PATIENCE)
            time.sleep(PATIENCE)


def runs_to_its_end() -> bool:
    """False where it did not stop because somebody wanted that."""
    try:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            return asyncio.run(work())
    except (ConnectorException, psycopg.OperationalError):
        return False


async def work() -> bool:
    """Until it is asked to stop, which it returns; or until the database is gone."""
    loop, is_asked = asyncio.get_running_loop(), asyncio.Event()
    async with app.open_async():
        running = asyncio.create_task(
            app.run_worker_async(install_signal_handlers=False, delete_jobs="successful")
        )

        def stop() -> None:
            is_asked.set()
            running.cancel()  # what is under way is finished first

        for ending in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(ending, stop)
        try:
            await running
        except asyncio.CancelledError:
            pass
    return is_asked.is_set()
