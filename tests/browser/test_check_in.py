"""A week's check-in as two people of a team write it, with scripts and without."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Literal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.checkins.models import CheckIn
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import User
from tests.factories import KeyResultFactory
from tests.initiatives.making import make_active

SignIn = Callable[[Page, User], None]


@pytest.fixture
def url(cycle: Cycle, key_result: KeyResult, member: User, leader: User) -> str:
    """Of this week, in a cycle that runs while a browser keeps its own clock."""
    today = timezone.localdate()
    cycle.starts, cycle.ends = today - timedelta(days=46), today + timedelta(days=44)
    cycle.save()
    return reverse("checkins:now", args=[key_result.team.slug])


def test_what_is_typed_is_saved_and_then_sent(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], url: str, member: User
) -> None:
    sign_in(page, member)
    page.goto(url)
    number = page.get_by_label("This week")
    number.press_sequentially("56,4")
    status = page.locator("#save-status")
    expect(status).to_contain_text("Draft saved at")
    expect(status).to_contain_text("“56,4” read as 56.4%.")
    expect(number).to_be_focused()

    page.keyboard.press("Control+Enter")
    expect(page.locator("#errsum")).to_be_focused()
    axe(page)
    page.get_by_role("link", name="Say from 0 to 10").click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Send check-in").click()
    expect(page.get_by_text("Sent. Change it until Sunday.")).to_be_visible()
    report = CheckIn.objects.get().key_results.get()
    assert report.measurement is not None
    assert (report.measurement.value, report.confidence) == (Decimal("56.4"), 1)


def test_two_who_write_at_once_are_shown_both(
    page: Page, page_without_scripts: Page, sign_in: SignIn, url: str, member: User, leader: User
) -> None:
    sign_in(page, member)
    page.goto(url)
    sign_in(page_without_scripts, leader)
    page_without_scripts.goto(url)
    page_without_scripts.get_by_label("This week").fill("56.8")
    page_without_scripts.get_by_role("button", name="Save draft").click()

    page.get_by_label("This week").press_sequentially("57")
    status = page.locator("#save-status")
    expect(status).to_contain_text("Not saved: a colleague wrote here too.")
    expect(status).to_contain_text("Yours: 57")
    page.get_by_label("Theirs: 56.8").check()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_label("This week")).to_have_value("56.8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_is_for_everyone(
    page: Page,
    sign_in: SignIn,
    axe: Callable[[Page], None],
    url: str,
    member: User,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 820})
    sign_in(page, member)
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check-in for week")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_draft_is_saved_and_sent(
    page_without_scripts: Page, sign_in: SignIn, url: str, member: User
) -> None:
    page = page_without_scripts
    sign_in(page, member)
    page.goto(url)
    page.get_by_label("This week").fill("56.4")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("This week")).to_have_value("56.4")
    page.get_by_label("7", exact=True).check(force=True)
    page.get_by_role("button", name="Send check-in").click()
    expect(page.get_by_text("Sent. Change it until Sunday.")).to_be_visible()


@pytest.fixture
def usual(key_result: KeyResult, url: str, member: User) -> str:
    """A team with two key results and three initiatives."""
    KeyResultFactory(objective=key_result.objective, title="Satisfaction")
    for n in range(3):
        make_active(key_result.team, member, key_result, title=f"Bet {n}")
    return url


def test_a_usual_week_takes_at_most_twelve_interactions(
    page: Page, sign_in: SignIn, usual: str, member: User
) -> None:
    """Fields entered, radios set, buttons pressed; each value is checked in the database."""
    sign_in(page, member)
    page.goto(usual)
    interactions = 0
    for place, (number, confidence) in enumerate([("56.4", "7"), ("57", "6")]):
        item = page.locator("section.item").nth(place)
        item.get_by_label("This week").fill(number)
        item.get_by_label(confidence, exact=True).check(force=True)
        interactions += 2
    for place in range(3):
        page.get_by_label("What moved?").nth(place).fill("Live for a tenth.")
        interactions += 1
    page.get_by_role("button", name="Send check-in").click()
    interactions += 1
    expect(page.get_by_text("Sent. Change it until Sunday.")).to_be_visible()
    check_in = CheckIn.objects.get()
    reports = [(r.measurement and r.measurement.value, r.confidence)
               for r in check_in.key_results.order_by("pk")]  # fmt: skip
    assert reports == [(Decimal("56.4"), 7), (Decimal(57), 6)]
    assert check_in.initiatives.count() == 3
    assert interactions <= 12


def test_the_keyboard_alone_is_enough(
    page: Page, sign_in: SignIn, usual: str, member: User
) -> None:
    """From the first number to the end of an initiative, in reading order, without a mouse."""
    sign_in(page, member)
    page.goto(usual)
    keys = page.keyboard
    page.get_by_label("This week").first.focus()
    for number in ("56.4", "57"):
        keys.type(number)
        keys.press("Tab")
        keys.press("ArrowRight")  # the second of eleven: how sure
        keys.press("Tab")  # what changed, and why
        keys.press("Tab")
    for place in range(3):
        if place:
            keys.press("Tab")
        keys.press("ArrowRight")  # pause
        keys.press("Tab")
        keys.type("Black Friday.")
        for _field in ("look again on: day", "month", "year", "the calendar", "moved", "next"):
            keys.press("Tab")
    keys.press("Control+Enter")
    expect(page.get_by_text("Sent. Change it until Sunday.")).to_be_visible()
    assert Initiative.objects.filter(status="paused").count() == 3


def test_each_choice_opens_only_what_it_needs_and_an_end_is_confirmed(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], usual: str, member: User
) -> None:
    sign_in(page, member)
    page.goto(usual)
    bet = page.locator("section.moves").first
    expect(bet.get_by_label("What did you learn?")).to_be_hidden()
    bet.get_by_label("Kill", exact=True).check(force=True)
    expect(bet.get_by_label("What did you learn?")).to_be_visible()
    expect(bet.get_by_label("What was delivered?")).to_be_hidden()
    axe(page)
    bet.get_by_label("Why does it end?").select_option("cost")
    bet.get_by_label("What did you learn?").fill("Too dear for what it moves.")
    page.get_by_role("button", name="Send check-in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Something ends for good")
    axe(page)
    assert Initiative.objects.filter(status="killed").count() == 0
    page.get_by_role("button", name="Confirm and send").click()
    expect(page.get_by_text("“Bet 0” is killed.")).to_be_visible()
    assert Initiative.objects.get(status="killed").learning == "Too dear for what it moves."
