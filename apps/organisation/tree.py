"""The teams as the tree that they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from apps.organisation.models import Team

# Each team with the path to it, as the parents have it.
TREE = """
    WITH RECURSIVE tree AS (
        SELECT id, ARRAY[]::bigint[] AS path FROM organisation_team WHERE parent_id IS NULL
        UNION ALL
        SELECT team.id, tree.path || team.parent_id
          FROM organisation_team team JOIN tree ON team.parent_id = tree.id
    )"""


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


def misplaced() -> list[int]:
    """Teams whose ancestors are not those of their parents; there are none, unless somebody
    wrote past the action that moves a team."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            {TREE} SELECT team.id FROM organisation_team team LEFT JOIN tree USING (id)
             WHERE team.ancestor_ids IS DISTINCT FROM tree.path ORDER BY team.id""")  # noqa: S608
        return [pk for (pk,) in cursor.fetchall()]
