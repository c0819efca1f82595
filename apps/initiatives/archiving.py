"""A team ends only when nothing of it is left to decide."""

from dataclasses import dataclass

from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team


@dataclass(frozen=True)
class LeftToDecide:
    """What still lives in a team; each is answered on its own page, by those it belongs to."""

    teams: list[Team]
    objectives: list[Objective]
    key_results: list[KeyResult]
    initiatives: list[Initiative]
    drafts: int  # counted only: not everyone reads what is still drafted

    @classmethod
    def of(cls, team: Team) -> "LeftToDecide":
        ended = [Objective.State.CLOSED, Objective.State.WITHDRAWN, Objective.State.ABANDONED]
        own = Objective.objects.filter(team=team).exclude(state__in=ended)
        objectives = list(own.exclude(cycle__state=Cycle.State.CLOSED))
        reported = KeyResult.objects.reported_by(team).filter(
            objective__state=Objective.State.COMMITTED, dropped_at=None
        )
        return cls(
            teams=list(Team.objects.standing().filter(parent=team)),
            objectives=[objective for objective in objectives if objective.is_committed],
            key_results=list(
                reported.exclude(objective__team=team)
                .exclude(objective__cycle__state=Cycle.State.CLOSED)
                .select_related("objective")
            ),
            initiatives=list(Initiative.objects.live().filter(team=team)),
            drafts=sum(objective.can_still_change for objective in objectives),
        )

    @property
    def is_nothing(self) -> bool:
        lives = [self.teams, self.objectives, self.key_results, self.initiatives]
        return not any(lives) and not self.drafts
