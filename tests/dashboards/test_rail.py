import pytest
from django.urls import reverse

from tests.dashboards.making import BEHIND, report
from tests.factories import TeamFactory, grant

pytestmark = pytest.mark.django_db

OVERVIEW = reverse("dashboards:overview")


def rail_of(response):
    html = response.content.decode()
    return html[html.index('<header class="rail">') : html.index("</header>")]


def test_ones_own_team_comes_first_with_its_worst_mark(
    visit, member, other_team, objective, key_result
):
    report(key_result, member, BEHIND)
    rail = rail_of(visit(member).get(OVERVIEW))
    assert rail.index("Checkout") < rail.index("Fulfilment") < rail.index("Delivery")
    assert 'title="Behind"' in rail
    assert "Week 7 of 13" in rail


def test_someone_in_no_team_finds_every_team(visit, administrator, team, other_team):
    rail = rail_of(visit(administrator).get(OVERVIEW))
    assert "Checkout" in rail
    assert "Delivery" in rail


def test_the_team_whose_page_it_is_is_the_current_one(visit, member, team):
    rail = rail_of(visit(member).get(team.get_absolute_url()))
    assert f'<a href="{team.get_absolute_url()}" aria-current="page">Checkout' in rail


def test_someone_in_two_teams_is_asked_for_which_to_check_in(visit, member, team, area):
    page = visit(member)
    html = page.get(OVERVIEW).content.decode()
    assert reverse("checkins:now", args=[team.slug]) in html
    grant("belong_to_team", member, TeamFactory(parent=area))
    html = page.get(OVERVIEW).content.decode()
    assert reverse("checkins:now", args=[team.slug]) not in html


def test_a_large_tree_shows_its_upper_part(visit, member, area, team):
    for n in range(30):
        TeamFactory(name=f"Leaf {n:02}", parent=area)
    rail = rail_of(visit(member).get(OVERVIEW))
    assert rail.count("data-depth") == 12
    assert "Checkout" in rail
    assert reverse("dashboards:teams") in rail


def test_a_component_asks_nothing_for_a_rail_it_does_not_draw(
    visit, member, team, key_result, django_assert_max_num_queries
):
    page = visit(member)
    url = reverse("initiatives:board", args=[team.slug])
    with django_assert_max_num_queries(100) as whole:
        page.get(url)
    with django_assert_max_num_queries(100) as part:
        page.get_htmx(url)
    assert len(part) <= len(whole)


def test_signed_out_there_is_no_rail(visit, organisation):
    page = visit(None).get(reverse("account_login")).content.decode()
    assert 'class="rail"' not in page


def test_a_page_that_does_not_exist_has_its_rail(visit, member, key_result):
    page = visit(member).get("/nowhere/")
    assert page.status_code == 404
    assert "Checkout" in rail_of(page)
