"""Worker, database and web processes are killed while they work: nothing that was put is lost,
and what a mail server accepted twice is at most one mail for each kill.

Real processes, and a server of its own with every write made safe.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings

from okrsite.embedded_postgres import Cluster
from tests.notices.mail_server import MailServer, mail_server

A_ROUND = 12
BEGUN = 5  # so many of a round have gone out when something is killed
PATIENCE = 120  # seconds, for a busy machine
# Puts mails to addresses, each in a transaction with the deed that gives the reason for it.
PUT = """
import sys, django; django.setup()
from django.db import transaction
from django.utils import timezone
from apps.organisation import outbox
from apps.organisation.models import Organisation, Team
root, organisation = Team.objects.get(parent=None), Organisation.objects.get()
for n in range(int(sys.argv[2])):
    name, now = f"{sys.argv[1]}-{n}", timezone.now()
    with transaction.atomic():
        Team.objects.create(name=name, slug=name, parent=root, ancestor_ids=[root.pk])
        outbox.put("password.unknown", to=[f"{name}@example.org"], about=organisation, now=now)
    print(n, flush=True)
"""
FOUND = """
import django; django.setup()
from apps.organisation.actions import found
found(name="Lindenmarkt", email="hanna@example.org", person="Hanna Weiss")
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("postgres"))
    cluster.start()
    run(cluster, "manage.py", "migrate", "-v0")
    run(cluster, "-c", FOUND)
    yield cluster
    cluster.stop(signal.SIGQUIT)


def environment(cluster: Cluster, mails: MailServer | None = None) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "DEMO": "on", "DATABASE_URL": cluster.url(),
        "EMAIL_URL": mails.url if mails else "dummymail://", "DJANGO_SETTINGS_MODULE":
        "okrsite.settings", "PYTHONPATH": str(settings.BASE_DIR),
    }  # fmt: skip


def run(cluster: Cluster, *command: str, mails: MailServer | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment(cluster, mails),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def working(cluster: Cluster, mails: MailServer) -> Iterator["subprocess.Popen[bytes]"]:
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=settings.BASE_DIR,
        env=environment(cluster, mails), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def put(cluster: Cluster, name: str, n: int = A_ROUND) -> None:
    assert len(run(cluster, "-c", PUT, name, str(n)).split()) == n


def send_the_rest(cluster: Cluster, mails: MailServer) -> None:
    """As the next tries would, some minutes later."""
    with psycopg.connect(cluster.url()) as connection:  # the clock of these tests stands still
        [(later,)] = connection.execute("SELECT now() + interval '15 minutes'").fetchall()
    run(cluster, "manage.py", "run_due", "--now", later.isoformat(), mails=mails)


def count(cluster: Cluster, condition: str) -> int:
    with psycopg.connect(cluster.url()) as connection:
        asked = f"SELECT count(*) FROM organisation_outboxmessage WHERE {condition}"  # noqa: S608
        [(n,)] = connection.execute(asked).fetchall()  # type: ignore[arg-type]
    return n


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def empty(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("DELETE FROM organisation_outboxmessage")


def assert_none_lost(cluster: Cluster, mails: MailServer, *, put: int, kills: int) -> None:
    assert count(cluster, "sent_at IS NOT NULL") == put
    assert len(mails.accepted) == put
    assert put <= mails.accepted.total() <= put + kills
    assert all(len(ids) == 1 for ids in mails.ids.values())  # a twin can be told from a second mail


def test_a_worker_that_is_killed_while_it_sends_loses_none(cluster: Cluster) -> None:
    empty(cluster)
    kills = 2
    with mail_server(seconds_a_mail=0.05) as mails:
        for n in range(kills):
            put(cluster, f"worker{n}")
            with working(cluster, mails) as worker:
                mails.await_mails(n * A_ROUND + BEGUN - n)
                worker.send_signal(signal.SIGKILL)
                worker.wait()
        assert mails.accepted.total() < kills * A_ROUND  # it was killed in the midst of it
        send_the_rest(cluster, mails)
        assert_none_lost(cluster, mails, put=kills * A_ROUND, kills=kills)


def test_a_database_that_is_killed_while_mails_go_out_loses_none(cluster: Cluster) -> None:
    """And the worker finds it again by itself."""
    empty(cluster)
    with mail_server(seconds_a_mail=0.05) as mails:
        put(cluster, "before")
        with working(cluster, mails) as worker:
            mails.await_mails(BEGUN)
            pid = cluster.pid()
            assert pid
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: cluster.pid() is None)
            cluster.start()
            put(cluster, "after")
            mails.await_mails(A_ROUND + BEGUN)
            assert worker.poll() is None
            worker.terminate()
            assert worker.wait(timeout=PATIENCE) == 0
        send_the_rest(cluster, mails)
        assert_none_lost(cluster, mails, put=2 * A_ROUND, kills=1)


def test_a_deed_and_its_mail_are_stored_together_or_not_at_all(cluster: Cluster) -> None:
    """The process that writes is killed, as a web server may be; what it has said stands."""
    empty(cluster)
    kills = 2
    said = 0
    for n in range(kills):
        writer = subprocess.Popen(
            [sys.executable, "-c", PUT, f"web{n}", "100000"], cwd=settings.BASE_DIR,
            env=environment(cluster), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert writer.stdout
        for _line in range(A_ROUND):
            writer.stdout.readline()
            said += 1
        writer.kill()
        said += len(writer.stdout.read().split("\n")) - 1
        writer.wait()
    with psycopg.connect(cluster.url()) as connection:
        asked = "SELECT count(*) FROM organisation_team WHERE name LIKE 'web%'"
        [(deeds,)] = connection.execute(asked).fetchall()
    mails = count(cluster, "address LIKE 'web%'")
    assert said >= kills * A_ROUND
    assert deeds == mails
    assert said <= mails <= said + kills


def test_two_workers_send_nothing_twice(cluster: Cluster) -> None:
    empty(cluster)
    with mail_server(seconds_a_mail=0.02) as mails:
        put(cluster, "two", 2 * A_ROUND)
        with working(cluster, mails), working(cluster, mails):
            put(cluster, "more")  # wakes the other one, too
            mails.await_mails(3 * A_ROUND)
            wait_until(lambda: count(cluster, "sent_at IS NOT NULL") == 3 * A_ROUND)
        send_the_rest(cluster, mails)
        assert_none_lost(cluster, mails, put=3 * A_ROUND, kills=0)
