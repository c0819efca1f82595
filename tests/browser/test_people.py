"""Somebody comes in by a link, and finds his or her way in a tree that is larger than a page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.organisation import invitation_actions as invitations
from apps.organisation.models import Team, User
from apps.organisation.tree import WHOLE
from tests.factories import NOW, TeamFactory

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page], None]


def test_a_branch_opens_and_closes_in_its_place(
    page: Page, sign_in: SignIn, axe: Axe, root: Team, leader: User
) -> None:
    area = TeamFactory(parent=root, name="Payments")
    Team.objects.bulk_create([TeamFactory.build(parent=area) for _n in range(WHOLE)])
    sign_in(page, leader)
    page.goto("/people/")
    some = Team.objects.filter(parent=area)[0]
    below = page.get_by_role("main").get_by_role("link", name=some.name, exact=True)
    expect(below).to_have_count(0)

    page.get_by_role("link", name="Show the teams below Payments").click()
    expect(below).to_be_visible()
    fold = page.get_by_role("link", name="Hide the teams below Payments")
    expect(fold).to_be_focused()
    axe(page)

    fold.press("Enter")
    expect(below).to_have_count(0)
    expect(page.get_by_role("link", name="Show the teams below Payments")).to_be_focused()
    assert page.url.endswith("/people/")


def test_somebody_without_an_account_comes_in_by_a_link(
    page: Page, axe: Axe, team: Team, leader: User
) -> None:
    [invitation] = invitations.invite(
        emails=["miro@example.org"], role="member", team=team, by=leader, now=NOW
    )
    page.goto(invitation.link)
    axe(page)
    page.get_by_label("Your name").fill("Miro Vasić")
    page.get_by_label("Password").fill("nine wooden herons")
    page.get_by_label("The same again").fill("nine wooden geese")
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_text("The two passwords differ.").first).to_be_visible()
    axe(page)

    page.get_by_label("Password").fill("nine wooden herons")
    page.get_by_label("The same again").fill("nine wooden herons")
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_text("Welcome. This is your week.")).to_be_visible()
    axe(page)
    assert User.objects.get(email="miro@example.org").standing.belongs_to == {team.pk}
