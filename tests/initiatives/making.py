"""Initiatives as their own actions make them; a test names only what it is about."""

from datetime import date, datetime
from typing import Any

from apps.initiatives import actions
from apps.initiatives.actions import Aim, Stop
from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult
from apps.organisation.models import Team, User
from tests.factories import NOW, at

WHOLE = {
    "believe": "people who were interrupted come back",
    "will": "send one mail after four hours",
    "know_when": "conversion rises by a point",
    "stops": [Stop("Share of mails that are opened", date(2026, 12, 4), limit="20%")],
}


def make_proposed(
    team: Team, by: User, key_result: KeyResult, *, now: datetime | None = None, **words: Any
) -> Initiative:
    words = {"title": "Shopping-cart reminder", **WHOLE, **words}
    aims = words.pop("aims", [Aim(key_result, 2, date(2026, 12, 4))])
    return actions.propose(team=team, aims=aims, by=by, now=now or at(date(2026, 10, 20)), **words)


def make_suggested(team: Team, by: User, key_result: KeyResult, **words: Any) -> Initiative:
    """From outside the team."""
    words = {"title": "Show the delivery day", **words}
    return actions.suggest(
        team=team, aims=[Aim(key_result)], by=by, now=at(date(2026, 10, 21)), **words
    )


def make_active(team: Team, by: User, key_result: KeyResult, **words: Any) -> Initiative:
    initiative = make_proposed(team, by, key_result, **words)
    actions.start(initiative, by=by, now=at(date(2026, 10, 27)))
    return initiative


def make_paused(team: Team, by: User, key_result: KeyResult, **words: Any) -> Initiative:
    initiative = make_active(team, by, key_result, **words)
    actions.pause(initiative, reason="Waiting for traffic", by=by, now=at(date(2026, 11, 9)))
    return initiative


def make_in_each_state(
    team: Team, by: User, from_outside: User, key_result: KeyResult
) -> dict[str, Initiative]:
    """One for each state there is, as the actions make it; and one that waits to be taken over."""
    learnt: dict[str, Any] = {"reason": "cost", "learning": "Too dear.", "by": by, "now": NOW}
    made = {
        "suggested": make_suggested(team, from_outside, key_result, title="Suggested"),
        "proposed": make_proposed(team, by, key_result, title="Proposed"),
        "active": make_active(team, by, key_result, title="Active"),
        "paused": make_paused(team, by, key_result, title="Paused"),
    } | {end: make_active(team, by, key_result, title=end) for end in ("done", "killed", "swapped")}
    made["declined"] = make_proposed(team, by, key_result, title="declined")
    actions.finish(made["done"], delivered="Live.", by=by, now=NOW)
    actions.kill(made["killed"], **learnt)
    actions.swap(made["swapped"], title="Successor", **learnt)
    actions.decline(made["declined"], word="Not now.", by=by, now=NOW)
    return made
