"""Forecasts as they are shown, kept in the transaction of the value that they are made from."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.objectives import forecast
from apps.objectives.models import Cycle, Forecast, KeyResult, TrackRecord
from apps.objectives.readings import Reading, read
from apps.objectives.track_record import Outcome, own_error
from apps.organisation.models import Organisation


def keep_forecasts(
    key_results: Iterable[KeyResult], *, now: datetime, today: date | None = None
) -> None:
    """After their values have been written. Where no forecast is shown, none is kept."""
    today = today or Organisation.objects.get().today(now)
    measured = KeyResult.objects.filter(pk__in=[key_result.pk for key_result in key_results])
    found: list[Any] = list(measured.for_rows().annotate(has_come_due=Exists(_ended_since(today))))
    late = any(key_result.objective.cycle.ends < today for key_result in found)
    if late or any(key_result.has_come_due for key_result in found):
        renew_track_record(today, late=late)
        found = list(measured.for_rows())  # with the errors of the new record
    readings = [read(key_result, today=today) for key_result in found]
    kept = [_kept(reading, reading.forecast, now) for reading in readings]
    Forecast.objects.bulk_create(row for row in kept if row is not None)


def _kept(reading: Reading, made: object, now: datetime) -> Forecast | None:
    last_day, baseline, target = reading.last_day, reading.baseline, reading.target
    if not isinstance(made, forecast.Forecast):
        return None
    if last_day is None or baseline is None or target is None:  # never, where one was made
        return None
    return Forecast(
        key_result=reading.key_result,
        made_at=now,
        last_day=last_day,
        n=made.n,
        days_left=(reading.cycle.ends - last_day).days,
        cycle_days=reading.cycle.days,
        value=made.value,
        even_low=made.even[0],
        even_high=made.even[1],
        wide_low=made.wide[0],
        wide_high=made.wide[1],
        baseline=baseline,
        target=target,
    )


def _ended_since(today: date) -> QuerySet[Cycle]:
    """Since the record was last worked out; all that have ended, where it never was."""
    last = TrackRecord.objects.order_by("-pk").values("day")[:1]
    ended = Cycle.objects.filter(ends__lt=today)
    return ended.filter(ends__gte=Coalesce(Subquery(last), date.min))


def renew_track_record(today: date, *, late: bool = False) -> None:
    """Where forecasts have come due since it was last worked out; `late`: or a value has come
    in after the end of its cycle."""
    ended = Cycle.objects.filter(ends__lt=today) if late else _ended_since(today)
    if not ended.exists():
        return
    outcomes = [outcome_of(row) for row in Forecast.objects.due(today)]
    error = own_error(outcomes)
    TrackRecord.objects.create(
        day=today,
        forecasts=len(outcomes),
        even=error.even if error else None,
        wide=error.wide if error else None,
    )


def outcome_of(row: Any) -> Outcome:
    """Of Forecast.objects.due()."""
    return Outcome(
        value=row.value,
        even=(row.even_low, row.even_high),
        wide=(row.wide_low, row.wide_high),
        road=row.target - row.baseline,
        days_left=row.days_left,
        came_to=row.came_to,
    )
