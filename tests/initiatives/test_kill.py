from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from apps.objectives import actions as goals
from tests.factories import TODAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(active):
    return reverse("initiatives:kill", args=[active.pk])


def test_it_shows_what_was_expected_and_what_was_seen(visit, member, active, key_result, url):
    for day, value in ((20, "54.1"), (30, "54.8")):
        goals.measure(
            key_result, day=TODAY.replace(month=10, day=day), value=Decimal(value), by=member,
            now=at(TODAY),
        )  # fmt: skip
    page = visit(member).get(url)
    assertContains(page, "+2 points")
    assertContains(page, "54.1% → 54.8% while it ran, other causes possible")
    assertContains(page, "Share of mails that are opened below 20%")


def test_a_better_idea_is_told_that_a_swap_is_one_step(visit, member, active, url):
    page = visit(member).get(url)
    assertContains(page, "swap instead: one step")
    assertContains(page, reverse("initiatives:swap", args=[active.pk]))


@pytest.mark.parametrize("reason", ["no-effect", "better-idea", "cost", "constraint", "goal-gone"])
def test_each_reason_with_a_learning_ends_it(visit, member, active, url, reason):
    learning = "Die Gäste gehen beim Passwort, nicht bei der Anschrift. " * 20
    visit(member).send(url, {"version": active.version, "reason": reason, "learning": learning})
    active.refresh_from_db()
    assert (active.status, active.end_reason, active.ended_by) == ("killed", reason, member)
    page = visit(member).get(active.get_absolute_url())
    assertContains(page, "Die Gäste gehen beim Passwort")
    assertContains(page, active.get_end_reason_display())


@pytest.mark.parametrize("reason", ["", "boredom"])
def test_a_reason_of_ones_own_is_refused(visit, member, active, url, reason):
    typed = {"version": active.version, "reason": reason, "learning": "We know now."}
    assertContains(visit(member).send(url, typed), "We know now.", status_code=422)
    active.refresh_from_db()
    assert active.is_active
