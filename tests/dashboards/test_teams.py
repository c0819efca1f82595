import pytest
from django.urls import reverse

from tests.dashboards.making import BEHIND, report, text_of
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db

URL = reverse("dashboards:teams")


def test_the_tree_with_each_teams_worst_key_result(visit, member, team, other_team, key_result):
    report(key_result, member, BEHIND)
    page = text_of(visit(member).get(URL))
    assert "Your teams Checkout Check in" in page
    assert "Checkout Behind" in page
    assert page.index("Fulfilment", page.index("The whole tree")) < page.index(
        "Shop", page.index("The whole tree")
    )


def test_a_team_of_ones_own_can_check_in_from_here(visit, member, neighbour, team, cycle):
    url = reverse("checkins:now", args=[team.slug])
    assert url in visit(member).get(URL).content.decode()
    assert url not in visit(neighbour).get(URL).content.decode()


def test_a_large_tree_opens_in_pieces(visit, member, area, cycle):
    deep = TeamFactory(name="Deep", slug="deep", parent=area)
    for n in range(160):
        TeamFactory(name=f"Leaf {n:03}", slug=f"leaf-{n}", parent=deep)
    page = visit(member)
    whole = text_of(page.get(URL)).partition("The whole tree")[2]
    assert "160 teams below" in whole
    assert "Leaf 000" not in whole
    assert "Leaf 159" in text_of(page.get(URL, {"below": "deep"}))
    assert page.get(URL, {"below": "nowhere"}).status_code == 404
