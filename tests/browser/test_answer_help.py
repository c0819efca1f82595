"""A leader answers a request for help in its row of My week, and without scripts on its page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.checkins import actions
from apps.checkins.models import HelpRequest
from apps.organisation.models import Team, User

SignIn = Callable[[Page, User], None]


@pytest.fixture
def asked(team: Team, member: User, leader: User) -> HelpRequest:
    now = timezone.now()
    return actions.ask_for_help(
        team=team, text="Sign the contract with the second carrier.", asked=leader,
        by_when=timezone.localdate(now) + timedelta(days=3), by=member, now=now,
    )  # fmt: skip


def test_it_is_answered_in_its_row(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], asked: HelpRequest, leader: User
) -> None:
    sign_in(page, leader)
    page.goto("/")
    row = page.get_by_role("listitem").filter(has_text="asks you for help")
    row.get_by_role("link", name="Answer").click()
    answer = page.get_by_label("Your answer")
    expect(answer).to_be_visible()
    assert "/help" not in page.url
    axe(page)
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("main").get_by_text("Answer in a sentence.").first).to_be_visible()
    answer.fill("Signed this morning.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".reply")).to_contain_text("Signed this morning.")
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("answered", leader)
    page.reload()
    expect(page.get_by_text("asks you for help")).to_have_count(0)


def test_without_scripts_the_button_leads_to_its_page(
    page_without_scripts: Page, sign_in: SignIn, asked: HelpRequest, leader: User
) -> None:
    page = page_without_scripts
    sign_in(page, leader)
    page.goto("/")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Your answer").fill("Signed.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".reply")).to_contain_text("Signed.")
