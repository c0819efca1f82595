"""Initiatives of every status, and how each came to stand as it does."""

from typing import NamedTuple

from apps.objectives.models import KeyResult

STARTED, TURNED = 9, 60  # days of the cycle


class Step(NamedTuple):
    verb: str
    origin: str
    to: str
    day: int


class Bet(NamedTuple):
    pk: int
    key_result: KeyResult
    status: str
    successor: int | None

    @property
    def steps(self) -> list[Step]:
        steps = [Step("propose", "", "proposed", 2)]
        if self.status != "proposed":
            steps.append(Step("start", "proposed", "active", STARTED))
        if self.status in ENDINGS:
            steps.append(Step(ENDINGS[self.status], "active", self.status, TURNED))
        return steps

    @property
    def ended_on(self) -> int | None:
        return TURNED if self.status in ENDINGS and self.status != "paused" else None


ENDINGS = {"done": "finish", "killed": "kill", "swapped": "swap", "paused": "pause"}
REASONS = {"kill": "no-effect", "swap": "no-effect", "pause": "The list is not here yet."}
# What stands in the row of a key result's initiatives; each key result begins at another place.
STATUSES = ("active", "proposed", "active", "done", "active", "killed", "paused")
SWAPPING = 5  # every so many key results has its first initiative swapped for its second


def bets_on(key_results: list[KeyResult], how_many: int) -> list[Bet]:
    found: list[Bet] = []
    for n, key_result in enumerate(key_results):
        here = (n + 1) * how_many // len(key_results) - n * how_many // len(key_results)
        statuses = [STATUSES[(n + m) % len(STATUSES)] for m in range(here)]
        swaps = n % SWAPPING == 0 and here > 1
        if swaps:
            statuses[:2] = ["swapped", "active"]
        for m, status in enumerate(statuses):
            pk = len(found) + 1
            found.append(Bet(pk, key_result, status, pk + 1 if swaps and m == 0 else None))
    return found
