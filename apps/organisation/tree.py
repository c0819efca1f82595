"""The teams as the tree that they are, as much of it as a page shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Func, Q
from django.db.models.expressions import RawSQL

from apps.organisation.models import Team, TeamQuerySet

# A larger tree is open only around the team that is shown; other branches open on demand.
WHOLE = 150

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
    has_more: bool  # there are teams below it, and they are not shown


def shown_around(slug: str, teams: TeamQuerySet) -> list[Any]:
    """All of a small tree; of a larger one the way to this team, and what stands beside it and
    just below. Without a slug, around the root. One query."""
    chosen = Team.objects.filter(slug=slug) if slug else Team.objects.filter(parent=None)
    on_the_way = chosen.values(place=Func("ancestor_ids", function="unnest"))
    is_small = RawSQL("(SELECT count(*) FROM organisation_team) <= %s", [WHOLE])
    return list(
        teams.with_below()
        .annotate(is_small=ExpressionWrapper(is_small, BooleanField()))
        .filter(
            Q(is_small=True)
            | Q(parent=None)
            | Q(parent__in=chosen.values("pk"))
            | Q(parent__in=on_the_way)
        )
    )


def branches(teams: Iterable[Any]) -> list[Branch]:
    """From teams found with_below(), in the order wanted. One query."""
    children: dict[int | None, list[Any]] = defaultdict(list)
    shown = list(teams)
    for team in shown:
        children[team.parent_id].append(team)
    people = people_in({team.pk for team in shown})

    def grown(team: Any) -> Branch:
        below = [grown(child) for child in children[team.pk]]
        return Branch(team, people.get(team.pk, 0), below, team.has_below and not below)

    there = {team.pk for team in shown}
    return [grown(team) for team in shown if team.parent_id not in there]


def people_in(places: Iterable[int]) -> Mapping[int, int]:
    """How many work in each of these teams or below it; whoever works in two counts once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT place, count(*)
              FROM (
                SELECT DISTINCT place, person.id
                  FROM organisation_teamgrant membership
                  JOIN organisation_user person
                    ON person.id = membership.user_id AND person.is_active
                  JOIN organisation_team team
                    ON team.id = membership.content_object_id AND team.archived_at IS NULL
                 CROSS JOIN LATERAL unnest(team.ancestor_ids || team.id) place
                 WHERE place = ANY(%s)
                   AND membership.permission_id IN (
                           SELECT id FROM auth_permission
                            WHERE codename IN ('lead_team', 'belong_to_team'))
              ) somebody_somewhere
             GROUP BY place
            """,
            [list(places)],
        )
        return dict(cursor.fetchall())


def misplaced() -> list[int]:
    """Teams whose ancestors are not those of their parents; there are none, unless somebody
    wrote past the action that moves a team."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            {TREE} SELECT team.id FROM organisation_team team LEFT JOIN tree USING (id)
             WHERE team.ancestor_ids IS DISTINCT FROM tree.path ORDER BY team.id""")  # noqa: S608
        return [pk for (pk,) in cursor.fetchall()]
