"""The rail beside every page: the week, one's own teams, the upper part of the tree."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from apps.dashboards.surroundings import SHOWN_IN_RAIL, Surroundings, surroundings
from apps.objectives.readings import week_text

# Where a page belongs, by the name of its address.
BELONGS = {
    "dashboards:my_week": "my-week",
    "dashboards:overview": "overview",
    "dashboards:objective": "overview",
    "dashboards:map": "map",
    "dashboards:map_branch": "map",
    "alignment:issue_briefing": "overview",
    "alignment:revisions": "overview",
    "alignment:backbriefs": "overview",
    "alignment:give_backbrief": "overview",
    "alignment:contribute": "overview",
    "alignment:ask_for_contribution": "team",
    "initiatives:learnings": "learnings",
    "initiatives:figures": "learnings",
    "dashboards:teams": "team",
    "dashboards:team": "team",
    "dashboards:key_result": "team",
    "dashboards:reviews": "reviews",
    "dashboards:review": "reviews",
    "dashboards:decisions": "reviews",
    "checkins:open_review": "reviews",
    "checkins:now": "check-in",
    "checkins:check_in": "check-in",
    "checkins:history": "team",
    "dashboards:matrix": "matrix",
    "dashboards:record": "team",
    "alignment:pulse_rounds": "people",
    "organisation:people": "people",
    "organisation:person": "people",
    "organisation:set_organisation": "people",
    "objectives:cycles": "people",
    "exchange:prepare_import": "people",
    "exchange:import_list": "people",
    "exchange:export": "people",
    "organisation:profile": "profile",
}


class RailTeam(NamedTuple):
    name: str
    url: str
    depth: int
    mark: str
    word: str
    is_current: bool


class Rail(NamedTuple):
    teams: list[RailTeam]
    has_more: bool
    check_in_url: str
    week_text: str
    current: str

    @property
    def is_in_sheet(self) -> bool:
        """Whether a phone finds this page behind the last tab."""
        return self.current not in {"", "my-week", "overview", "check-in"}


def rail(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Drawn only by whole pages, so asked only by them."""
    if not request.user.is_authenticated:
        return {}
    return {"rail": SimpleLazyObject(lambda: _rail(request))}


def _rail(request: Any) -> Rail:
    around = surroundings(request)
    match = request.resolver_match
    of_team = match and match.route.startswith("teams/<slug:slug>/") and match.kwargs["slug"]
    return Rail(
        teams=_teams(around, of_team or ""),
        has_more=len(around.near) > SHOWN_IN_RAIL,
        check_in_url=_check_in_url(around),
        week_text=week_text(around.running, around.today) if around.running else "",
        current=BELONGS.get(match.view_name, "") if match else "",
    )


def _teams(around: Surroundings, current: str) -> list[RailTeam]:
    """Mine first, each of the others below its parent."""
    names = {team.pk: team.name for team in around.in_rail}
    mine = {team.pk for team in around.my_teams}

    def path(team: Any) -> tuple[bool, list[str]]:
        above = [names.get(pk, "") for pk in team.ancestor_ids]
        return team.pk not in mine, [team.name] if team.pk in mine else [*above, team.name]

    rows = []
    for team in sorted(around.in_rail, key=path):
        reading = around.marks.get(team.pk)
        rows.append(
            RailTeam(
                name=team.name,
                url=team.get_absolute_url(),
                depth=0 if team.pk in mine else len(team.ancestor_ids),
                mark=reading.state if reading else "",
                word=reading.state_word if reading else "",
                is_current=team.slug == current,
            )
        )
    return rows


def _check_in_url(around: Surroundings) -> str:
    """One's team; where there are several, the list of teams asks which."""
    match around.my_teams:
        case []:
            return ""
        case [team]:
            return reverse("checkins:now", args=[team.slug])
        case _several:
            return reverse("dashboards:teams")
