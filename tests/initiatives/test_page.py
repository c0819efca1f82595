from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.models import Initiative
from apps.objectives import actions as goals
from tests.factories import NOW, TODAY, at
from tests.initiatives.making import WHOLE

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}


def test_it_tells_the_bet_the_stop_marks_and_what_the_key_result_did(
    visit, neighbour, member, active, key_result
):
    for day, value in ((20, "54.1"), (30, "56")):
        goals.measure(
            key_result, day=TODAY.replace(month=10, day=day), value=Decimal(value), by=member,
            now=at(TODAY),
        )  # fmt: skip
    page = visit(neighbour).get(active.get_absolute_url())
    for words in (
        "people who were interrupted come back",
        "conversion rises by a point",
        "54.1% → 56% since the start",
        "<b>+1.9</b>",
        "Before and after is not proof; other causes are possible.",
        "Expected: +2 points by 4 December",
        "Share of mails that are opened below 20%",
        "14 days left",
        "Written down before we started.",
        "Tom Richter, since week 4",
    ):
        assertContains(page, words)


def test_a_bet_that_was_edited_after_its_start_says_so(visit, member, active, key_result):
    actions.edit(
        active, title="Cart mail", aims=[actions.Aim(key_result)], lead=member, **WHOLE,
        by=member, now=NOW,
    )  # fmt: skip
    page = visit(member).get(active.get_absolute_url())
    assertContains(page, "The bet was edited after its start")
    assertNotContains(page, "Written down before we started.")


def test_descent_and_history(visit, member, active, django_assert_max_num_queries):
    second = actions.swap(active, **LEARNT, title="Amazon sign-in", **WHOLE, by=member, now=NOW)
    third = actions.swap(
        second, **LEARNT | {"learning": "Nobody trusts it."}, title="Passkey", **WHOLE,
        by=member, now=NOW,
    )  # fmt: skip
    assert Initiative.objects.get(pk=active.pk).descent() == [third, second, active]
    visitor = visit(member)
    visitor.get(second.get_absolute_url())
    with django_assert_max_num_queries(12):
        page = visitor.get(second.get_absolute_url())
    for words in (
        third.get_absolute_url(), active.get_absolute_url(), "Nobody trusts it.",
        "It takes the place of “Cart reminder”.", "“It did not move the key result”",
    ):  # fmt: skip
        assertContains(page, words)


def test_done_and_killed_are_neither_red_nor_green(visit, member, active):
    actions.kill(active, **LEARNT, by=member, now=NOW)
    page = visit(member).get(active.get_absolute_url()).content.decode()
    main = page[page.index("<h1") :]
    assert "data-state" not in main
    assert 'aria-current="step">Killed' in main


def test_a_wrong_slug_still_finds_it_and_a_wrong_number_does_not(visit, member, active):
    visitor = visit(member)
    assert visitor.get(f"/initiatives/{active.pk}-another-name/").status_code == 200
    assert visitor.get(f"/initiatives/{active.pk + 1}-cart-reminder/").status_code == 404


def test_the_card_closes_its_form(visit, member, active):
    card = visit(member).get_htmx(active.get_absolute_url())
    assertContains(card, f'id="initiative-{active.pk}"', count=1)
    assertNotContains(card, "<form")
    assertContains(card, "data-focus", count=1)


def test_in_german_numbers_and_days_are_german(visit, member, active, key_result):
    goals.measure(key_result, day=TODAY, value=Decimal("56.4"), by=member, now=NOW)
    member.language = "de"
    member.save(update_fields=["language"])
    page = visit(member).get(active.get_absolute_url()).content.decode()
    assert "56,4\N{NO-BREAK SPACE}%" in page
    assert "4. Dezember 2026" in page
