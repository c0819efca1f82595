"""Tell of intent: briefings, what teams make of them, contributions and requests."""

from datetime import datetime
from typing import TYPE_CHECKING

from apps.alignment import actions as alignment
from apps.alignment.models import Backbrief, ContributionRequest
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import User
from okrsite.example.intent import (
    ASKED,
    BACKBRIEFS,
    BRIEFINGS,
    CONTRIBUTIONS,
    REQUESTS,
    Asked,
    Revision,
    Said,
)

if TYPE_CHECKING:
    from okrsite.example.build import Story


def align(story: "Story") -> None:
    for title, revisions in BRIEFINGS.items():
        for revision in revisions:
            _brief(story, title, revision)
    for title, rows in BACKBRIEFS.items():
        for said in rows:
            _answer(story, title, said)
    for own, goal, how in CONTRIBUTIONS:
        _contribute(story, own, goal, how)
    for asked in REQUESTS:
        _ask(story, asked)


def _objective(story: "Story", title: str) -> Objective:
    return Objective.objects.get(pk=story.goals[title].pk)


def _goal(story: "Story", title: str) -> Objective | KeyResult:
    found = story.outcomes.get(title)
    return KeyResult.objects.get(pk=found.pk) if found else _objective(story, title)


def _owner(objective: Objective) -> User:
    """Each goal of the example has one."""
    assert objective.owner is not None  # noqa: S101
    return objective.owner


def _brief(story: "Story", title: str, revision: Revision) -> None:
    def issue(now: datetime) -> None:
        objective = _objective(story, title)
        words = alignment.Words(
            context=revision.context,
            one_up=revision.one_up,
            two_up=revision.two_up,
            intent=revision.intent,
            tasks=list(revision.tasks),
            main_effort=revision.main_effort,
            freedoms=revision.freedoms,
            teams=[story.teams[name] for name in ASKED[title]],
        )
        alignment.issue_briefing(objective, words, by=_owner(objective), now=now)

    story.on(revision.day, issue, hour=13)


def _answer(story: "Story", title: str, said: Said) -> None:
    team = story.teams[said.team]

    def give(now: datetime) -> None:
        alignment.give_backbrief(
            _objective(story, title), team, understood=said.understood, needs=said.needs,
            gives_up=said.gives_up, questions=said.questions,
            will_do=[story.fresh(name) for name in said.will_do],
            by=story.persons[said.by], now=now,
        )  # fmt: skip

    def decide(now: datetime) -> None:
        backbrief = Backbrief.objects.get(objective=story.goals[title], team=team)
        verb = said.answer[1] if said.answer else ""
        action = alignment.accept_backbrief if verb == "accept" else alignment.return_backbrief
        comment = said.answer[2] if said.answer else ""
        action(backbrief, comment=comment, by=_owner(backbrief.objective), now=now)

    story.on(said.day, give, hour=14)
    if said.answer:
        story.on(said.answer[0], decide, hour=16)


def _contribute(story: "Story", own: str, goal: str, how: str) -> None:
    def contribute(now: datetime) -> None:
        objective = _objective(story, own)
        alignment.contribute(
            objective, goal=_goal(story, goal), how=how, by=_owner(objective), now=now
        )

    story.on(-1, contribute)


def _ask(story: "Story", asked: Asked) -> None:
    made: list[ContributionRequest] = []

    def ask(now: datetime) -> None:
        request = alignment.ask_for_contribution(
            team=story.teams[asked.team], asked_team=story.teams[asked.of],
            goal=_goal(story, asked.goal), what=asked.what, why=asked.why,
            by_when=story.day(asked.by_when), by=story.persons[asked.by], now=now,
        )  # fmt: skip
        made.append(request)

    story.on(asked.day, ask)
    if asked.declined:
        day, by, reason = asked.declined
        story.on(
            day,
            lambda now: alignment.decline_contribution(
                made[0], reason=reason, by=story.persons[by], now=now
            ),
        )
    if asked.taken:
        day, by, title = asked.taken
        story.on(
            day,
            lambda now: alignment.accept_as_initiative(
                made[0], title=title, by=story.persons[by], now=now
            ),
        )
