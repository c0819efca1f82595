"""Every number there is of one key result, as a list to take away."""

from apps.exchange.layout import Cell, Layout, Rows
from apps.objectives import scoring
from apps.objectives.models import KeyResult, Measurement
from apps.objectives.readings import Reading

NUMBERS = Layout(
    "numbers",
    (
        *("date", "value", "counts", "expected_low", "expected_high", "target"),
        *("source", "entered_by", "entered_at", "note"),
    ),
    needed=(),
    most_rows=0,  # it only goes out
    numbers=("value", "expected_low", "expected_high", "target"),
)


def numbers(key_result: KeyResult, reading: Reading) -> Rows:
    """Oldest day first. What was corrected, and what is history from before the cycle, is there
    and doesn't count. One query."""
    found = list(Measurement.objects.filter(key_result=key_result).for_table())
    effective: dict[object, Measurement] = {}
    replaced = {row.supersedes_id for row in found}
    for row in found:  # the last one entered of a day comes first
        if row.pk not in replaced:
            effective.setdefault(row.day, row)
    return [_row(row, reading, row == effective.get(row.day)) for row in reversed(found)]


def _row(row: Measurement, reading: Reading, is_effective: bool) -> list[Cell]:
    in_cycle = reading.cycle.starts <= row.day <= reading.cycle.ends
    low, high = (reading.range_on(row.day) if in_cycle else None) or (None, None)
    is_measured = reading.is_measured_in_numbers and in_cycle and reading.steps
    return [
        row.day,
        row.value,
        _counts(is_effective, in_cycle),
        low if low is None else round(low, 6),
        high if high is None else round(high, 6),
        scoring.target_on(reading.steps, row.day) if is_measured else None,
        str(row.source),
        row.entered_by.name,
        row.entered_at.isoformat(timespec="seconds"),
        row.reason or row.note,
    ]


def _counts(is_effective: bool, in_cycle: bool) -> str:
    if not is_effective:
        return "replaced"
    return "yes" if in_cycle else "history"
