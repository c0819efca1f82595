"""A number is in with two touches of the page: type it, press Enter."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.objectives.models import Cycle, KeyResult, Measurement
from apps.organisation.models import User

SignIn = Callable[[Page, User], None]


def test_a_number_is_added_where_one_reads(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], cycle: Cycle,
    key_result: KeyResult, member: User,
) -> None:  # fmt: skip
    today = timezone.localdate()
    cycle.starts, cycle.ends = today - timedelta(days=46), today + timedelta(days=44)
    cycle.save()
    sign_in(page, member)
    page.goto(key_result.get_absolute_url())
    page.evaluate("window.stillHere = true")

    number = page.get_by_label("Number", exact=True)
    number.fill("999")
    number.press("Enter")
    error = "This lies outside of what is possible for this key result."
    expect(page.locator("#id_value_error")).to_contain_text(error)
    expect(page.get_by_label("Number", exact=True)).to_have_value("999")

    number = page.get_by_label("Number", exact=True)
    number.fill("56,4")  # once
    number.press("Enter")  # and twice: the day is there already
    expect(page.get_by_role("status").first).to_contain_text("56.4% on")
    expect(page.locator("#figure")).to_contain_text("(56.4 − 52) / (65 − 52)")
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.evaluate("window.stillHere")  # nothing was loaded anew
    assert Measurement.objects.get().value == Decimal("56.4")
    axe(page)
