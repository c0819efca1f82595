"""Bringing in another tool's list: prepared first, then imported whole or not at all."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.checkins.models import KeyResultReport
from apps.exchange import plan as planned
from apps.exchange import reader
from apps.exchange.models import ImportFile, ImportRun
from apps.exchange.plan import Plan
from apps.exchange.planner import names_of
from apps.exchange.standing import check
from apps.initiatives.models import Initiative, InitiativeLink, InitiativeMove, Status
from apps.objectives.models import Cycle, KeyResult, Measurement, Objective, ObjectiveMove
from apps.objectives.units import read_unit
from apps.organisation.actions import root_team
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock

Files = dict[str, tuple[str, bytes]]
FORGOTTEN_AFTER = timedelta(days=1)
BATCH = 2_000


class Impossible(Exception):
    """The list can't be imported as it is; the plan says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.errors[:5])
        self.plan = plan


@transaction.atomic
def prepare_import(files: Files, *, by: User, now: datetime) -> ImportRun:
    """Keep the files, by role, until they are imported; what nobody imported is forgotten."""
    still_may(by, Do.IMPORT_LIST, root_team())
    ImportRun.objects.prepared().filter(prepared_at__lt=now - FORGOTTEN_AFTER).delete()
    run = ImportRun.objects.create(by=by, prepared_at=now)
    ImportFile.objects.bulk_create(
        ImportFile(
            run=run,
            role=role,
            name=name[:200],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
        )
        for role, (name, content) in files.items()
    )
    return run


def sheets_of(run: ImportRun) -> dict[str, reader.Sheet]:
    kept = run.files.exclude(content=None)
    return reader.read({file.role: (file.name, bytes(file.content or b"")) for file in kept})


@transaction.atomic
def import_list(run: ImportRun, *, by: User, now: datetime) -> Plan:
    """Add what the prepared files say and what does not stand here yet, all of it or nothing.

    Raises Impossible where they have errors.
    """
    still_may(by, Do.IMPORT_LIST, root_team())
    Organisation.objects.select_for_update().get()  # one import at a time
    lock(run)
    if run.is_done or run.by_id != by.pk:
        raise ValidationError(_("This list has been imported already. Nothing is added twice."))
    sheets = sheets_of(run)
    _hold(sheets)
    plan = check(sheets, now=now)
    if plan.errors:
        raise Impossible(plan)
    run.counts, run.warnings = plan.counts, len(plan.warnings)
    _add_teams(plan)
    _add_cycles(plan)
    _add_objectives(plan, by=by, now=now)
    _add_key_results(plan)
    _add_initiatives(plan, by=by, now=now)
    _add_numbers(plan, by=by, now=now)
    run.done_at = now
    run.save(update_fields=["done_at", "counts", "warnings"])
    run.files.update(content=None)
    return plan


def _hold(sheets: dict[str, reader.Sheet]) -> None:
    """What decides where things go may not move meanwhile."""
    names = names_of(sheets, "team") | names_of(sheets, "parent_team")
    hold_for_share(Team.objects.filter(Q(name__in=names) | Q(parent=None)))
    hold_for_share(Cycle.objects.all())
    if cycles := names_of(sheets, "cycle"):
        slugs = {slugify(name) for name in cycles}
        of_cycles = Q(cycle__slug__in=slugs) | Q(cycle__name__in=cycles)
        hold_for_share(Objective.objects.filter(of_cycles))


def _add_teams(plan: Plan) -> None:
    """Level by level, for each carries the ids of those above it."""
    slugs = set(Team.objects.values_list("slug", flat=True))
    above = dict(Team.objects.values_list("pk", "ancestor_ids"))
    for _level, teams in groupby(sorted(plan.teams, key=_depth), key=_depth):
        new = list(teams)
        rows = [_team_row(team, slugs, above) for team in new]
        for team, row in zip(new, Team.objects.bulk_create(rows), strict=True):
            team.pk, above[row.pk] = row.pk, row.ancestor_ids


def _depth(team: planned.Team) -> int:
    return 1 + _depth(team.parent) if team.parent else 0


def _team_row(team: planned.Team, slugs: set[str], above: dict[int, list[int]]) -> Team:
    parent = team.parent.pk if team.parent else 0  # the root stands: all others have one
    return Team(
        name=team.name,
        slug=_free(team.name, slugs),
        parent_id=parent,
        ancestor_ids=[*above[parent], parent],
    )


def _free(name: str, taken: set[str]) -> str:
    """The name as an address; numbered where another team has it."""
    slug = wanted = slugify(name)[:70] or "team"
    n = 1
    while slug in taken:
        n += 1
        slug = f"{wanted}-{n}"
    taken.add(slug)
    return slug


