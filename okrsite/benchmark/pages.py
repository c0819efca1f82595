"""Which pages are measured, as whom, and beside which floor."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse

from apps.checkins.cadence import monday
from apps.objectives.models import Objective
from apps.organisation.models import Team, User
from okrsite.benchmark.floors import CHECK_IN, PEOPLE, TEAMS, Floor, key_results

IN_AREA = "(team.id = %(area)s OR team.ancestor_ids @> ARRAY[%(area)s]::bigint[])"


class Page(NamedTuple):
    name: str
    url: str
    person: User
    floor: Floor
    is_sent: bool = False  # a form, sent anew each time


def pages(today: date) -> list[Page]:
    """As a team's leader; the overviews as who leads all that they show."""
    objective = Objective.objects.order_by("pk").filter(team__ancestor_ids__len=3)[0]
    team, key_result = objective.team, objective.key_results.all()[0]
    root, area = (Team.objects.get(pk=pk) for pk in team.ancestor_ids[:2])
    leader, of_area, of_root = (
        User.objects.leading(place).get() for place in (team, area, root)
    )  # fmt: skip
    overview, of_team = reverse("dashboards:overview"), {"team": team.pk}
    check_in = reverse("checkins:check_in", args=[team.slug, monday(today)])
    ours = key_results("team.id = %(team)s", **of_team)
    return [
        Page("my week", reverse("dashboards:my_week"), leader, ours),
        Page("overview, whole", overview, of_root, key_results("TRUE")),
        Page(
            "overview of an area", f"{overview}?unit={area.slug}", of_area,
            key_results(IN_AREA, area=area.pk),
        ),
        Page("team", team.get_absolute_url(), leader, ours),
        Page(
            "objective", objective.get_absolute_url(), leader,
            key_results("goal.id = %(objective)s", objective=objective.pk),
        ),
        Page(
            "key result", key_result.get_absolute_url(), leader,
            key_results("key_result.id = %(key_result)s", key_result=key_result.pk),
        ),
        Page("teams", reverse("dashboards:teams"), leader, Floor(TEAMS, {})),
        Page("people", reverse("organisation:people"), leader, Floor(PEOPLE, of_team)),
        Page("check-in, sent", check_in, leader, Floor(CHECK_IN, of_team), is_sent=True),
    ]  # fmt: skip
