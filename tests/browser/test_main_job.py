"""The whole job, once with htmx and once without any JavaScript, by the words on the screen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.checkins.models import CheckIn
from apps.initiatives.models import Initiative, Status
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import User
from okrsite.example.build import build

SignIn = Callable[[Page, User], None]


@pytest.fixture
def lindenmarkt(transactional_db: None) -> None:
    build(timezone.now())


@pytest.fixture(params=["page", "page_without_scripts"], ids=["htmx", "no-scripts"])
def visitor(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def person(name: str) -> User:
    return User.objects.get(name=name)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def fill(page: Page, words: dict[str, str]) -> None:
    for label, text in words.items():
        page.get_by_label(label, exact=True).first.fill(text)  # rows may be added


def test_leadership_sets_an_objective_after_gathering_input(
    lindenmarkt: None, visitor: Page, sign_in: SignIn
) -> None:
    page = visitor
    mara, ines = person("Mara Petersen"), person("Ines Kaya")
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()

    sign_in(page, mara)
    page.goto(reverse("objectives:draft"))
    page.get_by_label("Whose objective is it?").select_option(label="Lindenmarkt")
    page.get_by_label("Cycle").select_option(label=Objective.objects.last().cycle.name)
    fill(page, {"Objective": "Pack as if we paid for it", "Why it matters": "Half of it is air."})
    press(page, "Draft objective")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pack as if we paid for it")
    follow(page, "Define a key result")
    page.get_by_label("What should be different?").fill("Air in a parcel")
    page.get_by_role("radio", name=re.compile("^Decrease")).check()
    page.get_by_label("Start value", exact=True).fill("48,5")
    page.get_by_label("Target", exact=True).fill("30")
    page.get_by_label("Unit (optional)").fill("%")
    press(page, "Define key result")
    expect(page.get_by_text("Air in a parcel").first).to_be_visible()
    assert KeyResult.objects.get(title="Air in a parcel").baseline == 48.5

    objective = Objective.objects.get(title="Pack as if we paid for it")
    follow(page, "Open for input")
    page.get_by_label("Until when?").fill(soon)
    page.get_by_label("Ines Kaya").check()
    press(page, "Open for input")
    objective.refresh_from_db()
    assert objective.state == Objective.State.INPUT

    sign_in(page, ines)
    page.goto("/")
    expect(page.get_by_role("heading", name="Mara Petersen asks for your input")).to_be_visible()
    page.goto(objective.get_absolute_url())
    expect(
        page.get_by_role("main").get_by_role("link", name="Commit this objective")
    ).to_have_count(0)
    page.get_by_label("What would you change?").fill("Count the letters, too.")
    press(page, "Give input")
    expect(page.get_by_text("Count the letters, too.").first).to_be_visible()
    page.goto(reverse("objectives:commit", args=[objective.pk]))
    expect(page.get_by_role("main")).to_contain_text("Only leaders of Lindenmarkt")

    sign_in(page, mara)
    page.goto(objective.get_absolute_url())
    expect(page.get_by_text("1 input still to answer before you can commit")).to_be_visible()
    page.get_by_role("radio", name="Partly").check()
    page.get_by_label("One sentence why").fill("Next quarter.")
    press(page, "Answer Ines Kaya")
    expect(page.get_by_text("Next quarter.").first).to_be_visible()
    follow(page, "Commit")
    page.get_by_label("Why now?").fill("The boxes are ordered on Monday.")
    press(page, "Commit this objective")
    expect(page.get_by_text("Committed on")).to_be_visible()
    objective.refresh_from_db()
    assert (objective.state, objective.committed_by) == (Objective.State.COMMITTED, mara)


def test_a_team_proposes_starts_swaps_and_kills(
    lindenmarkt: None, visitor: Page, sign_in: SignIn
) -> None:
    page = visitor
    tom, mara = person("Tom Richter"), person("Mara Petersen")
    later = (timezone.localdate() + timedelta(days=20)).isoformat()

    sign_in(page, tom)
    page.goto(reverse("dashboards:team", args=["checkout"]))
    follow(page, "Propose initiative")
    fill(
        page,
        {
            "What do you want to try?": "Keep the basket for a week",
            "We believe that": "people who come back",
            "will": "pay for what they left",
            "We will know when": "one in ten kept baskets is paid",
            "We stop if this": "Kept baskets that are paid",
            "Limit": "4%",
            "on": later,
        },
    )
    page.get_by_label("Which key result should it move?").first.select_option(
        str(KeyResult.objects.get(title="Checkout conversion rate").pk)
    )
    page.get_by_label("By how much? (optional)").first.fill("1,5")
    press(page, "Propose")
    kept = Initiative.objects.get(title="Keep the basket for a week")
    assert (kept.status, kept.links.get().expected_effect) == (Status.PROPOSED, 1.5)

    page.goto(kept.get_absolute_url())
    follow(page, "Start")
    press(page, "Start initiative")
    expect(page.get_by_text("Keep the basket for a week").first).to_be_visible()
    kept.refresh_from_db()
    assert kept.status == Status.ACTIVE

    page.goto(kept.get_absolute_url())
    follow(page, "Swap")
    page.get_by_role("radio", name="We have a better idea").check()
    page.get_by_label("What did you learn?").fill("They come back for the price, not the basket.")
    page.get_by_role("radio", name="Pay later with invoice").check()
    press(page, "Swap")
    expect(page.get_by_text("Pay later with invoice").first).to_be_visible()
    kept.refresh_from_db()
    assert (kept.status, kept.successor.title) == (Status.SWAPPED, "Pay later with invoice")

    reminder = Initiative.objects.get(title="Shopping-cart reminder")
    page.goto(reminder.get_absolute_url())
    follow(page, "Kill")
    page.get_by_role("radio", name="It costs too much").check()
    page.get_by_label("What did you learn?").fill("Four mails in a hundred lead to an order.")
    press(page, "Kill initiative")
    expect(page.get_by_text("Four mails in a hundred").first).to_be_visible()
    reminder.refresh_from_db()
    assert reminder.status == Status.KILLED

    sign_in(page, mara)
    amazon = Initiative.objects.get(title="Amazon sign-in")
    page.goto(amazon.get_absolute_url())
    expect(page.get_by_role("main").get_by_role("link", name="Kill")).to_have_count(0)
    page.goto(reverse("initiatives:kill", args=[amazon.pk]))
    expect(page.get_by_role("main")).to_contain_text(
        "Only Checkout can do this: the team decides about its means."
    )


def test_the_team_checks_in_and_the_leader_sees_it(
    lindenmarkt: None, visitor: Page, sign_in: SignIn
) -> None:
    page = visitor
    sign_in(page, person("Tom Richter"))
    page.goto(reverse("dashboards:team", args=["checkout"]))
    follow(page, "Check in")
    conversion = page.get_by_role("heading", name="Checkout conversion rate")
    form = page.locator("section, article, li, fieldset").filter(has=conversion).last
    form.get_by_label("This week").fill("57,3")
    form.get_by_role("radio", name="8", exact=True).check()
    form.get_by_label("What changed, and why? (optional)").fill("Every tenth visitor signs in so.")
    page.get_by_label("What moved? (optional)").first.fill("Half of the texts are shorter.")
    press(page, "Send check-in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Checkout")
    expect(page.get_by_text(re.compile("^Sent"))).to_be_visible()

    sent = CheckIn.objects.submitted().filter(team__slug="checkout").first()
    report = sent.key_results.get(key_result__title="Checkout conversion rate")
    assert (float(report.measurement.value), report.confidence) == (57.3, 8)

    sign_in(page, person("Mara Petersen"))
    page.goto(reverse("dashboards:overview"))
    row = page.get_by_role("row").filter(has_text="Checkout conversion rate")
    expect(row).to_contain_text("57.3%")
    expect(row).to_contain_text("8/10")
    row.get_by_role("link", name="Checkout conversion rate").click()
    expect(page.get_by_role("main")).to_contain_text("Every tenth visitor signs in so.")
