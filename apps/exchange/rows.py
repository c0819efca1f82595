"""What stands here as rows of the layout: text not guarded yet, numbers still numbers.

What has no place in the layout stays behind: states, hypotheses, the limits of guardrails.
Written are goals that are committed to or closed, what counts of them, and initiatives that
are still alive.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from apps.exchange import layout
from apps.exchange.layout import Cell, Layout, Rows
from apps.exchange.notation import ZONES
from apps.exchange.plan import ORDINAL
from apps.exchange.standing import confidences, metric_and_unit, values
from apps.initiatives.models import LIVE, Initiative, InitiativeLink
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Organisation, Team

_SHOP: list[Cell] = ["", "", "Checkout", "2026-Q4", "Make paying a matter of seconds"]
SAMPLE: Rows = [
    [*_SHOP, "Checkout conversion rate", "Paid carts of all carts", Decimal(52), Decimal(65), "%",
     "", "ines@example.org"],
    [*_SHOP, "Customers recommend us", "Commit: some do | Target: most do | Stretch: they bring "
     "friends", None, None, ORDINAL, "", ""],
    [*_SHOP, "", "", None, None, "", "Sign in with Amazon", ""],
]  # fmt: skip
ZONE_OF = {value: zone for zone, value in ZONES.items()}


def sheets() -> Iterator[tuple[Layout, Rows]]:
    """All there is, each with its layout."""
    objectives = list(_objectives())
    yield layout.OKRS, list(_okrs(objectives))
    yield layout.TREE, list(_tree())
    yield _measurements(objectives)
    cycles = Cycle.objects.filter(objectives__in=objectives).distinct().order_by("starts", "pk")
    yield layout.CYCLES, [[cycle.name, cycle.starts, cycle.ends] for cycle in cycles]


def _objectives() -> QuerySet[Objective]:
    links = InitiativeLink.objects.filter(initiative__status__in=LIVE).select_related("initiative")
    key_results = KeyResult.objects.counted().prefetch_related(Prefetch("links", links))
    imported = Initiative.objects.live().prefetch_related("links")
    return (
        Objective.objects.filter(state__in=Objective.FIXED)
        .select_related("team", "cycle", "owner")
        .prefetch_related(
            Prefetch("key_results", key_results), Prefetch("initiatives_imported", imported)
        )
        .order_by("cycle__starts", "cycle", "position", "pk")
    )


def _okrs(objectives: list[Objective]) -> Iterator[list[Cell]]:
    organisation = Organisation.objects.get().name
    for objective in objectives:
        start: list[Cell] = [
            objective.source, organisation, objective.team.name, objective.cycle.name,
            objective.title,
        ]  # fmt: skip
        owner = objective.owner.email if objective.owner else ""
        is_named = False
        for found in objective.key_results.all():
            metric, unit = metric_and_unit(found)
            yield [*start, found.title, metric, found.baseline, found.target, unit, "", owner]
            is_named = True
        for title, serves in _initiatives(objective):
            yield [*start, serves, "", None, None, "", title, owner]
            is_named = True
        if not is_named:
            yield [*start, "", "", None, None, "", "", owner]


def _initiatives(objective: Objective) -> list[tuple[str, str]]:
    """(its title, that of the key result it should move), in the order in which they came."""
    found = [
        (link.initiative, key_result.title)
        for key_result in objective.key_results.all()
        for link in key_result.links.all()
    ] + [
        (initiative, "")
        for initiative in objective.initiatives_imported.all()
        if not initiative.links.all()
    ]
    found.sort(key=lambda one: one[0].pk)
    return [(initiative.title, serves) for initiative, serves in found]


def _tree() -> Iterator[list[Cell]]:
    """As it is now, so no row names a cycle."""
    for team in Team.objects.select_related("parent").order_by("pk"):
        if team.parent:
            yield ["", team.name, team.parent.name]


def _measurements(objectives: list[Objective]) -> tuple[Layout, Rows]:
    rows, named = [], Counter[tuple[str, str, str]]()
    measured = _by_key_result([kr.pk for one in objectives for kr in one.key_results.all()])
    for objective in objectives:
        for found in objective.key_results.all():
            place = (objective.team.name, objective.cycle.name, found.title)
            named[place] += 1
            in_stages = found.kind == KeyResult.Kind.STAGES
            kind = ORDINAL if in_stages else "metric"
            start: list[Cell] = [*place[:2], found.pk, place[2], kind, found.baseline, found.target]
            for day, value, confidence in measured.get(found.pk, []):
                zone = ZONE_OF.get(value, "") if in_stages and value is not None else ""
                said = None if zone else value
                rows.append([*start, day, said, zone, confidence, objective.title])
    if all(n == 1 for n in named.values()):
        return layout.MEASUREMENTS, [row[:-1] for row in rows]
    columns = layout.MEASUREMENTS.columns + layout.MEASUREMENTS.extra
    return layout.MEASUREMENTS._replace(columns=columns), rows


Number = tuple[date, Decimal | None, int | None]


def _by_key_result(ids: list[int]) -> dict[int, list[Number]]:
    """(day, value, confidence) by day."""
    said = {(pk, day): value for pk, day, value in values(ids)}
    sure = {(pk, day): confidence for pk, day, confidence in confidences(ids)}
    found: dict[int, list[Number]] = {}
    for pk, day in sorted(said.keys() | sure.keys()):
        found.setdefault(pk, []).append((day, said.get((pk, day)), sure.get((pk, day))))
    return found
