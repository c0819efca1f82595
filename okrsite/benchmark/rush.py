"""Friday, ten to five: many teams send their check-in at once, over HTTP, to a server of its own.

It listens on 127.0.0.1 only, takes a minute at most, and ends with the run.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from statistics import median, quantiles
from threading import Thread
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from apps.checkins.cadence import monday
from apps.checkins.models import CheckIn, KeyResultReport
from apps.organisation.models import TeamGrant, User

NAME = "check-ins at once"
ADDRESS = "127.0.0.1"
TEAMS, CLIENTS, SECONDS = 500, 20, 60


class Sending(NamedTuple):
    url: str
    session: str


@dataclass(frozen=True)
class Rush:
    """Milliseconds until each form was answered. An error is any other answer than the one to a
    form that was taken, or a team that found no time; what was sent must be there as rows."""

    teams: int
    clients: int
    seconds: float
    median: float
    at_99_percent: float
    errors: int
    check_ins: int
    numbers_sent: int
    numbers_written: int


class Sender:
    """One of them: takes the next team, reads its form, sends it, until none is left."""

    def __init__(self, port: int, waiting: "SimpleQueue[Sending]", until: float) -> None:
        self.port, self.waiting, self.until = port, waiting, until
        self.http = HTTPConnection(ADDRESS, port, timeout=30)
        self.times: list[float] = []
        self.errors = self.numbers = 0

    def run(self) -> None:
        while perf_counter() < self.until:
            try:
                self.send(self.waiting.get_nowait())
            except Empty:
                break
        self.http.close()

    def send(self, sending: Sending) -> None:
        cookie = f"session-{self.port}={sending.session}"
        status, page, token = self.ask("GET", sending.url, cookie)
        hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
        typed = {name: unescape(value) for name, value in hidden}
        asked = sorted(set(re.findall(r'name="value-(\d+)"', page)))
        for n, pk in enumerate(asked):
            typed |= {f"value-{pk}": f"{56 + n / 10:.1f}", f"confidence-{pk}": "7"}
        begun = perf_counter()
        sent, _page, _token = self.ask("POST", sending.url, f"{cookie}; {token}", typed)
        self.times.append((perf_counter() - begun) * 1000)
        self.numbers += len(asked)
        if (status, sent) != (200, 302):
            self.errors += 1
            print(f"{sending.url}: {status}, {sent}", file=sys.stderr)

    def ask(
        self, method: str, url: str, cookie: str, typed: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, page, and the cookie of the form's token."""
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.http.request(method, url, urlencode(typed or {}), headers)
        answer = self.http.getresponse()
        page = answer.read().decode()
        given = answer.getheader("Set-Cookie") or ""
        token = re.search(rf"csrf-{self.port}=[^;]+", given)
        return answer.status, page, token[0] if token else ""


def rush(today: date) -> Rush:
    sendings = _sendings(today)
    waiting: SimpleQueue[Sending] = SimpleQueue()
    for sending in sendings:
        waiting.put(sending)
    revisions = _rows()
    with server() as port:
        begun = perf_counter()
        clients = [Sender(port, waiting, begun + SECONDS) for _n in range(CLIENTS)]
        threads = [Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = perf_counter() - begun
    times = [took for client in clients for took in client.times]
    written = {name: n - revisions[name] for name, n in _rows().items()}
    return Rush(
        teams=len(sendings),
        clients=CLIENTS,
        seconds=seconds,
        median=median(times),
        at_99_percent=quantiles(times, n=100)[-1],
        errors=sum(client.errors for client in clients) + waiting.qsize(),
        check_ins=written["revisions"],
        numbers_sent=sum(client.numbers for client in clients),
        numbers_written=written["numbers"],
    )


def _rows() -> dict[str, int]:
    return {
        "revisions": CheckIn.objects.aggregate(n=Sum("revision"))["n"] or 0,
        "numbers": KeyResultReport.objects.exclude(measurement=None).count(),
    }


def _sendings(today: date) -> list[Sending]:
    """The leader of each team that has not sent this week's, signed in."""
    leads = (
        TeamGrant.objects.leads()
        .filter(content_object__ancestor_ids__len=3)
        .exclude(content_object__check_ins__week=monday(today))
    )
    pairs = leads.order_by("content_object").values_list("content_object__slug", "user")[:TEAMS]
    people = User.objects.in_bulk({person for _slug, person in pairs})
    sendings = []
    for slug, person in pairs:
        browser = Client()
        browser.force_login(people[person], "apps.organisation.sign_in.SignInBackend")
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        url = reverse("checkins:check_in", args=[slug, monday(today)])
        sendings.append(Sending(url, session))
    return sendings


@contextmanager
def server() -> Iterator[int]:
    """As the demo runs it, on this run's database and with its key, so that the sessions count."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    own = {
        "DEMO": "on", "DEBUG": "off", "ALLOWED_HOSTS": "", "SECRET_KEY": settings.SECRET_KEY,
        "PORT": str(port), "DATABASE_URL": _address(), "EMAIL_URL": "dummymail://",
    }  # fmt: skip
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", ADDRESS, "--port",
        str(port), "--workers", "2", "--blocking-threads", "4", "--no-log",
        "okrsite.benchmark.wsgi:application",
    ]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=os.environ | own, start_new_session=True
    )
    try:
        _await(port)
        yield port
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def _await(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as visitor:
            if visitor.connect_ex((ADDRESS, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server of the rush did not start.")


def _address() -> str:
    at = {name: quote(str(part), safe="") for name, part in connection.settings_dict.items()}
    who = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    return f"postgresql://{who}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
