"""How things stand, as the Overview and the digest say it: from glances at all key results."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from apps.notices.rows import Row
from apps.objectives.models import Cycle, Objective
from apps.objectives.readings import lead_sentence


def that_count_in(cycle: Cycle) -> Q:
    """Which key results are told of."""
    return Q(objective__cycle=cycle, objective__state__in=Objective.FIXED, dropped_at=None)


def lead_of(rows: Sequence[Row], *, cycle: Cycle, today: date) -> tuple[str, str]:
    return lead_sentence([row.reading for row in rows], cycle=cycle, today=today)
