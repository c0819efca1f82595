"""Goals in the states that pages must tell of; a test names only what it is about."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from apps.checkins.models import CheckIn
from apps.objectives.models import KeyResult, Measurement, Objective
from apps.organisation.models import Team, User
from tests.checkins.making import WEEK, make_sent
from tests.factories import (
    NOW,
    STARTS,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
)

FIRST_WEEK = STARTS
# Of seven weeks, from 52 % to 65 %: behind, on pace, far behind.
BEHIND = ["52.4", "53.2", "54.3", "55.1", "55.6", None, "56.4"]
ON_PACE = ["53", "54", "55", "55.6", "56.5", "57.5", "58.6"]
FAR_BEHIND = ["52.1", "52.2", "52", "52.3", "52.1", "52.2", "52.4"]


def report(
    key_result: KeyResult, by: User, values: list[str | None], *, confidence: int | None = 7,
    sentence: str = "",
) -> list[CheckIn]:  # fmt: skip
    """A value a week, from the first week on; None: no check-in. The words are the last week's."""
    weeks = [FIRST_WEEK + timedelta(weeks=n) for n in range(len(values))]
    return [
        make_sent(
            key_result, by, week=week, value=value, confidence=confidence,
            sentence=sentence if week == weeks[-1] else "",
        )
        for week, value in zip(weeks, values, strict=True)
        if value
    ]  # fmt: skip


def make_goal(team: Team, owner: User, *titles: str, **words: Any) -> Objective:
    """A committed objective with these key results, in the running cycle."""
    objective = ObjectiveFactory(team=team, owner=owner, cycle=CycleFactory(), **words)
    for title in titles:
        KeyResultFactory(objective=objective, title=title)
    return objective


def make_crowd(area: Team, by: User, *, teams: int, key_results: int = 3) -> None:
    """Teams with a goal each, every key result of it measured each week."""
    for n in range(teams):
        team = TeamFactory(name=f"Crowd {n}", slug=f"crowd-{n}", parent=area)
        goal = make_goal(team, by, *[f"Key result {n}.{m}" for m in range(key_results)])
        measured = list(goal.key_results.all())
        Measurement.objects.bulk_create(
            Measurement(
                key_result=key_result, day=FIRST_WEEK + timedelta(weeks=week, days=4),
                value=Decimal(value), source="check-in", entered_by=by, entered_at=NOW,
            )
            for key_result in measured
            for week, value in enumerate(ON_PACE)
        )  # fmt: skip
        make_sent(measured[0], UserFactory(works_in=team), week=WEEK, value="58.6")


def text_of(response: Any) -> str:
    """What a person reads, without markup, on one line."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


LONG_GERMAN = "Lieferterminzusagenüberwachungsverfahrensverbesserungsmaßnahmen " * 2
