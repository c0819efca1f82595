"""Two rounds of the pulse at Lindenmarkt, a month apart. Plain data, and their telling."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from apps.alignment import actions as alignment
from apps.alignment.models import PulseAsked, PulseRound

if TYPE_CHECKING:
    from okrsite.example.build import Story


class Held(NamedTuple):
    """opens, until: days of the cycle. answers: by team, person by person, four numbers each."""

    opens: int
    until: int
    answers: dict[str, str]


# One person: two answers for alignment, two for autonomy, from 1 to 6.
ROUNDS = (
    Held(
        7,
        11,
        {
            "Checkout": "5544 5433 4544 5445 4534",
            "Payments": "4454 4344 3355 4445",
            "Delivery": "5544 6545 5644 5545 5544",
            "Search": "4344 3344 3435 4344",
            "Loyalty": "3333 3423 2333 3334",
            "Service": "4433 4344",
        },
    ),
    Held(
        35,
        39,
        {
            "Checkout": "6555 5654 5565 6555 5545 5655",
            "Payments": "4455 5465 4456 3565 4455",
            "Delivery": "5622 6532 5523 5622 5532 4633",
            "Search": "2355 3255 2256 3365 2355",
            "Loyalty": "3332 3223 4333 2322 3343",
            "Service": "5443 4444",
        },
    ),
)


def hold(story: "Story") -> None:
    for held in ROUNDS:
        _hold(story, held)


def _hold(story: "Story", held: Held) -> None:
    opened: list[PulseRound] = []
    until = story.day(held.until)

    def open_it(now: datetime) -> None:
        by = story.administrator
        opened.append(alignment.open_pulse(until=until, every_weeks=4, by=by, now=now))

    def answer(now: datetime) -> None:
        for name, sheets in held.answers.items():
            team = story.teams[name]
            asked = PulseAsked.objects.filter(tally__team=team, tally__of_leaders=False)
            people = [one.person for one in asked.select_related("person").order_by("pk")]
            for person, sheet in zip(people, sheets.split(), strict=False):
                answers = [int(answer) for answer in sheet]
                alignment.answer_pulse(opened[0], team=team, answers=answers, by=person)

    def close(now: datetime) -> None:
        alignment.close_pulse(opened[0], by=story.administrator, now=now)

    story.on(held.opens, open_it, hour=8)
    story.on(held.opens + 1, answer, hour=9)
    story.on(held.until, close, hour=18)
