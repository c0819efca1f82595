"""How long a page takes in this process, through everything but the socket."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.organisation.models import User
from okrsite.benchmark.pages import Page

WARM_UP = 3


@dataclass(frozen=True)
class Measured:
    """Milliseconds; `of_sql` and `of_nothing` are the floors: the rows alone, and an empty page."""

    page: str
    url: str
    median: float
    at_95_percent: float
    queries: int
    bytes_raw: int
    bytes_compressed: int
    of_sql: float
    of_nothing: float


class Visitor(Client):
    """Signed in, as a browser is that takes compressed pages."""

    def __init__(self, person: User) -> None:
        super().__init__(
            headers={"Accept-Encoding": "gzip"}, SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip(".")
        )
        self.force_login(person, "apps.organisation.sign_in.SignInBackend")

    def visit(self, url: str) -> Any:
        return self.get(url, secure=True)

    def form(self, url: str, numbers: "count[int]") -> dict[str, str]:
        """The check-in as its page would send it, with other numbers than the last time."""
        page = self.visit_raw(url).content.decode()
        hidden = re.findall(r'name="(once|version)" value="([^"]*)"', page)
        asked = sorted(set(re.findall(r'name="value-(\d+)"', page)))
        typed = dict(hidden)
        for pk in asked:
            typed[f"value-{pk}"] = f"{56 + next(numbers) % 90 / 10:.1f}"
            typed[f"confidence-{pk}"] = "7"
        return typed

    def visit_raw(self, url: str) -> Any:
        return self.get(url, secure=True, headers={"Accept-Encoding": "identity"})

    def send(self, url: str, typed: dict[str, str]) -> Any:
        return self.post(url, typed, secure=True)


def measure(page: Page, *, requests: int) -> Measured:
    visitor, numbers = Visitor(page.person), count()

    def prepared() -> Callable[[], Any]:
        if not page.is_sent:
            return lambda: _right(visitor.visit(page.url), 200)
        typed = visitor.form(page.url, numbers)
        return lambda: _right(visitor.send(page.url, typed), 302)

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(page.floor.sql, page.floor.params)
            if cursor.description:
                cursor.fetchall()

    with CaptureQueriesContext(connection) as queries:
        act = prepared()
        before = len(queries)
        answer = act()
        asked = len(queries) - before
    raw = answer if page.is_sent else visitor.visit_raw(page.url)
    times = timed(prepared, requests)
    return Measured(
        page=page.name,
        url=page.url,
        median=median(times),
        at_95_percent=quantiles(times, n=20)[-1],
        queries=asked,
        bytes_raw=len(raw.content),
        bytes_compressed=len(answer.content),
        of_sql=median(timed(lambda: ask, requests)),
        of_nothing=median(timed(lambda: lambda: visitor.visit("/nothing/"), requests)),
    )


def _right(answer: Any, expected: int) -> Any:
    """An answer that refuses is quicker, and would be measured as one that does not."""
    if answer.status_code != expected:
        asked = answer.request["PATH_INFO"]
        raise RuntimeError(f"{asked} answered {answer.status_code} instead of {expected}.")
    return answer


def timed(prepared: Callable[[], Callable[[], object]], requests: int) -> list[float]:
    """Milliseconds of each, without its preparation and without the first few."""
    times = []
    for _n in range(WARM_UP + requests):
        act = prepared()
        begun = perf_counter()
        act()
        times.append((perf_counter() - begun) * 1000)
    return times[WARM_UP:]
