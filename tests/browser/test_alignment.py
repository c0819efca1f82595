"""The map, briefings, answers, requests and the matrix, as they are drawn."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from apps.alignment.models import PulseResult, PulseRound
from apps.alignment.scores import QUESTIONS, STEPS
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import Team, User
from tests.alignment.intent import make_briefing, make_contribution, make_given, make_request
from tests.factories import ObjectiveFactory, TeamFactory
from tests.initiatives.making import make_active

SignIn = Callable[[Page, User], None]
LONG = "Zahlungsausfallwahrscheinlichkeitsprüfung for everyone who has decided to buy"


@pytest.fixture
def cycle(cycle: Cycle) -> Cycle:
    """It runs while a browser keeps its own clock."""
    today = timezone.localdate()
    cycle.starts, cycle.ends = today - timedelta(days=46), today + timedelta(days=44)
    cycle.save()
    return cycle


@pytest.fixture
def now(cycle: Cycle) -> datetime:
    return timezone.now()


def hold_rounds(teams: list[Team], n: int = 3) -> None:
    """As they are kept once they have closed. The same numbers each time."""
    chance = random.Random(len(teams))
    today = timezone.localdate()
    for back in range(n, 0, -1):
        opened = today - timedelta(days=14 * back)
        held = PulseRound.objects.create(
            state="closed", opened_at=timezone.now() - timedelta(days=14 * back),
            opened_on=opened, until=opened, closed_on=opened,
        )  # fmt: skip
        PulseResult.objects.bulk_create(
            PulseResult(round=held, team=team, of_leaders=False, asked=8, answered=8,
                        counts=_counts(chance))
            for team in teams
        )  # fmt: skip


def _counts(chance: random.Random) -> list[int]:
    """Eight people who lean to one side."""
    counts = []
    for _question in range(QUESTIONS):
        leaning, said = chance.randint(0, STEPS - 1), [0] * STEPS
        for _person in range(8):
            said[min(max(leaning + chance.choice([-1, 0, 0, 1]), 0), STEPS - 1)] += 1
        counts += said
    return counts


# What covers what: every label against every dot, ring and earlier dot, and against the others.
OVERLAPS = """() => {
  const boxes = (css) => [...document.querySelectorAll(css)]
    .map((node) => [node.getBoundingClientRect(), node.textContent || node.getAttribute('class')])
    .filter(([box]) => box.width > 0);
  // The line of a text has air above and below its letters.
  const labels = boxes('.mx .labels text').map(([box, name]) =>
    [{left: box.left, right: box.right, top: box.top + 1.5, bottom: box.bottom - 1.5}, name]);
  const marks = boxes('.mx circle');
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
    && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
  const found = [];
  labels.forEach(([box, name], i) => {
    marks.forEach(([mark, css]) => meet(box, mark) && found.push(`${name} on a ${css}`));
    labels.slice(i + 1).forEach(([other, its]) => meet(box, other) && found.push(`${name}/${its}`));
  });
  return {found, labels: labels.length, dots: document.querySelectorAll('.mx .dot').length};
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("n", [1, 6, 40, 300])
def test_no_label_of_the_matrix_covers_a_dot_or_another_label(
    page: Page, sign_in: SignIn, leader_above: User, area: Team, cycle: Cycle, n: int
) -> None:
    teams = [TeamFactory(name=f"Team {number} of {n}", parent=area) for number in range(n)]
    hold_rounds(teams)
    sign_in(page, leader_above)
    page.goto("/matrix/", timeout=20_000)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        drawn: dict[str, Any] = page.evaluate(OVERLAPS)
        assert drawn["found"] == [], width
        assert drawn["dots"] == n
        assert drawn["labels"] >= min(n, 4)
        if n <= 6:
            assert drawn["labels"] == n
        assert page.evaluate(SIDEWAYS) <= 0


@pytest.fixture
def shown(
    area: Team, team: Team, other_team: Team, cycle: Cycle, objective: Objective,
    key_result: KeyResult, member: User, leader: User, leader_above: User, neighbour: User,
    now: datetime,
) -> dict[str, tuple[User, str]]:  # fmt: skip
    """Each page with somebody who reads or writes there, and with long words."""
    make_active(team, member, key_result, title=LONG)
    above = ObjectiveFactory(team=area, cycle=cycle, owner=leader_above, title=LONG)
    make_contribution(objective, above, leader, how=LONG)
    make_briefing(objective, leader, team, other_team, now=now, context=LONG,
                  tasks=["Guests pay.", LONG], main_effort=1)  # fmt: skip
    make_given(objective, team, member, now=now, needs=LONG)
    make_briefing(objective, leader, team, other_team, now=now, context="Most leave.",
                  tasks=["Guests pay.", "Say why."], main_effort=2)  # fmt: skip
    make_given(objective, other_team, neighbour, now=now, questions=LONG)
    today = timezone.localdate()
    asked = make_request(team, other_team, objective, member, what=LONG, by_when=today)
    hold_rounds([team, other_team])
    goal = f"/objectives/{objective.pk}"
    return {
        "map": (leader_above, "/map/"),
        "objective": (leader, objective.get_absolute_url()),
        "briefing": (leader, f"{goal}/briefing/"),
        "revisions": (member, f"{goal}/briefing/revisions/"),
        "backbriefs": (leader, f"{goal}/backbriefs/"),
        "backbrief": (member, f"{goal}/backbriefs/{team.slug}/"),
        "contribution": (leader, f"{goal}/contributions/new/"),
        "asking": (member, f"/teams/{team.slug}/contributions/ask/"),
        "request": (neighbour, f"/contribution-requests/{asked.pk}/accept/"),
        "matrix": (leader_above, "/matrix/"),
        "record": (member, f"/teams/{team.slug}/record/"),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_of_alignment_is_for_everyone(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], scheme: Any,
    shown: dict[str, tuple[User, str]],
) -> None:  # fmt: skip
    page.emulate_media(color_scheme=scheme)
    wide = []
    for person, address in shown.values():
        sign_in(page, person)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert page.locator("h1").inner_text() != "This page does not exist", address
            axe(page)
        page.set_viewport_size({"width": 360, "height": 900})
        if page.evaluate(SIDEWAYS) > 0:
            wide.append(address)
    assert not wide
