"""Try the forecast on series whose end is known; needs no database.

The file is a CSV with a row a value and the columns kr_id, baseline, target, date (2026-11-25)
and value, and if you like team, cycle (2026-Q4 says when it began) and kind. Only rows with all
three numbers count. Printed: how many series and forecasts; the median error as a share of the
span from baseline to target, of this forecast and of three simpler ones; how often its bands held.
"""

import csv
import re
from argparse import ArgumentParser
from collections import defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.objectives.backtest import Result, Series, backtest
from apps.objectives.scoring import Value

NEEDED = {"kr_id", "baseline", "target", "date", "value"}
QUARTER = re.compile(r"(?P<year>[0-9]{4})-?Q(?P<n>[1-4])")
FURTHEST = Decimal(10) ** 14

Key = tuple[str, str, str]


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file of measured series")

    def handle(self, *, file: str, **options: Any) -> None:
        result = backtest(read_series(file))
        if result is None:
            raise CommandError(
                f"{file} has no series that is long enough: it takes four values over 21 days, "
                "and a later one to compare with."
            )
        for line in in_words(result):
            self.stdout.write(line)


def in_words(result: Result) -> list[str]:
    return [
        f"{result.series} series, {result.forecasts} forecasts",
        "median error as a share of the span:",
        f"  this forecast                    {result.this:.3f}",
        f"  ordinary least squares           {result.least_squares:.3f}",
        f"  last value                       {result.last_value:.3f}",
        f"  straight line from the baseline  {result.straight_line:.3f}",
        f"even-odds band held {result.even:.0%} of the time, four-in-five band {result.wide:.0%}",
    ]


def read_series(file: str) -> list[Series]:
    """Raises CommandError, in a sentence, where the file is not what it should be."""
    try:
        with open(file, encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            if lacking := NEEDED - set(reader.fieldnames or ()):
                raise CommandError(f"{file} lacks the columns {', '.join(sorted(lacking))}.")
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{file} is not a CSV in UTF-8: {error}.") from error

    values: dict[Key, dict[date, Decimal]] = defaultdict(dict)
    roads: dict[Key, tuple[Decimal, Decimal]] = {}
    for place, row in rows:
        if not (row["baseline"] and row["target"] and row["value"]):
            continue
        where = f"{file}, line {place}"
        key = (row.get("team") or "", row.get("cycle") or "", row["kr_id"])
        road = (_number(row["baseline"], where), _number(row["target"], where))
        if roads.setdefault(key, road) != road:
            raise CommandError(f"{where}: {row['kr_id']} had another baseline or target before.")
        values[key][_day(row["date"], where)] = _number(row["value"], where)
    return [
        _series(key, values[key], baseline, target)
        for key, (baseline, target) in roads.items()
        if baseline != target
    ]


def _series(key: Key, values: dict[date, Decimal], baseline: Decimal, target: Decimal) -> Series:
    in_order = [Value(day, values[day]) for day in sorted(values)]
    begins = in_order[0].day
    if quarter := QUARTER.fullmatch(key[1]):
        begins = min(begins, date(int(quarter["year"]), int(quarter["n"]) * 3 - 2, 1))
    return Series(in_order, baseline, target, begins)


def _number(text: str, where: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= FURTHEST:
        raise CommandError(f"{where}: {text!r} is not a number like 56.4.")
    return number


def _day(text: str | None, where: str) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as error:
        raise CommandError(f"{where}: {text!r} is not a day like 2026-11-25.") from error
