"""What stands around every page: the cycles, the teams near the person, and how those do.

Pages and the rail beside them ask once a request, so that a page has queries left.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404

from apps.notices.glances import glances
from apps.notices.rows import Row, with_all_a_row_shows
from apps.objectives.components import with_report_request
from apps.objectives.cycles import cycles_around
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.objectives.readings import Reading
from apps.organisation.http import Request
from apps.organisation.models import Team

SHOWN_IN_RAIL = 12
NEAR = 30


class Surroundings:
    def __init__(self, request: Request) -> None:
        self.request = request
        self.user = request.user
        self.today = request.today
        self.asked_for = request.GET.get("cycle", "")

    @property
    def cycles(self) -> list[Cycle]:
        """Those that are no mere plan, the nearest first."""
        return cycles_around(self.request)

    @property
    def running(self) -> Cycle | None:
        return self.cycles[0] if self.cycles else None

    @cached_property
    def cycle(self) -> Cycle | None:
        """The one that the address names, else the one that runs."""
        if not self.asked_for:
            return self.running
        for cycle in self.cycles:
            if cycle.slug == self.asked_for:
                return cycle
        raise Http404

    @cached_property
    def near(self) -> list[Team]:
        """The organisation and one's own teams, then the upper part of the tree."""
        standing = self.user.standing
        first = Q(parent=None) | Q(pk__in=standing.works_in | standing.observes)
        return list(
            Team.objects.visible_to(self.user)
            .standing()
            .annotate(comes_first=_yes_or_no(first))
            .order_by("-comes_first", "ancestor_ids__len", "name")[:NEAR]
        )

    @property
    def root(self) -> Team:
        return next(team for team in self.near if team.is_root)

    @property
    def my_teams(self) -> list[Team]:
        """Where one works, as a member or as a leader."""
        works_in = self.user.standing.works_in
        return [team for team in self.near if team.pk in works_in]

    @property
    def in_rail(self) -> list[Team]:
        return self.near[:SHOWN_IN_RAIL]

    def rows(self, wanted: Q) -> list[Row]:
        """The key results that a page wants, with all that it shows of them."""
        visible = KeyResult.objects.visible_to(self.user)
        found = with_report_request(with_all_a_row_shows(visible.filter(wanted)))
        return [Row.of(key_result, today=self.today) for key_result in found]

    def glances(self, wanted: Q) -> list[Row]:
        """Of thousands, what it takes to count, sort and pick some of them."""
        visible = KeyResult.objects.visible_to(self.user)
        return glances(visible.filter(wanted), self.cycles, today=self.today)

    @cached_property
    def marks(self) -> dict[int, Reading]:
        """By team of the rail: its key result that is worst off."""
        return self.marks_of(self.in_rail, self.running)

    def marks_of(self, teams: Iterable[Team], cycle: Cycle | None) -> dict[int, Reading]:
        """Of what these teams report, as far as it counts."""
        if cycle is None:
            return {}
        reported = Q(
            team__in=[team.pk for team in teams],
            objective__cycle=cycle,
            objective__state__in=Objective.FIXED,
            dropped_at=None,
        )
        found: dict[int, Reading] = {}
        readings = [row.reading for row in self.glances(reported)]
        for reading in sorted(readings, key=lambda reading: reading.sort_rank):
            found.setdefault(reading.key_result.team_id, reading)
        return found


def surroundings(request: Request) -> Surroundings:
    """The same ones for the page and for the rail."""
    if "surroundings" not in vars(request):
        request.surroundings = Surroundings(request)  # type: ignore[attr-defined]
    return request.surroundings  # type: ignore[attr-defined]


def _yes_or_no(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
