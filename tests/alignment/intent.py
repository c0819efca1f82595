"""Briefings, answers and contributions, made by the same actions as the pages use."""

from datetime import date, datetime
from typing import Any

from apps.alignment import actions
from apps.alignment.models import Backbrief, Briefing, Contribution, ContributionRequest
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import Team, User
from tests.factories import NOW

INTENT = "Make paying easy, in order that people who have decided can buy in a minute."


def make_briefing(
    objective: Objective, by: User, *teams: Team, now: datetime = NOW, **words: Any
) -> Briefing:
    """Issued."""
    said = actions.Words(**{"intent": INTENT, "teams": teams, **words})
    return actions.issue_briefing(objective, said, by=by, now=now)


def make_given(
    objective: Objective, team: Team, by: User, *, now: datetime = NOW, **said: Any
) -> Backbrief:
    said = {"understood": "Guests first, on phones first.", **said}
    return actions.give_backbrief(objective, team, by=by, now=now, **said)


def make_contribution(
    objective: Objective, goal: Objective | KeyResult, by: User, how: str = "It helps."
) -> Contribution:
    return actions.contribute(objective, goal=goal, how=how, by=by, now=NOW)


def make_request(
    team: Team, asked_team: Team, goal: Objective | KeyResult, by: User, **said: Any
) -> ContributionRequest:
    said = {
        "what": "The delivery day in the basket",
        "why": "One in three leaves to look for it.",
        "by_when": date(2026, 11, 27),
        **said,
    }
    return actions.ask_for_contribution(
        team=team, asked_team=asked_team, goal=goal, by=by, now=NOW, **said
    )
