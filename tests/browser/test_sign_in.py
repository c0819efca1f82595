from collections.abc import Callable
from typing import Literal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.organisation.models import User

WIDTHS = [(1280, 800), (390, 844)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", WIDTHS)
def test_the_door_is_open_to_everyone(
    page: Page,
    axe: Callable[[Page], None],
    member: User,
    scheme: Literal["light", "dark"],
    size: tuple[int, int],
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(reverse("account_login"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


def test_a_person_comes_in_with_e_mail_and_password(page: Page, member: User) -> None:
    member.set_password("a long evening walk")
    member.save()
    page.goto("/")
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password").fill("a long evening walk")
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(reverse("account_login"))
    expect(page.get_by_text(member.name).first).to_be_attached()
