import errno
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event, Thread
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from okrsite.embedded_postgres import Cluster, Refusal

ADDRESS = "127.0.0.1"
START_AFRESH = multiprocessing.get_context("spawn")
PATIENCE = 5  # seconds, for a worker to finish what it does
PAUSE = 1  # seconds, before a worker that ended is followed by another


class Command(BaseCommand):
    help = "Runs the example organisation on this machine, until Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo runs only where the setting DEMO is on.")
        for ending in (signal.SIGTERM, signal.SIGHUP):  # like Ctrl-C, also before the server runs
            signal.signal(ending, signal.default_int_handler)
        refuse_taken_port(settings.PORT)
        try:
            with database_running(settings.EMBEDDED_POSTGRES) as started_here:
                self.prepare()
                with worker_running(started_here):
                    self.serve(settings.PORT)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OperationalError as failure:
            raise CommandError(
                f"The database does not answer: {str(failure).splitlines()[0]}"
            ) from None
        except KeyboardInterrupt:
            pass

    def prepare(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_example", stdout=self.stdout)
        connection.close()
        if static_files_changed():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)

    def serve(self, port: int) -> None:
        server = DemoServer(
            settings.WSGI_APPLICATION,
            ADDRESS,
            port,
            interface=Interfaces.WSGI,
            workers=2,
            blocking_threads=4,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=1,  # browsers keep connections open that nobody waits for
        )
        server.on_startup(Thread(target=self.tell_when_ready, args=[port], daemon=True).start)
        server.serve(target_loader=load_application, wrap_loader=False)

    def tell_when_ready(self, port: int) -> None:
        while answer_at(port) != 0:
            time.sleep(0.05)
        self.stdout.write(f"\nBearing runs at http://{ADDRESS}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()


class DemoServer(MPServer):
    def signal_handler_reload(self, *args: Any) -> None:
        """A closed terminal ends the demo, and is no wish to reload."""
        self.signal_handler_interrupt()


@contextmanager
def worker_running(database: Cluster | None) -> Iterator[None]:
    """Beside the web server; a worker that was killed is followed by another. database: what it
    stops where the demo itself was killed and can't."""
    is_over = Event()
    worker: SpawnProcess | None = None

    def keep_working() -> None:
        while not is_over.is_set():
            nonlocal worker
            worker = START_AFRESH.Process(target=work, args=[database], daemon=True)
            worker.start()
            worker.join()
            is_over.wait(PAUSE)

    keeper = Thread(target=keep_working, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        if worker:
            worker.terminate()
            keeper.join(PATIENCE)
            worker.kill()  # nothing is lost by that


def work(database: Cluster | None) -> None:
    for ending in (signal.SIGINT, signal.SIGHUP):  # the demo says when
        signal.signal(ending, signal.SIG_IGN)
    Thread(target=end_after_parent, args=[database], daemon=True).start()
    django.setup()
    call_command("worker")


def end_after_parent(database: Cluster | None) -> None:
    """Only a killed demo ends before its worker does."""
    await_end_of_parent()
    if database:
        database.stop()
    os.kill(os.getpid(), signal.SIGKILL)  # nothing is lost by that


def load_application() -> WSGIHandler:
    Thread(target=end_with_parent, daemon=True).start()
    return get_wsgi_application()


def end_with_parent() -> None:
    """A worker whose server was killed would hold the port for ever."""
    await_end_of_parent()
    os.kill(os.getpid(), signal.SIGTERM)


def await_end_of_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent  # noqa: S101
    parent.join()


@contextmanager
def database_running(database: Cluster | None) -> Iterator[Cluster | None]:
    """Stops at the end only what was started here, which it hands on; DATABASE_URL's server is
    nobody's to stop."""
    was_asleep = False
    try:
        was_asleep = database is not None and database.start()
        yield database if was_asleep else None
    finally:
        if database and was_asleep:
            database.stop()


def answer_at(port: int) -> int:
    with socket.socket() as visitor:
        return visitor.connect_ex((ADDRESS, port))


def refuse_taken_port(port: int) -> None:
    """The web server itself would share a port with another of this person's demos."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as failure:
            reason = "is taken" if failure.errno == errno.EADDRINUSE else "cannot be used"
            raise CommandError(
                f"Port {port} {reason}: choose another, for example PORT=8010 make demo."
            ) from None


def static_files_changed() -> bool:
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not collected.exists():
        return True
    sources = (
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    return max(source.stat().st_mtime for source in sources) > collected.stat().st_mtime
