"""What a review meeting looks at, in which order, and whom its decisions can name."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from apps.checkins.models import KeyResultReport, ReviewMeeting
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import Reading, read
from apps.objectives.readings.summary import WELL
from apps.objectives.scoring import Belief, belief
from apps.organisation.models import Team, TeamGrant, User

TOO_EARLY = "too-early"


class Looked(NamedTuple):
    key_result: KeyResult
    is_exception: bool


def to_look_at(team: Team, cycle: Cycle, *, today: date) -> list[Looked]:
    """The committed key results of the team and of those below, the worst first. An exception is
    what is not well, and what its team does not believe in. Two queries at most."""
    here = Q(team=team) | Q(team__ancestor_ids__contains=[team.pk])
    goals_here = Q(objective__team=team) | Q(objective__team__ancestor_ids__contains=[team.pk])
    said = (
        KeyResultReport.objects.current()
        .filter(key_result=OuterRef("pk"))
        .exclude(confidence=None)
        .order_by("-check_in__week")
    )
    found = (
        KeyResult.objects.counted()
        .committed()
        .filter(here | goals_here, objective__cycle=cycle)
        .for_rows()
        .annotate(last_confidence=Subquery(said.values("confidence")[:1]))
        .order_by("objective__position", "objective", "position", "pk")
    )
    rows = [(read(key_result, today=today), key_result) for key_result in found]
    exceptions = [row for row in rows if _stands_out(*row)]
    exceptions.sort(key=lambda row: row[0].sort_rank)
    rest = [row for row in rows if row not in exceptions]
    return [
        *(Looked(key_result, is_exception=True) for _reading, key_result in exceptions),
        *(Looked(key_result, is_exception=False) for _reading, key_result in rest),
    ]


def _stands_out(reading: Reading, key_result: Any) -> bool:
    if reading.state not in {*WELL, TOO_EARLY}:
        return True
    said = key_result.last_confidence
    return said is not None and belief(said) == Belief.LOW


def who_can_be_named(meeting: ReviewMeeting, key_result: KeyResult | None) -> QuerySet[User]:
    """Who works in the team that meets or in that of the key result, and who leads above them."""
    teams = [meeting.team, *([key_result.team] if key_result else [])]
    above = {pk for team in teams for pk in team.ancestor_ids}
    works = TeamGrant.objects.for_teams(*teams).works_in()
    leads = TeamGrant.objects.filter(content_object__in=above).leads()
    named = Q(pk__in=works.values("user")) | Q(pk__in=leads.values("user"))
    return User.objects.active().filter(named).order_by("name")
