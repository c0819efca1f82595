"""Teams of Lindenmarkt agree to report key results of goals above them."""

from datetime import datetime
from typing import TYPE_CHECKING

from apps.objectives import actions as goals
from apps.objectives.models import KeyResult
from apps.organisation.models import User
from okrsite.example.story import TEAMS

if TYPE_CHECKING:
    from okrsite.example.build import Story


def agree_to_report(
    story: "Story", key_result: KeyResult, name: str, *, by: User, now: datetime
) -> None:
    """A leader asks the team that sees the number first, and it agrees."""
    team = story.teams[name]
    if team == key_result.team:
        return
    word = f"You see it first, and what moves it lies with {name}."
    asked = goals.ask_to_report(key_result, team=team, word=word, by=by, now=now)
    leader = story.persons[TEAMS[name][1]]
    goals.accept_report(asked, answer="Yes, we count it already.", by=leader, now=now)
