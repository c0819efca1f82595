"""A blended list goes its whole way, with and without scripts; the writing aid asks live."""

import pytest

from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Objective
from tests.exchange.test_unblend_sort import STORY
from tests.factories import ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


def go_the_whole_way(page):
    page.goto("/import/unblend/?team=checkout")
    page.get_by_label("Your list").fill(STORY)
    page.get_by_role("button", name="Sort the lines").click()
    line = page.get_by_role("listitem").filter(has_text="Kundenzufriedenheit").last
    line.get_by_label("Key result").check()
    line.get_by_label("From").fill("7.1")
    line.get_by_label("To").fill("8")
    line.get_by_label("Unit").fill("of 10")
    page.get_by_role("button", name="See how it looks").click()
    assert page.get_by_text("From 7.1 of 10 to 8 of 10").is_visible()
    page.get_by_role("button", name="Create as drafts").click()
    assert page.get_by_role("heading", name="What became of your list").is_visible()
    assert Objective.objects.count() == 1
    assert KeyResult.objects.count() == 2
    assert Initiative.objects.count() == 3


def test_a_list_goes_its_way_without_scripts(page_without_scripts, sign_in, leader, team, cycle):
    sign_in(page_without_scripts, leader)
    go_the_whole_way(page_without_scripts)


def test_a_list_goes_its_way_with_scripts(page, sign_in, leader, team, cycle):
    sign_in(page, leader)
    go_the_whole_way(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_its_pages_can_be_used_by_everyone(page, sign_in, axe, leader, team, cycle, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, leader)
    page.goto("/import/unblend/")
    axe(page)
    page.get_by_label("Your list").fill(f"{STORY}\n{'Donaudampfschiff' * 12}")
    for button in ["Sort the lines", "See how it looks", "Create as drafts"]:
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_writing_aid_asks_while_one_types_and_falls_silent(page, sign_in, leader, team, cycle):
    drafted = ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=Objective.State.DRAFT)
    sign_in(page, leader)
    page.goto(f"/objectives/{drafted.pk}/key-results/new/")
    title = page.get_by_label("What should be different?")
    title.press_sequentially("Build a new shop")
    page.get_by_text("Could this be ticked off as done?").wait_for()
    assert title.evaluate("field => field === document.activeElement")
    title.fill("Waiting time at the hotline")
    page.get_by_text("Could this be ticked off as done?").wait_for(state="detached")
