"""A closed cycle reads as it was at its end, on every page that has a cycle."""

from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions as means
from apps.initiatives.models import EndReason
from apps.objectives import actions
from tests.factories import (
    NOW,
    TODAY,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    at,
    bring,
)
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 11, 14)


@pytest.fixture
def old(organisation):
    """It ended six days ago, and was closed."""
    return CycleFactory(
        name="Before", slug="before", state="running", starts=date(2026, 8, 17), ends=LAST_DAY
    )


@pytest.fixture
def goal(team, old, leader):
    objective = ObjectiveFactory(team=team, cycle=old, owner=leader, title="An earlier goal")
    return KeyResultFactory(objective=objective, title="Earlier conversion")


@pytest.fixture
def bet(team, member, goal):
    """Active at the end of the cycle, killed since."""
    made = make_active(team, member, goal, title="Amazon sign-in")
    for move in made.moves.all():
        _set_time(move, at(LAST_DAY - timedelta(days=20)))
    type(made).objects.filter(pk=made.pk).update(
        proposed_at=at(LAST_DAY - timedelta(days=20)), started_at=at(LAST_DAY - timedelta(days=20))
    )
    made.refresh_from_db()
    means.kill(made, reason=EndReason.NO_EFFECT, learning="Nobody came.", by=member, now=NOW)
    return made


def _set_time(move, instant):
    """Behind the trigger's back: history can't be written late by any action."""
    with pgtrigger.ignore("initiatives.InitiativeMove:initiative_move_append_only"):
        type(move).objects.filter(pk=move.pk).update(at=instant)


def close(cycle):
    bring(cycle, "closed")


def test_values_stand_as_on_the_last_day(visit, goal, old, cycle, leader, member):
    actions.measure(goal, day=LAST_DAY, value=Decimal("60.5"), by=member, now=NOW)
    actions.measure(goal, day=TODAY, value=Decimal("42.5"), by=member, now=NOW)
    close(old)
    for url in ["/overview/", goal.objective.team.get_absolute_url()]:
        page = visit(leader).get(f"{url}?cycle={old.slug}")
        assertContains(page, "Earlier conversion")
        assertContains(page, "60.5%")
        assertNotContains(page, "42.5%")


def test_initiatives_stand_as_on_the_last_day(visit, bet, team, old, cycle, leader, member):
    close(old)
    page = visit(member).get(f"{team.get_absolute_url()}?cycle={old.slug}")
    columns = {column.status: column.cards for column in page.context["board"].columns}
    assert [card.initiative for card in columns["active"]] == [bet]
    assert not columns["ended"]
    assertNotContains(page, reverse("initiatives:pause", args=[bet.pk]))
    assertNotContains(page, reverse("initiatives:propose", args=[team.slug]))
    assertNotContains(page, 'id="outlived"')
    board = visit(member).get(f"{reverse('initiatives:board', args=[team.slug])}?cycle={old.slug}")
    assertNotContains(board, "Nobody came.")
    now = visit(member).get(team.get_absolute_url())
    columns = {column.status: column.cards for column in now.context["board"].columns}
    assert [card.initiative for card in columns["ended"]] == [bet]


def test_the_row_counts_the_means_of_its_cycle_only(visit, bet, goal, old, cycle, leader):
    close(old)
    page = visit(leader).get(f"/overview/?cycle={old.slug}")
    (shown,) = page.context["page"]
    assert shown.rows[0].active == 1
    assert "killed" not in shown.means


def test_the_reports_tell_of_the_means_as_on_the_last_day(visit, bet, goal, old, cycle, leader):
    close(old)
    page = visit(leader).get(reverse("dashboards:cycle_report", args=[old.slug]))
    assert page.context["means"] == [("Active", 1)]
    page = visit(leader).get(reverse("dashboards:objective_report", args=[goal.objective.pk]))
    assert [found.status for found in page.context["bets"]] == ["active"]


@pytest.mark.parametrize("at_page", ["/overview/", "/teams/", "team"])
def test_every_page_with_a_cycle_leads_to_the_others(
    visit, goal, old, cycle, team, leader, at_page
):
    year = CycleFactory(
        name="All of 2026", slug="2026", state="running", starts=date(2026, 1, 1),
        ends=date(2026, 12, 31),
    )  # fmt: skip
    CycleFactory(name="A mere plan", slug="plan", state="planned", starts=date(2028, 1, 1),
                 ends=date(2028, 3, 31))  # fmt: skip
    url = team.get_absolute_url() if at_page == "team" else at_page
    page = visit(leader).get(url)
    for other in [old, cycle, year]:
        assertContains(page, f'href="?cycle={other.slug}"')
    assertNotContains(page, "A mere plan")
    assert visit(leader).get(f"{url}?cycle=no-such-cycle").status_code == 404
    assert visit(leader).get(f"{url}?cycle=plan").status_code == 404


def test_a_closed_cycle_leads_to_its_report(visit, goal, old, cycle, leader):
    close(old)
    report = reverse("dashboards:cycle_report", args=[old.slug])
    assertContains(visit(leader).get(f"/overview/?cycle={old.slug}"), report)
    assertNotContains(visit(leader).get("/overview/"), report)


def test_drafts_of_later_cycles_do_not_stand_on_a_closed_one(visit, goal, old, cycle, leader):
    ObjectiveFactory(
        team=goal.objective.team, cycle=cycle, owner=leader, state="draft", title="A new draft"
    )
    close(old)
    assertContains(visit(leader).get("/overview/"), "A new draft")
    assertNotContains(visit(leader).get(f"/overview/?cycle={old.slug}"), "A new draft")
