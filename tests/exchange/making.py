"""Lists as a test writes them, what comes of them, and everything a database holds of them."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.checkins.models import KeyResultReport
from apps.exchange import reader
from apps.exchange.actions import import_list, prepare_import
from apps.exchange.layout import LAYOUTS
from apps.exchange.plan import Plan
from apps.exchange.problems import Code, Problem
from apps.exchange.standing import check
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, KeyResult, Measurement, Objective
from apps.organisation.models import Team, User
from tests.factories import NOW

LISTS = Path(__file__).parent / "lists"
# Only where it is read, not copied: its licence asks for more than test data can give.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

Files = dict[str, tuple[str, bytes]]
ROW = {"team": "Checkout", "cycle": "2024-Q2", "objective": "Be quick"}


def as_csv(rows: Iterable[dict[str, Any]], columns: Iterable[str], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def files(delimiter: str = ",", **rows: Iterable[dict[str, Any]]) -> Files:
    """By role, each named after it: okrs=[{…}], tree=[{…}], measurements=[{…}], cycles=[{…}]."""
    layouts = {layout.name: layout for layout in LAYOUTS}
    return {
        role: (f"{role}.csv", as_csv(of, [*layouts[role].columns, *layouts[role].extra], delimiter))
        for role, of in rows.items()
    }


def stored(folder: Path, **names: str) -> Files:
    return {role: (name, (folder / name).read_bytes()) for role, name in names.items()}


GITLAB = {"okrs": "gitlab.csv", "tree": "gitlab_tree.csv"}
PUZZLE = {"okrs": "puzzle_itc.csv", "measurements": "puzzle_itc_measurements.csv"}


def look(given: Files) -> Plan:
    return check(reader.read(given), now=NOW)


def bring_in(given: Files, by: User) -> Plan:
    return import_list(prepare_import(given, by=by, now=NOW), by=by, now=NOW)


def told(problems: Iterable[Problem]) -> list[tuple[Code, int, str]]:
    return [(problem.code, problem.row, problem.column) for problem in problems]


def only(plan: Plan, code: Code) -> Problem:
    found = [problem for problem in plan.problems if problem.code == code]
    assert len(found) == 1, found
    return found[0]


def facts() -> dict[str, list[Any]]:
    """Everything that an import may write, without keys and instants."""
    key_result = ("objective__team__name", "objective__cycle__name", "objective__title", "title")
    of = [f"key_result__{name}" for name in key_result]
    kept = [
        "metric", "unit", "decimals", "kind", "baseline", "target", "position", "team__name",
        "stage_commit", "stage_target", "stage_stretch", "low", "high", "due", "dropped_at",
    ]  # fmt: skip
    found: dict[str, Any] = {
        "teams": Team.objects.values_list("name", "slug", "parent__name"),
        "cycles": Cycle.objects.values_list("name", "slug", "starts", "ends", "state"),
        "objectives": Objective.objects.values_list(
            "team__name", "cycle__name", "title", "source", "state", "position", "is_imported",
            "why", "owner__email",
        ),
        "key_results": KeyResult.objects.values_list(*key_result, *kept),
        "initiatives": Initiative.objects.values_list(
            "team__name", "title", "status", "believe", "imported_under__title",
            "imported_under__cycle__name", *(f"links__{name}" for name in of),
        ),
        "measurements": Measurement.objects.values_list(*of, "day", "value", "source"),
        "confidences": KeyResultReport.objects.values_list(
            *of, "imported_on", "confidence", "sentence", "check_in"
        ),
    }  # fmt: skip
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is gone afterwards, as if the database were empty again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