def _add_cycles(plan: Plan) -> None:
    """A cycle that is over is in review: its gaps can still be filled in."""
    today = plan.world.today
    for cycle in plan.cycles:
        state = Cycle.State.RUNNING
        if today > cycle.ends:
            state = Cycle.State.REVIEWING
        elif today < cycle.starts:
            state = Cycle.State.INPUT
        row = Cycle.objects.create(
            name=cycle.name, slug=cycle.slug, starts=cycle.starts, ends=cycle.ends, state=state
        )
        cycle.pk = row.pk


def _add_objectives(plan: Plan, *, by: User, now: datetime) -> None:
    """Committed to elsewhere; here that was imported."""
    last = dict(Objective.objects.order_by().values_list("cycle").annotate(Max("position")))
    new, rows = plan.objectives, []
    for objective in new:
        cycle = objective.cycle.pk
        last[cycle] = last.get(cycle, 0) + 1
        rows.append(
            Objective(
                team_id=objective.team.pk,
                cycle_id=cycle,
                title=objective.title,
                owner_id=objective.owner,
                state=Objective.State.COMMITTED,
                position=last[cycle],
                committed_by=by,
                committed_at=now,
                is_imported=True,
                source=objective.source,
                created_at=now,
            )
        )
    for objective, row in zip(new, Objective.objects.bulk_create(rows, BATCH), strict=True):
        objective.pk = row.pk
    ObjectiveMove.objects.bulk_create(
        [
            ObjectiveMove(objective=row, to_state=Objective.State.COMMITTED, by=by, at=now)
            for row in rows
        ],
        BATCH,
    )


def _add_key_results(plan: Plan) -> None:
    new, rows = plan.key_results, []
    for objective, of in groupby(new, key=lambda key_result: key_result.objective):
        added = list(of)
        first = len(objective.key_results) - len(added) + 1
        rows += [_key_result_row(said, position) for position, said in enumerate(added, first)]
    for key_result, row in zip(new, KeyResult.objects.bulk_create(rows, BATCH), strict=True):
        key_result.pk = row.pk


def _key_result_row(said: planned.KeyResult, position: int) -> KeyResult:
    unit_kind, unit = read_unit(said.unit)
    row = KeyResult(
        objective_id=said.objective.pk,
        team_id=said.objective.team.pk,
        title=said.title,
        kind=said.kind,
        metric=said.metric,
        unit_kind=unit_kind,
        unit=unit,
        decimals=said.decimals,
        baseline=said.baseline,
        target=said.target,
        position=position,
    )
    if said.stages:
        row.metric = row.unit = ""
        row.stage_commit, row.stage_target, row.stage_stretch = said.stages
    return row


def _add_initiatives(plan: Plan, *, by: User, now: datetime) -> None:
    """As ideas: they have no hypothesis yet, and nobody who leads them."""
    new = plan.initiatives
    rows = Initiative.objects.bulk_create(
        [
            Initiative(
                team_id=said.objective.team.pk,
                title=said.title,
                imported_under_id=said.objective.pk,
                proposed_by=by,
                proposed_at=now,
            )
            for said in new
        ],
        BATCH,
    )
    InitiativeMove.objects.bulk_create(
        [
            InitiativeMove(initiative=row, verb="import", to_status=Status.PROPOSED, by=by, at=now)
            for row in rows
        ],
        BATCH,
    )
    InitiativeLink.objects.bulk_create(
        [
            InitiativeLink(initiative=row, key_result_id=key_result.pk)
            for said, row in zip(new, rows, strict=True)
            for key_result in said.key_results
        ],
        BATCH,
    )


def _add_numbers(plan: Plan, *, by: User, now: datetime) -> None:
    measured = list(plan.all_key_results())
    Measurement.objects.bulk_create(_values(measured, by=by, now=now), BATCH)
    KeyResultReport.objects.bulk_create(_confidences(measured), BATCH)


def _values(measured: Iterable[planned.KeyResult], *, by: User, now: datetime) -> list[Measurement]:
    return [
        Measurement(
            key_result_id=key_result.pk,
            day=day,
            value=value,
            source=Measurement.Source.IMPORT,
            entered_by=by,
            entered_at=now,
        )
        for key_result in measured
        for day, value in sorted(key_result.new.values.items())
    ]


def _confidences(measured: Iterable[planned.KeyResult]) -> list[KeyResultReport]:
    return [
        KeyResultReport(
            key_result_id=key_result.pk, imported_on=day, confidence=confidence, revision=0
        )
        for key_result in measured
        for day, confidence in sorted(key_result.new.confidences.items())
    ]
