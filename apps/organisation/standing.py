"""What a person is to a team: plain sets of ids, no queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.organisation.models import Team


class Relation(Flag):
    SIGNED_IN = auto()
    MEMBER = auto()
    LEADER = auto()
    ABOVE = auto()  # leads a team higher up the same branch
    ADMINISTRATOR = auto()


@dataclass(frozen=True)
class Standing:
    """Where a person stands, from one query: a handful of rows at any size of tree."""

    leads: frozenset[int]
    belongs_to: frozenset[int]
    observes: frozenset[int]
    administrator: bool

    @classmethod
    def of(cls, grants: Iterable[tuple[str, int]], *, administrator: bool) -> "Standing":
        """From (codename, team id) pairs."""
        teams: dict[str, set[int]] = {
            "lead_team": set(),
            "belong_to_team": set(),
            "observe_team": set(),
        }
        for codename, team_id in grants:
            teams[codename].add(team_id)
        return cls(
            leads=frozenset(teams["lead_team"]),
            belongs_to=frozenset(teams["belong_to_team"]),
            observes=frozenset(teams["observe_team"]),
            administrator=administrator,
        )

    @property
    def works_in(self) -> frozenset[int]:
        """A leader belongs to the team that he or she leads."""
        return self.leads | self.belongs_to

    def towards(self, team: "Team") -> Relation:
        relation = Relation.SIGNED_IN
        if team.pk in self.belongs_to:
            relation |= Relation.MEMBER
        if team.pk in self.leads:
            relation |= Relation.LEADER
        if not self.leads.isdisjoint(team.ancestor_ids):
            relation |= Relation.ABOVE
        if self.administrator:
            relation |= Relation.ADMINISTRATOR
        return relation
