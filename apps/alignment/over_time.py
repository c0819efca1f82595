"""How free a team was in its means, cycle by cycle: for the team itself, and never as a ranking."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, Value
from django.db.models.fields import IntegerField
from django.utils.translation import ngettext_lazy

from apps.alignment.indicators import AUTONOMY, Record, Share, counts
from apps.initiatives.models import Objection
from apps.objectives.models import Cycle
from apps.organisation.models import Team


class Past(NamedTuple):
    """One cycle. inside: initiatives from inside the team. moves: those made while no objection
    stood. alone: goals that nobody from above amended. ends: objections by how they ended."""

    cycle: Cycle
    inside: Share
    moves: Share
    alone: Share
    ends: Counter[str]

    @property
    def objections(self) -> int:
        return self.ends.total()

    @property
    def how_they_ended(self) -> str:
        """Without those ends that none came to."""
        words = {
            "open": ngettext_lazy("%d is open", "%d are open"),
            "met": ngettext_lazy("%d met by the team", "%d met by the team"),
            "withdrawn": ngettext_lazy("%d withdrawn", "%d withdrawn"),
            "lapsed": ngettext_lazy("%d lapsed", "%d lapsed"),
        }
        return ", ".join(words[end] % n for end, n in self.ends.items())

    @property
    def amended(self) -> int:
        return self.alone.of - self.alone.n


def over_time(team: Team, cycles: Sequence[Cycle], *, today: date) -> list[Past]:
    """Of a team and everything below it, in the order of the cycles; two queries."""
    below = Team.objects.filter(Q(pk=team.pk) | Q(ancestor_ids__contains=[team.pk])).values("pk")
    if not cycles:
        return []
    wanted = [
        rows.filter(of_team__in=below).annotate(
            cycle_id=Value(cycle.pk, output_field=IntegerField())
        )
        for cycle in cycles
        for rows in counts(AUTONOMY, cycle, today)
    ]
    records = {cycle.pk: Record() for cycle in cycles}
    for _team, key, n, of, cycle_id in wanted[0].union(*wanted[1:], all=True):
        records[cycle_id].add(key, Share(n, of))
    ends: dict[int, Counter[str]] = {cycle.pk: Counter() for cycle in cycles}
    raised = Objection.objects.with_standing(today).filter(initiative__team__in=below)
    for objection in raised.filter(raised_at__date__gte=min(c.starts for c in cycles)):
        for cycle in cycles:
            if cycle.starts <= objection.raised_at.date() <= cycle.ends:
                ends[cycle.pk][_end(objection)] += 1
    return [
        Past(
            cycle,
            inside=records[cycle.pk].shares["inside"],
            moves=records[cycle.pk].shares["unopposed"],
            alone=records[cycle.pk].shares["alone"],
            ends=ends[cycle.pk],
        )
        for cycle in cycles
    ]


def _end(objection: Objection) -> str:
    if objection.state == Objection.State.OPEN and objection.lapsed_because:
        return "lapsed"
    return objection.state
