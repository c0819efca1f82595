"""A review meeting on a projector: each screen fits, arrow keys turn them, in light and dark."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.checkins import actions
from apps.checkins.actions import Said
from apps.checkins.cadence import monday
from apps.checkins.models import ReviewMeeting
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import Team, User
from tests.factories import KeyResultFactory
from tests.initiatives.making import make_active

SignIn = Callable[[Page, User], None]
PROJECTORS = [(1280, 820), (1024, 768)]
LONG = "Zahlungsausfallwahrscheinlichkeitsprüfung vor dem Abschluss der Bestellung, " * 3
# How far one would have to scroll, down and aside.
OVERFLOW = """() => [document.documentElement.scrollHeight - innerHeight,
                     document.documentElement.scrollWidth - innerWidth]"""


@pytest.fixture
def meeting(
    cycle: Cycle, key_result: KeyResult, team: Team, member: User, leader: User
) -> ReviewMeeting:
    """Two that are far behind, one of them with as much beside it as there can be."""
    now, today = timezone.now(), timezone.localdate()
    cycle.starts, cycle.ends = today - timedelta(days=46), today + timedelta(days=44)
    cycle.save()
    other = KeyResultFactory(objective=key_result.objective, title=LONG[:200])
    week = monday(today)
    said = {
        key_result: Said(Decimal(52), 3, "Few came back."),
        other: Said(Decimal(52), 8, LONG[:200]),
    }
    actions.submit(
        team=team, week=week, cycle=cycle, by=member, key_results=said, now=now
    )  # fmt: skip
    for n in range(3):
        make_active(team, member, other, title=f"{n} {LONG}"[:120])
        actions.ask_for_help(
            team=team, text=LONG[:200], asked=leader, by_when=today, by=member, now=now
        )
    return actions.open_review(team=team, cycle=cycle, by=leader, now=now)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", PROJECTORS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_each_screen_fits_and_arrow_keys_turn_them(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], meeting: ReviewMeeting,
    leader: User, size: tuple[int, int], scheme: str,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, leader)
    page.goto(reverse("dashboards:screen", args=[meeting.pk, 1]) + "?present=1")
    for n in (1, 2):
        expect(page).to_have_url(re.compile(rf"/{n}/\?present=1"))
        down, aside = page.evaluate(OVERFLOW)
        assert (down <= 0, aside <= 0) == (True, True), (n, down, aside)
        axe(page)
        page.keyboard.press("ArrowRight")
        page.wait_for_load_state()
    page.keyboard.press("ArrowLeft")
    page.wait_for_load_state()
    note = page.get_by_label("What")
    note.first.fill("Ask the bank")
    before = page.url
    note.first.press("ArrowRight")
    assert page.url == before
