"""What an administrator of a fresh installation does first."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.organisation.models import Team, User

SignIn = Callable[[Page, User], None]


def test_a_fresh_organisation_gets_a_cycle_and_a_team_without_scripts(
    page_without_scripts: Page, sign_in: SignIn, root: Team, administrator: User
) -> None:
    page = page_without_scripts
    sign_in(page, administrator)
    page.goto("/people/")
    page.get_by_role("link", name="Cycles").click()
    page.get_by_role("link", name="Plan a cycle").click()
    page.get_by_label("Name").fill("A quarter")
    page.get_by_label("First day").fill("2030-01-07")
    page.get_by_label("Last day").fill("2030-04-07")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("link", name="Open for input").click()
    page.get_by_role("button", name="Open for input").click()
    expect(page.get_by_text("A quarter is open for input.")).to_be_visible()

    page.goto("/people/")
    page.get_by_role("link", name="New team below").click()
    page.get_by_label("Name").fill("Checkout")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Checkout is there. Appoint a leader.")).to_be_visible()
    assert Team.objects.get(name="Checkout").parent == root


def test_every_page_of_administration_can_be_used_by_everyone(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None], other_team: Team, team: Team,
    leader: User, administrator: User, cycle: object,
) -> None:  # fmt: skip
    sign_in(page, administrator)
    move = f"/teams/{team.slug}/move/?to={other_team.pk}"
    for url in ["/cycles/", "/cycles/new/", "/cycles/2026-q4/close/", "/organisation/", move]:
        page.goto(url)
        axe(page)
