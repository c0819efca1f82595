"""Forecasts as they are shown, kept in the transaction of the value that they are made from."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from apps.objectives import forecast
from apps.objectives.models import Cycle, Forecast, KeyResult, TrackRecord
from apps.objectives.readings import Reading, read
from apps.objectives.track_record import Outcome, own_error
from apps.organisation.models import Organisation


def keep_forecasts(key_results: Iterable[KeyResult], *, now: datetime) -> None:
    """After their values have been written. Where no forecast is shown, none is kept."""
    today = Organisation.objects.get().today(now)
    measured = KeyResult.objects.filter(pk__in=[key_result.pk for key_result in key_results])
    renew_track_record(today, late=measured.filter(objective__cycle__ends__lt=today).exists())
    readings = [read(found, today=today) for found in measured.for_rows()]
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


def renew_track_record(today: date, *, late: bool = False) -> None:
    """Where forecasts have come due since it was last worked out; `late`: or a value has come
    in after the end of its cycle."""
    last = TrackRecord.objects.order_by("-pk").values_list("day", flat=True).first()
    ended = Cycle.objects.filter(ends__lt=today)
    if not late and last is not None:
        ended = ended.filter(ends__gte=last)
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
