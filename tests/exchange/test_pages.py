"""Every page stands, and reads well, with what real lists leave out."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins.models import KeyResultReport
from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Objective
from apps.organisation.models import Team
from tests.exchange.making import GITLAB, LISTS, PUZZLE, SHARED, bring_in, files, stored

pytestmark = pytest.mark.django_db

MOST_QUERIES = 14


@pytest.fixture
def gitlab(administrator):
    return bring_in(stored(LISTS, **GITLAB), administrator)


@pytest.fixture
def puzzle(administrator):
    if not (SHARED / PUZZLE["okrs"]).exists():
        pytest.skip("Puzzle ITC's list is not copied into this repository, and not beside it here")
    return bring_in(stored(SHARED, **PUZZLE), administrator)


def test_an_overview_without_a_number_says_so_once(visit, leader_above, gitlab):
    page = visit(leader_above).get("/overview/")
    assertContains(page, "None of 335 key results has a number.")
    assertContains(page, "Ended on 31 March 2021")
    assertContains(page, "Start value and target missing")
    assertContains(page, "Owner unknown")
    assertNotContains(page, "No number yet for")  # nobody can move it this week
    assertNotContains(page, "none changed for 4 weeks")
    assertNotContains(page, 'id="checkins"')  # it had none here, and missed none


def test_a_team_with_many_key_results_has_them_in_a_table(visit, leader_above, gitlab):
    team = Team.objects.annotate(n=Count("key_results")).order_by("-n")[0]
    page = visit(leader_above).get(team.get_absolute_url())
    assertContains(page, "Our other key results")
    assertContains(page, "Nothing to draw yet")


def test_a_key_result_says_what_is_missing(visit, leader_above, gitlab):
    bare = KeyResult.objects.filter(kind="", target=None)[0]
    page = visit(leader_above).get(bare.get_absolute_url())
    assertContains(page, "Not measured in this cycle.")
    assertContains(page, "not said")
    assertContains(page, reverse("objectives:fill_in_key_result", args=[bare.pk]))
    aimed = KeyResult.objects.filter(baseline=None, target__isnull=False)[0]
    assertContains(visit(leader_above).get(aimed.get_absolute_url()), "Target")


def test_long_titles_have_short_addresses(gitlab):
    longest = max(KeyResult.objects.all(), key=lambda found: len(found.title))
    assert len(longest.title) == 340
    assert len(longest.get_absolute_url()) < 110


@pytest.mark.parametrize("who", ["leader_above", "administrator", "member"])
def test_every_page_of_an_imported_organisation_stands(
    request, visit, django_assert_max_num_queries, gitlab, who
):
    visitor = visit(request.getfixturevalue(who))
    shown = [
        *Objective.objects.all()[::60], *KeyResult.objects.all()[::140],
        *Team.objects.all()[::40],
    ]  # fmt: skip
    urls = [found.get_absolute_url() for found in shown]
    for url in ["/", "/overview/", "/overview/?cycle=fy20-q4", "/teams/", "/people/", *urls]:
        with django_assert_max_num_queries(MOST_QUERIES):
            assert visitor.get(url).status_code == 200, url


def test_stages_values_and_confidences_are_shown(visit, member, puzzle):
    visitor = visit(member)
    staged = KeyResult.objects.filter(kind="stages").annotate(n=Count("measurements"))
    page = visitor.get(staged.order_by("-n")[0].get_absolute_url())
    assertContains(page, "Stage reached at the end:")
    assertContains(page, "Confidence of the team by week")
    assertContains(page, ">import<")
    assertContains(visitor.get("/overview/?cycle=2024-q2"), "where they should be.")
    initiative = Initiative.objects.filter(team__name="/mobility")[0]
    page = visitor.get(initiative.get_absolute_url())
    assertContains(page, "Imported; nobody leads it yet")
    assertContains(page, "not said yet")
    assertContains(page, initiative.imported_under.title)
    board = visitor.get(reverse("initiatives:board", args=[initiative.team.slug]))
    assertContains(board, "1 to 20 of 73")


def test_a_team_takes_over_what_was_imported(visit, leader, team, administrator):
    """An initiative without a lead, a hypothesis or a key result gets them, and starts."""
    row = {"team": team.name, "cycle": "2026-Q4", "objective": "Sell", "source": "Sheet 3"}
    lists = [row | {"key_result": "Orders", "target": "9"}, row | {"initiative": "Call them"}]
    bring_in(files(okrs=lists), administrator)
    initiative, key_result = Initiative.objects.get(), KeyResult.objects.get()
    visitor = visit(leader)
    assertContains(visitor.get(initiative.get_absolute_url()), "No key result yet.")
    typed = {
        "title": "Call them", "believe": "a call", "will": "bring orders", "know_when": "9 a day",
        "no_criteria_because": "it costs nothing", "key_result_0": key_result.pk,
        "lead": leader.pk, "version": 1,
    }  # fmt: skip
    url = reverse("initiatives:edit", args=[initiative.pk])
    assertRedirects(visitor.send(url, typed), initiative.get_absolute_url())
    visitor.send(reverse("initiatives:start", args=[initiative.pk]), {"version": 2})
    initiative.refresh_from_db()
    assert (initiative.status, initiative.lead) == ("active", leader)


def test_an_imported_confidence_is_its_team_s_last_word(visit, member, team, administrator):
    row = {"team": team.name, "cycle": "2026-Q4", "key_result": "Orders"}
    measured = [
        row | {"date": "2026-10-12", "value": "4", "confidence_0_10": "9"},
        row | {"date": "2026-11-09", "confidence_0_10": "3"},
    ]
    given = files(okrs=[row | {"objective": "Sell"}], measurements=measured)
    bring_in(given, administrator)
    assert [r.imported_on for r in KeyResultReport.objects.order_by("imported_on")] == [
        date(2026, 10, 12), date(2026, 11, 9),
    ]  # fmt: skip
    key_result = KeyResult.objects.get()
    page = visit(member).get(key_result.get_absolute_url())
    assertContains(page, "Low")
    assertContains(page, "3/10")
    assert key_result.measurements.get().value == Decimal(4)


def test_no_check_in_is_asked_for_between_cycles(visit, leader, team, objective, cycle):
    visitor = visit(leader)
    now = reverse("checkins:now", args=[team.slug])
    cycle.starts, cycle.ends = date(2026, 7, 1), date(2026, 9, 30)
    cycle.state = "reviewing"
    cycle.save(update_fields=["starts", "ends", "state"])
    response = visitor.get(now, follow=True)
    assertContains(response, "No cycle runs this week, so there is nothing to report.")
