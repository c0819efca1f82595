"""Many key results at a glance: enough to count, sort and pick from thousands.

Each is a Row without what only its drawing needs, so that nothing is decided twice: of a series
the last value, of what was said the last confidence, of the moves the last one.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.checkins.models import CheckIn, KeyResultReport
from apps.initiatives.models import CHANGES, InitiativeMove
from apps.notices.rows import Moved, Row, Said
from apps.objectives.models import Cycle, KeyResult, Measurement
from apps.objectives.readings import read

TOUCHED = (
    "title", "kind", "baseline", "target", "low", "high", "effect_from", "due", "dropped_at",
    "position", "objective__position", "objective__cycle_id", "objective__is_imported",
    "objective__committed_at", "team__name", "team__slug", "team__ancestor_ids",
    "team__rhythm", "team__rhythms",
)  # fmt: skip


def glances(key_results: QuerySet[KeyResult], cycles: Iterable[Cycle], *, today: date) -> list[Row]:
    """In the leaders' own order. One query, however many there are."""
    known = {cycle.pk: cycle for cycle in cycles}
    found = list(_with_the_last_of_all(key_results, today))
    for key_result in found:
        # One instance for all of them, where a join would make one each.
        key_result.objective.cycle = known[key_result.objective.cycle_id]
    return [_row(key_result, today) for key_result in found]


def _with_the_last_of_all(key_results: Any, today: date) -> QuerySet[Any]:
    this = OuterRef("pk")
    measured = Measurement.objects.filter(
        key_result=this, superseded_by=None, day__lte=today,
        day__range=(OuterRef("objective__cycle__starts"), OuterRef("objective__cycle__ends")),
    ).order_by("-day", "-entered_at", "-pk")  # fmt: skip
    # By way of the team's check-ins, the last one first, a handful of rows are touched.
    said = KeyResultReport.objects.current().exclude(confidence=None).filter(key_result=this)
    sent = said.filter(
        check_in__team=OuterRef("team"), check_in__state=CheckIn.State.SUBMITTED
    ).order_by("-check_in__week")
    imported = (
        KeyResultReport.objects.filter(check_in=None, key_result=this)
        .exclude(confidence=None)
        .order_by("-imported_on")
    )
    moves = (
        InitiativeMove.objects.filter(
            initiative__links__key_result=this, at__date__gte=OuterRef("objective__cycle__starts")
        )
        .filter(verb__in=CHANGES)
        .order_by("-at")
    )
    return (
        key_results.with_steps()
        .select_related("objective", "team")
        .only(*TOUCHED)
        .annotate(
            last_day=Subquery(measured.values("day")[:1]),
            last_value=Subquery(measured.values("value")[:1]),
            last_entered=Subquery(measured.values("entered_at")[:1]),
            last_confidence=Coalesce(
                Subquery(sent.values("confidence")[:1]), Subquery(imported.values("confidence")[:1])
            ),
            last_move=Subquery(moves.values("at")[:1]),
        )
        .order_by("objective__position", "objective", "position", "pk")
    )


def _row(found: Any, today: date) -> Row:
    found.series = []
    if found.last_day:
        found.series = [
            {
                "day": found.last_day.isoformat(),
                "value": str(found.last_value),
                "at": found.last_entered.isoformat(),
            }
        ]
    said = []
    if found.last_confidence is not None:
        said = [Said(today, today, found.last_confidence, sentence="", by="")]
    return Row(
        key_result=found,
        reading=read(found, today=today),
        said=said,
        noted=[],
        bets=[],
        moves=[Moved(0, "", found.last_move)] if found.last_move else [],
        people_heard=0,
    )
