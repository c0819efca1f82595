"""The forecast tried on series whose end is known, beside three simpler ones: sums only.

Each series is cut after every value from which a forecast can be made; what is forecast is its
last value, on the day of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import fmean, median
from typing import NamedTuple

from apps.objectives.forecast import Forecast, forecast
from apps.objectives.scoring import Value
from apps.objectives.track_record import Outcome


class Series(NamedTuple):
    """begins: the day on which the metric stood at the baseline."""

    values: Sequence[Value]
    baseline: Decimal
    target: Decimal
    begins: date


@dataclass(frozen=True)
class Result:
    """The errors are medians, as shares of the span from baseline to target."""

    series: int
    forecasts: int
    this: float
    least_squares: float
    last_value: float
    straight_line: float
    even: float  # the share of forecasts whose even-odds band held
    wide: float


def backtest(series: Sequence[Series]) -> Result | None:
    """None where no series is long enough."""
    tried = [cut for place, one in enumerate(series) for cut in _cuts(place, one)]
    if not tried:
        return None
    return Result(
        series=len({cut.of for cut in tried}),
        forecasts=len(tried),
        this=median(cut.error(float(cut.outcome.value)) for cut in tried),
        least_squares=median(cut.error(_least_squares(cut.known, cut.ends)) for cut in tried),
        last_value=median(cut.error(float(cut.known[-1].value)) for cut in tried),
        straight_line=median(cut.error(_straight_line(cut)) for cut in tried),
        even=fmean(cut.outcome.held for cut in tried),
        wide=fmean(cut.outcome.held_wide for cut in tried),
    )


class _Cut(NamedTuple):
    of: int
    known: Sequence[Value]
    ends: date
    series: Series
    outcome: Outcome

    def error(self, said: float) -> float:
        return abs(said - float(self.outcome.came_to)) / abs(float(self.outcome.road))


def _cuts(place: int, series: Series) -> list[_Cut]:
    ends, came_to = series.values[-1]
    found = []
    for n in range(1, len(series.values)):
        known = series.values[:n]
        made = forecast(known, ends=ends, baseline=series.baseline, target=series.target)
        if isinstance(made, Forecast):
            outcome = Outcome(
                value=made.value,
                even=made.even,
                wide=made.wide,
                road=series.target - series.baseline,
                days_left=(ends - known[-1].day).days,
                came_to=came_to,
            )
            found.append(_Cut(place, known, ends, series, outcome))
    return found


def _least_squares(known: Sequence[Value], on: date) -> float:
    days = [(value.day - known[0].day).days for value in known]
    numbers = [float(value.value) for value in known]
    middle, mean = fmean(days), fmean(numbers)
    slope = sum(
        (day - middle) * (number - mean) for day, number in zip(days, numbers, strict=True)
    ) / sum((day - middle) ** 2 for day in days)
    return mean + slope * ((on - known[0].day).days - middle)


def _straight_line(cut: _Cut) -> float:
    """From the baseline through the last value."""
    baseline, begins = float(cut.series.baseline), cut.series.begins
    gone = max(1, (cut.known[-1].day - begins).days)
    made = float(cut.known[-1].value) - baseline
    return baseline + made * (cut.ends - begins).days / gone
