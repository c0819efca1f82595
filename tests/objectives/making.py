"""Goals in each state, made by the actions themselves."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from apps.objectives import actions
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team, User
from tests.factories import NOW, TODAY

WHY = "Every shopper who gives up after the basket is our doing."


def make_draft(team: Team, cycle: Cycle, *, by: User, now: datetime = NOW) -> Objective:
    return actions.draft(
        team=team, cycle=cycle, title="Pay in under a minute", why=WHY, by=by, now=now
    )


def make_key_result(objective: Objective, *, by: User, **said: Any) -> KeyResult:
    whole: dict[str, Any] = {
        "title": "Payments that fail",
        "kind": "decrease",
        "team": objective.team,
        "unit": "%",
        "baseline": Decimal("4.2"),
        "target": Decimal("1.8"),
    }
    return actions.define_key_result(objective, by=by, **whole | said)


def make_open(
    team: Team, cycle: Cycle, *, by: User, people: tuple[User, ...] = (), until: date = TODAY
) -> Objective:
    """Open for input, with one key result."""
    objective = make_draft(team, cycle, by=by)
    make_key_result(objective, by=by)
    actions.open_for_input(objective, until=until, people=people, by=by, now=NOW)
    return objective
