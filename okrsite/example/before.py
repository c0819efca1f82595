"""The quarter before: reviewed, looked back on and closed, so that its report can be read."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from apps.checkins import actions as checkins
from apps.objectives import actions as goals
from apps.objectives.actions import Definition
from apps.objectives.models import Cycle, KeyResult, Objective, Review
from okrsite.example.reporting import agree_to_report

if TYPE_CHECKING:
    from okrsite.example.build import Story

QUARTER = 91
# Until then the quarter before is reviewed; the last day of it is day −1.
CLOSED_ON = 4


class Measured(NamedTuple):
    """By week of the quarter: what its team reported on the Friday."""

    title: str
    team: str
    said: Definition
    values: Mapping[int, str]
    confidence: tuple[int, ...]
    remark: str = ""


KEPT = [
    Measured(
        "Pages that open within two seconds", "Search",
        {"kind": "increase", "unit": "%", "baseline": Decimal(61), "target": Decimal(80),
         "metric": "Of all pages opened in the shop", "bound_low": Decimal(0),
         "bound_high": Decimal(100)},
        {2: "62", 4: "66", 6: "71", 8: "75", 10: "79", 12: "82.5"},
        (5, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10),
        "It is the median phone. On old ones nothing got quicker.",
    ),
    Measured(
        "Baskets that are still there the next day", "Checkout",
        {"kind": "increase", "unit": "%", "baseline": Decimal(38), "target": Decimal(60),
         "metric": "Of baskets left with something in them", "bound_low": Decimal(0),
         "bound_high": Decimal(100)},
        {3: "38.5", 6: "41", 9: "44", 12: "46"},
        (7, 7, 6, 6, 6, 5, 5, 4, 3, 3, 2, 2, 1),
        "Half of them are there because people forgot, not because they want it.",
    ),
    Measured(
        "Pages that fail to open", "Search",
        {"kind": "at-most", "unit": "%", "high": Decimal("0.5"), "bound_low": Decimal(0),
         "metric": "Of all pages opened in the shop"},
        {1: "0.3", 5: "0.7", 7: "0.4", 12: "0.4"},
        (9, 9, 9, 9, 6, 7, 8, 8, 9, 9, 9, 9, 9),
    ),
]  # fmt: skip


def tell(story: "Story", cycle: Cycle) -> None:
    """All of it before this quarter's first check-in, but for one number that came late."""
    mara, hanna = story.persons["Mara Petersen"], story.administrator
    made: dict[str, KeyResult] = {}

    def set_goal(now: datetime) -> None:
        objective = goals.draft(
            team=story.teams["Lindenmarkt"], cycle=cycle, title="Make the shop quick again",
            why="We lost every fourth shopper on the way from the search to the basket.",
            not_doing="A new design.", by=mara, now=now,
        )  # fmt: skip
        for kept in KEPT:
            said: Definition = {
                **kept.said, "title": kept.title, "team": objective.team,
            }  # fmt: skip
            made[kept.title] = goals.define_key_result(objective, by=mara, **said)
            agree_to_report(story, made[kept.title], kept.team, by=mara, now=now)
        goals.open_for_input(objective, until=story.day(-QUARTER - 1), by=mara, now=now)

    def commit(now: datetime) -> None:
        goals.commit(
            _goal(made), early_reason="Everybody had asked for it since spring.", by=mara, now=now
        )

    def check_in(team: str, week: int) -> None:
        leader = story.persons["Mei Tanaka" if team == "Search" else "Ines Kaya"]
        own = [kept for kept in KEPT if kept.team == team]

        def submit(now: datetime) -> None:
            said = {
                made[kept.title]: checkins.Said(
                    _value(kept, week),
                    kept.confidence[week - 1],
                )
                for kept in own
            }
            checkins.submit(
                team=story.teams[team], week=story.day(7 * (week - 1) - QUARTER), cycle=cycle,
                key_results=said, initiatives={}, by=leader, now=now,
            )  # fmt: skip

        story.on(7 * (week - 1) + 4 - QUARTER, submit, hour=15)

    def measure_late(kept: Measured, week: int) -> None:
        story.on(
            2,
            lambda now: goals.measure(
                KeyResult.objects.get(pk=made[kept.title].pk),
                day=story.day(7 * (week - 1) + 4 - QUARTER), value=Decimal(kept.values[week]),
                by=story.persons["Ines Kaya"], now=now,
            ),
        )  # fmt: skip

    def review(now: datetime) -> None:
        objective = _goal(made)
        goals.review(
            objective,
            learnt="Pictures were the weight, not code. We measured for three weeks before we "
            "touched anything, and saved two months.",
            what_next=Review.Next.REPLACE,
            remarks={made[kept.title].pk: kept.remark for kept in KEPT},
            by=mara,
            now=now,
        )
        goals.close(objective, by=mara, now=now)

    def look_back(now: datetime) -> None:
        goals.look_back(
            story.teams["Checkout"], cycle=cycle, by=story.persons["Ines Kaya"], now=now,
            helped="Watching five shoppers a week ourselves.",
            differently="Ask for last month’s numbers before the quarter begins.",
            learnt="A basket that is kept is not a basket that is wanted.",
        )  # fmt: skip

    story.on(-QUARTER - 10, set_goal)
    story.on(-QUARTER - 2, commit)
    for week in range(1, 14):
        for team in ("Checkout", "Search"):
            check_in(team, week)
        for kept in KEPT:
            if _is_late(kept, week):
                measure_late(kept, week)
    story.on(0, lambda now: goals.begin_review(cycle, by=hanna, now=now), hour=7)
    story.on(3, review)
    story.on(3, look_back, hour=14)
    story.on(CLOSED_ON, lambda now: goals.close_cycle(cycle, by=hanna, now=now))


def _value(kept: Measured, week: int) -> Decimal | None:
    """What the check-in of that week says."""
    text = None if _is_late(kept, week) else kept.values.get(week)
    return None if text is None else Decimal(text)


def _is_late(kept: Measured, week: int) -> bool:
    """The last number of the baskets was known only after the quarter."""
    return kept.team == "Checkout" and week == max(kept.values)


def _goal(made: dict[str, KeyResult]) -> Objective:
    return Objective.objects.get(key_results=made[KEPT[0].title])
