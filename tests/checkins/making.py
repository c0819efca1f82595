"""Check-ins as their own action makes them; a test names only what it is about."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from apps.checkins import actions
from apps.checkins.actions import Said
from apps.checkins.models import CheckIn, HelpRequest
from apps.objectives.models import KeyResult
from apps.organisation.models import Team, User
from tests.factories import at

WEEK = date(2026, 11, 16)
LAST_WEEK = WEEK - timedelta(weeks=1)
OF_KEY_RESULT = {"value", "confidence", "sentence"}


def make_sent(
    key_result: KeyResult, by: User, *, week: date = WEEK, value: str | None = "56.4",
    confidence: int | None = 7, sentence: str = "", **rest: Any,
) -> CheckIn:  # fmt: skip
    """On the Friday of its week."""
    said = Said(Decimal(value) if value else None, confidence, sentence)
    rest = {"now": at(week + timedelta(days=4)), **rest}
    return actions.submit(
        team=key_result.team, week=week, cycle=key_result.objective.cycle, by=by,
        key_results={key_result: said}, **rest,
    )  # fmt: skip


def typed(
    key_result: KeyResult, *, version: int = 1, seen: dict[str, str] | None = None, **words: str
) -> dict[str, str]:
    """What a browser sends; value, confidence and sentence are those of the key result."""
    body = {"version": str(version), "seen": json.dumps(of(key_result, **(seen or {})))}
    return body | of(key_result, **words)


def of(key_result: KeyResult, **words: str) -> dict[str, str]:
    """By the names of their fields."""
    return {
        f"{name}-{key_result.pk}" if name in OF_KEY_RESULT else name: text
        for name, text in words.items()
    }


def make_asked(team: Team, by: User, asked: User, **words: Any) -> HelpRequest:
    """On the Monday of this week, for the Friday of the next."""
    words = {"text": "The decline codes.", "by_when": date(2026, 11, 27), **words}
    return actions.ask_for_help(team=team, asked=asked, by=by, now=at(WEEK), **words)
