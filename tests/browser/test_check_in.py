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
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.models import User

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
    status = page.get_by_role("status")
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
    status = page.get_by_role("status")
    expect(status).to_contain_text("Not saved: a colleague wrote here too.")
    expect(status).to_contain_text("You: 57")
    expect(status).to_contain_text("56.8")
    page.get_by_role("button", name="Keep theirs").click()
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
