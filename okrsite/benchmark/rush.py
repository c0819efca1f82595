"""Friday, ten to five: many teams send their check-in at once, over HTTP, to a server of its own.

Their forms stand open already: all are read first, and that is timed by itself. Then they are
sent, within a minute. The server listens on 127.0.0.1 only and ends with the run; what is not
done after two minutes of reading or one of sending is left, and counted as errors.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import unescape
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from statistics import median, quantiles
from threading import Thread
from time import perf_counter
from typing import NamedTuple, TypeVar
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
T = TypeVar("T")
TEAMS, CLIENTS, TO_READ, TO_SEND = 500, 20, 120, 60


class Asked(NamedTuple):
    """A check-in that is due, and the session of whoever writes it."""

    url: str
    session: str


class Sending(NamedTuple):
    """A form as its page stood, filled in."""

    url: str
    cookies: str
    typed: dict[str, str]
    numbers: int


@dataclass(frozen=True)
class Rush:
    """Seconds that reading and sending took in all; milliseconds until a sent form was answered.
    An error is any other answer than the one to a form that was taken, or a team that found no
    time; what was sent must be there as rows."""

    teams: int
    clients: int
    reading: float
    seconds: float
    median: float
    at_99_percent: float
    errors: int
    check_ins: int
    numbers_sent: int
    numbers_written: int


class Browser:
    """One of them: takes the next team's form, reads or sends it, until none is left."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.http = HTTPConnection(ADDRESS, port, timeout=30)
        self.times: list[float] = []
        self.sent: list[Sending] = []
        self.errors = 0

    def read(
        self, waiting: "SimpleQueue[Asked]", read: "SimpleQueue[Sending]", until: float
    ) -> None:
        for asked in taken(waiting, until):
            cookie = f"session-{self.port}={asked.session}"
            status, page, token = self.ask("GET", asked.url, cookie)
            if status != 200:
                self._told(asked.url, status)
                continue
            hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
            typed = {name: unescape(value) for name, value in hidden}
            numbers = sorted(set(re.findall(r'name="value-(\d+)"', page)))
            for n, pk in enumerate(numbers):
                typed |= {f"value-{pk}": f"{56 + n / 10:.1f}", f"confidence-{pk}": "7"}
            read.put(Sending(asked.url, f"{cookie}; {token}", typed, len(numbers)))

    def send(self, waiting: "SimpleQueue[Sending]", until: float) -> None:
        for sending in taken(waiting, until):
            begun = perf_counter()
            status, _page, _token = self.ask("POST", sending.url, sending.cookies, sending.typed)
            self.times.append((perf_counter() - begun) * 1000)
            if status == 302:
                self.sent.append(sending)
            else:
                self._told(sending.url, status)

    def _told(self, url: str, status: int) -> None:
        self.errors += 1
        print(f"{url}: {status}", file=sys.stderr)

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


def taken(waiting: "SimpleQueue[T]", until: float) -> Iterator[T]:
    """One after the other, until none is left or the time is up."""
    while perf_counter() < until:
        try:
            yield waiting.get_nowait()
        except Empty:
            return


def rush(today: date) -> Rush:
    waiting: SimpleQueue[Asked] = SimpleQueue()
    forms: SimpleQueue[Sending] = SimpleQueue()
    for asked in (due := _due(today)):
        waiting.put(asked)
    before = _rows()
    with server() as port:
        browsers = [Browser(port) for _n in range(CLIENTS)]
        until = perf_counter() + TO_READ
        reading = _at_once(lambda browser: browser.read(waiting, forms, until), browsers)
        until = perf_counter() + TO_SEND
        seconds = _at_once(lambda browser: browser.send(forms, until), browsers)
        for browser in browsers:
            browser.http.close()
    times = [took for browser in browsers for took in browser.times]
    sent = [sending for browser in browsers for sending in browser.sent]
    written = {name: n - before[name] for name, n in _rows().items()}
    return Rush(
        teams=len(due),
        clients=CLIENTS,
        reading=reading,
        seconds=seconds,
        median=median(times),
        at_99_percent=quantiles(times, n=100)[-1],
        errors=sum(browser.errors for browser in browsers) + waiting.qsize() + forms.qsize(),
        check_ins=written["revisions"],
        numbers_sent=sum(sending.numbers for sending in sent),
        numbers_written=written["numbers"],
    )


def _at_once(act: Callable[[Browser], None], browsers: list[Browser]) -> float:
    """Seconds until all of them were done."""
    begun = perf_counter()
    threads = [Thread(target=act, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - begun


def _rows() -> dict[str, int]:
    return {
        "revisions": CheckIn.objects.aggregate(n=Sum("revision"))["n"] or 0,
        "numbers": KeyResultReport.objects.exclude(measurement=None).count(),
    }


def _due(today: date) -> list[Asked]:
    """The leader of each team that has not sent this week's, signed in."""
    leads = (
        TeamGrant.objects.leads()
        .filter(content_object__ancestor_ids__len=3)
        .exclude(content_object__check_ins__week=monday(today))
    )
    pairs = leads.order_by("content_object").values_list("content_object__slug", "user")[:TEAMS]
    people = User.objects.in_bulk({person for _slug, person in pairs})
    found = []
    for slug, person in pairs:
        browser = Client()
        browser.force_login(people[person], "apps.organisation.sign_in.SignInBackend")
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        url = reverse("checkins:check_in", args=[slug, monday(today)])
        found.append(Asked(url, session))
    return found


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
        with socket.socket() as probe:
            if probe.connect_ex((ADDRESS, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server of the rush did not start.")


def _address() -> str:
    at = {name: quote(str(part), safe="") for name, part in connection.settings_dict.items()}
    who = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    return f"postgresql://{who}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
