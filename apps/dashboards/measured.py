"""What was measured of a key result, and what its team believes, as its page shows it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.checkins.cadence import due_day, weeks
from apps.notices import days
from apps.notices.rows import Row
from apps.objectives import charts
from apps.objectives.charts import Timeline
from apps.organisation.models import Organisation


class Measured(NamedTuple):
    """A row of the table."""

    pk: int
    day: str
    value: str
    source: str
    by: str
    note: str
    is_replaced: bool


def measured(row: Row) -> Iterator[Measured]:
    """Newest day first, a correction above what it replaces. One query."""
    cycle = row.reading.cycle
    rows = list(row.key_result.measurements.for_table())
    replaced = {found.supersedes_id: found for found in rows}
    for found in rows:
        note = found.reason or found.note
        if by := replaced.get(found.pk):
            when = {"day": days.short(timezone.localdate(by.entered_at)), "note": note}
            note = _("Replaced on %(day)s. %(note)s") % when
        elif found.day < cycle.starts:
            note = _("Before the cycle. %(note)s") % {"note": note}
        elif row.reading.was_reported_here and found.day <= cycle.ends < timezone.localdate(
            found.entered_at
        ):
            late = {"day": days.short(timezone.localdate(found.entered_at)), "note": note}
            note = _("Late, entered on %(day)s. %(note)s") % late
        elif found.day > cycle.ends:
            note = _("After the cycle. %(note)s") % {"note": note}
        yield Measured(
            pk=found.pk,
            day=days.short(found.day),
            value=row.reading.write(found.value),
            source=_("correction") if found.supersedes_id else found.get_source_display(),
            by=found.entered_by.name,
            note=note,
            is_replaced=found.pk in replaced,
        )


def nothing_yet(row: Row, *, organisation: Organisation, today: date) -> str:
    """In the place of a table without a row."""
    cycle = row.reading.cycle
    first = due_day(weeks(cycle.starts, cycle.ends)[0], organisation.checkin_weekday)
    told = _("No number yet.")
    if today <= first:
        told = _("The first check-in is on %(day)s.") % {"day": days.coming(first, today)}
    if row.reading.baseline is None:
        return told
    return " ".join([told, _("Start value: %(start)s.") % {"start": row.reading.baseline_text}])


def beliefs(row: Row) -> SafeString:
    """A dot a check-in, never joined and never computed; nothing where the team has not said."""
    said = [(on.day, on.confidence) for on in row.said if on.confidence is not None]
    if not said:
        return SafeString()
    cycle = row.reading.cycle
    label = _("Confidence of the team by week: %(figures)s of 10") % {
        "figures": ", ".join(str(figure) for _day, figure in said)
    }
    timeline = Timeline(cycle.starts, cycle.ends, row.reading.today)
    return mark_safe(charts.confidence(timeline, said, label=label))  # noqa: S308 - our own
