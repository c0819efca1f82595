"""What stands here, as far as a list touches it, for the planner to add to. Six queries."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.text import slugify

from apps.checkins.models import CheckIn, KeyResultReport
from apps.exchange.notation import write_stages
from apps.exchange.plan import (
    ORDINAL,
    Cycle,
    Initiative,
    KeyResult,
    Objective,
    Plan,
    Team,
    World,
)
from apps.exchange.planner import names_of, plan
from apps.exchange.reader import Sheet
from apps.initiatives import models as means
from apps.objectives import models as goals
from apps.objectives.models import Measurement
from apps.objectives.units import told_in
from apps.organisation import models as people
from apps.organisation.models import Organisation

Sheets = dict[str, Sheet]
# The better one to add to, where two of a team and cycle have one title, comes last.
PREFERRED = ["withdrawn", "abandoned", "closed", "draft", "input", "committed"]


def check(sheets: Sheets, *, now: datetime) -> Plan:
    """What importing them would do. Writes nothing."""
    return plan(sheets, world_around(sheets, now=now))


def world_around(sheets: Sheets, *, now: datetime) -> World:
    organisation = Organisation.objects.get()
    world = _with_teams(World(Team(""), organisation.today(now)))
    _add_cycles(world, names_of(sheets, "cycle"))
    _add_people(world, names_of(sheets, "owner"))
    if world.cycles:
        _add_goals(world, with_numbers="measurements" in sheets)
    return world


def _with_teams(world: World) -> World:
    rows = list(people.Team.objects.order_by("ancestor_ids__len", "pk"))
    by_pk = {row.pk: Team(row.name, pk=row.pk, is_archived=bool(row.archived_at)) for row in rows}
    for row in rows:
        team = by_pk[row.pk]
        if row.parent_id is None:
            world.root = team
        else:
            team.parent = by_pk[row.parent_id]
            world.teams.setdefault(team.name, []).append(team)
    return world


def _add_cycles(world: World, said: set[str]) -> None:
    """By name, or by the address that a cycle of this name would have."""
    rows = list(goals.Cycle.objects.all())
    known = {row.name: row.slug for row in rows}
    world.slugs = {name: known.get(name) or slugify(name)[:60] for name in said}
    slugs = set(world.slugs.values())
    world.cycles = {
        row.slug: Cycle(row.name, row.slug, row.starts, row.ends, row.pk, row.is_open)
        for row in rows
        if row.slug in slugs
    }


def _add_people(world: World, said: set[str]) -> None:
    wanted = {name.casefold() for name in said}
    everyone = people.User.objects.active().values_list("pk", "email", "name") if wanted else []
    for pk, *names in everyone:
        for key in wanted.intersection(name.casefold() for name in names):
            world.people.setdefault(key, []).append(pk)


def _add_goals(world: World, *, with_numbers: bool) -> None:
    teams = {team.pk: team for named in world.teams.values() for team in named}
    teams[world.root.pk] = world.root
    cycles = {cycle.pk: cycle for cycle in world.cycles.values()}
    rows = goals.Objective.objects.filter(cycle__in=cycles)
    objectives: dict[int, Objective] = {}
    for row in sorted(rows, key=lambda row: (row.is_imported, PREFERRED.index(row.state))):
        team, cycle = teams[row.team_id], cycles[row.cycle_id]
        objective = objectives[row.pk] = Objective(team, cycle, row.title, row.source, pk=row.pk)
        objective.takes_more = row.is_imported and row.is_committed
        world.objectives[team, cycle, row.title] = objective
    key_results: dict[int, KeyResult] = {}
    for found in goals.KeyResult.objects.filter(objective__cycle__in=cycles):
        objective, (metric, unit) = objectives[found.objective_id], metric_and_unit(found)
        objective.key_results[found.title] = key_results[found.pk] = KeyResult(
            objective, found.title, metric, unit, found.baseline, found.target, found.kind, found.pk
        )
    _add_initiatives(objectives)
    if with_numbers:
        for pk, day, value in values(key_results):
            key_results[pk].standing.values[day] = value
        for pk, day, confidence in confidences(key_results):
            key_results[pk].standing.confidences[day] = confidence


def metric_and_unit(found: goals.KeyResult) -> tuple[str, str]:
    """As a list of this layout says them."""
    if found.kind != goals.KeyResult.Kind.STAGES:
        return found.metric, told_in(found.unit_kind, found.unit)
    return write_stages(found.stage_commit, found.stage_target, found.stage_stretch), ORDINAL


def _add_initiatives(objectives: dict[int, Objective]) -> None:
    found = means.Initiative.objects.filter(
        Q(imported_under__in=objectives) | Q(links__key_result__objective__in=objectives)
    ).values_list("pk", "title", "imported_under", "links__key_result__objective")
    for pk, title, *under in found:
        for objective in map(objectives.get, under):
            if objective:
                objective.initiatives[title] = Initiative(objective, title, pk=pk)


def values(key_results: Iterable[int]) -> Iterable[tuple[int, date, Decimal]]:
    """(key result, day, value): those that count."""
    found = Measurement.objects.filter(key_result__in=list(key_results)).effective()
    return found.values_list("key_result", "day", "value")


def confidences(key_results: Iterable[int]) -> Iterable[tuple[int, date, int]]:
    """(key result, day, confidence): of check-ins, and of lists before."""
    zone = ZoneInfo(Organisation.objects.get().time_zone)
    sent = TruncDate("check_in__first_submitted_at", tzinfo=zone)
    found: Any = (
        KeyResultReport.objects.current_or_imported()
        .filter(Q(check_in=None) | Q(check_in__state=CheckIn.State.SUBMITTED))
        .filter(key_result__in=list(key_results), confidence__isnull=False)
        .annotate(day=Coalesce("imported_on", sent))
        .order_by("key_result", "day", "pk")
    )
    return found.values_list("key_result", "day", "confidence")
