"""The teams as the tree that they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from apps.organisation.models import Team


@dataclass(frozen=True)
class Branch:
    team: Team
    people: int  # in the team and everywhere below it, each counted once
    below: "list[Branch]"


def branches(teams: Iterable[Team], places: Iterable[tuple[int, int]]) -> list[Branch]:
    """From the teams, in the order wanted, and (team id, person id) pairs."""
    children: dict[int | None, list[Team]] = defaultdict(list)
    above: dict[int, list[int]] = {}
    for team in teams:
        children[team.parent_id].append(team)
        above[team.pk] = team.ancestor_ids
    people: dict[int, set[int]] = defaultdict(set)
    for team_id, person_id in places:
        for place in [team_id, *above.get(team_id, [])]:
            people[place].add(person_id)

    def grown_from(parent_id: int | None) -> list[Branch]:
        return [
            Branch(team, len(people[team.pk]), grown_from(team.pk)) for team in children[parent_id]
        ]

    return grown_from(None)


def along(path: Collection[int], grown: Iterable[Branch]) -> list[Branch]:
    """The same tree, open only where the path leads."""
    return [
        Branch(b.team, b.people, along(path, b.below) if b.team.pk in path else []) for b in grown
    ]
