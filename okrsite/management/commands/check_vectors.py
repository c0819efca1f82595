"""Compare the sums with a file of inputs and expected outputs; needs no database.

The file is a list of {"id", "fn", "input", "expect"}: fn names the sum, input holds its
arguments, days as numbers from the start of the cycle.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.objectives import forecast, scoring
from apps.objectives.scoring import Kind, Pace, Value

DAY_0 = date(2000, 1, 3)
TOLERANCE = Decimal("0.00005")  # four decimals

PACE_WORDS = {Pace.NOT_MEASURED: "no_data"}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a JSON file of test vectors")

    def handle(self, *, file: str, **options: Any) -> None:
        vectors = _read(file)
        failed = 0
        for vector in vectors:
            got = _carry_out(vector["fn"], vector["input"])
            if not same(got, vector["expect"]):
                failed += 1
                expected = _written(vector["expect"])
                self.stdout.write(f"{vector['id']}: got {_written(got)}, expected {expected}")
        self.stdout.write(f"{len(vectors) - failed} passed, {failed} failed")
        if failed:
            sys.exit(1)


def _read(file: str) -> list[dict[str, Any]]:
    try:
        with open(file, encoding="utf-8") as opened:
            vectors = json.load(opened, parse_float=Decimal)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{file} is not JSON: {error}.") from error
    if not isinstance(vectors, list):
        raise CommandError(f"{file} is not a list of vectors.")
    for place, vector in enumerate(vectors, 1):
        if not isinstance(vector, dict) or not {"id", "fn", "input", "expect"} <= vector.keys():
            raise CommandError(f"{file}: entry {place} lacks id, fn, input or expect.")
    return vectors


def _carry_out(fn: str, given: Any) -> Any:
    """The result, or in one sentence why there is none: a sentence is no expected result."""
    if fn not in SUMS:
        return f"no sum is called {fn}"
    try:
        return SUMS[fn](given)
    except KeyError as error:
        return f"the input lacks {error}"
    except (TypeError, ValueError, ArithmeticError) as error:
        return f"the input does not fit {fn}: {error}"


def same(got: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and got.keys() == expected.keys()
            and all(same(got[key], expected[key]) for key in expected)
        )
    if isinstance(got, int | Decimal) and isinstance(expected, int | Decimal):
        return abs(Decimal(got) - Decimal(expected)) <= TOLERANCE
    return bool(got == expected)


def _written(result: Any) -> str:
    return json.dumps(result, default=lambda number: round(float(number), 4))


def _day(number: int) -> date:
    return DAY_0 + timedelta(days=int(number))


def _number(given: Any) -> Decimal | None:
    return None if given is None else Decimal(given)


def _values(points: list[list[Any]]) -> list[Value]:
    return [Value(_day(day), Decimal(value)) for day, value in points]


def _progress(given: dict[str, Any]) -> dict[str, Any]:
    kind, value = Kind(given["kind"]), given["value"]
    found = scoring.progress(
        kind=kind,
        baseline=_number(given.get("baseline")),
        target=_number(given.get("target")),
        value=scoring.STAGES[value] if isinstance(value, str) else _number(value),
    )
    return asdict(found)


def _expected(given: dict[str, Any]) -> Decimal:
    start, effect_from, due = given["start"], given.get("effect_from"), given.get("due")
    return scoring.expected(
        effect_from=_day(start if effect_from is None else effect_from),
        ends=_day(given["end"]),
        today=_day(given["day"]),
        due=None if due is None else _day(due),
    )


def _pace(given: dict[str, Any]) -> str:
    effect_from = given.get("effect_from")
    found = scoring.pace(
        raw=_number(given["raw"]),
        expected=Decimal(given["expected"]),
        effect_begun=effect_from is None or given["day"] >= effect_from,
    )
    return PACE_WORDS.get(found, found.replace("-", "_"))


def _forecast(given: dict[str, Any]) -> dict[str, Any]:
    low, high = given.get("bounds", (None, None))
    found = forecast.forecast(
        _values(given["points"]),
        ends=_day(given["end"]),
        baseline=Decimal(given["baseline"]),
        target=Decimal(given["target"]),
        bounds=(_number(low), _number(high)),
    )
    if isinstance(found, forecast.TooLittle):
        return {"status": found.missing, "n": found.n}
    return {
        "status": "ok",
        "n": found.n,
        "slope_per_week": found.slope_per_week,
        "forecast": found.value,
        "low50": found.even[0],
        "high50": found.even[1],
        "low80": found.wide[0],
        "high80": found.wide[1],
        "verdict": found.verdict,
    }


def _held_share(given: dict[str, Any]) -> Decimal | None:
    return scoring.held(
        _values(given["measurements"]),
        [scoring.Limits(date.min, _number(given.get("low")), _number(given.get("high")))],
        today=_day(given["asof"]),
    ).share


def _blend(given: dict[str, Any]) -> dict[str, Any]:
    found = scoring.blend(
        [_number(share) for share in given["krs"]],
        [_number(share) for share in given["initiatives"]],
    )
    return {**asdict(found), "misleading_by": found.misleading_by}


def _rollup(given: list[Any]) -> dict[str, Any]:
    found = asdict(scoring.roll_up([_number(share) for share in given]))
    found["min"] = found.pop("minimum")
    return found


SUMS: dict[str, Callable[[Any], Any]] = {
    "progress": _progress,
    "expected": _expected,
    "pace": _pace,
    "forecast": _forecast,
    "held_share": _held_share,
    "blend": _blend,
    "rollup": _rollup,
}
