"""The alignment map: who serves which goal, and what does not hang together."""

import pytest
from django.contrib.auth.models import Permission
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives.models import Initiative
from apps.organisation.models import Team, TeamGrant, User
from tests.alignment.intent import make_briefing, make_contribution
from tests.conftest import Visitor
from tests.dashboards.making import make_goal
from tests.factories import NOW, CycleFactory, KeyResultFactory, TeamFactory, UserFactory
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(root, leader_above):
    return make_goal(root, leader_above, "Return rate", title="A great shop")


def test_goals_key_results_teams_and_initiatives_stand_in_one_list(
    visit, goal, team, member, leader, objective, other_team, neighbour
):
    key_result = goal.key_results.get()
    make_active(team, member, key_result, title="Amazon sign-in")
    make_proposed(other_team, neighbour, key_result, title="Lockers")
    make_contribution(objective, key_result, leader)
    page = visit(member).get("/map/")
    for words in ["A great shop", "Return rate", "Amazon sign-in", "Lockers", "Delivery"]:
        assertContains(page, words)
    assertContains(page, "contributes: Create a world-class checkout experience")
    assertContains(page, ", Proposed</span>")
    assertContains(page, "reports it")


def test_a_team_that_serves_five_stands_under_each_and_says_so(
    visit, team, member, goal, leader_above
):
    more = make_goal(goal.team, leader_above, "One", "Two", "Three", "Four", title="Another")
    for key_result in [*goal.key_results.all(), *more.key_results.all()]:
        make_active(team, member, key_result, title=f"Bet on {key_result}")
    page = visit(member).get("/map/")
    assertContains(page, "also serves: Return rate; and 3 more", count=8)
    assertContains(page, "also serves: One; and 3 more", count=2)


def test_an_objective_that_nobody_serves_says_so(visit, member, root, leader_above):
    make_goal(root, leader_above, title="Nobody is there")
    empty = TeamFactory(parent=root, name="Nobody works here")
    lost = make_goal(root, leader_above, title="Its team has gone")
    KeyResultFactory(objective=lost, team=empty, title="Not counted")
    page = visit(member).get("/map/")
    assertContains(page, "No key result yet.")
    assertContains(page, "No team serves this objective yet.")
    assertContains(page, "no team reports it")
    assertContains(page, "Key result without a team:")
    assertContains(page, "Nobody works in Nobody works here, which reports its number.")


def test_flags_say_what_does_not_hang_together_with_one_thing_to_do(
    visit, goal, root, team, member, leader_above, other_team, neighbour, key_result, objective
):
    for n in range(5):
        one = TeamFactory(parent=root, name=f"Crowd {n}")
        make_active(one, UserFactory(leads=one), goal.key_results.get())
    make_active(team, member, key_result, title="Left over")
    type(objective).objects.filter(pk=objective.pk).update(state="abandoned")
    make_briefing(goal, leader_above)
    page = visit(leader_above).get("/map/")
    assertContains(page, "Many teams on one key result:")
    assertContains(page, "6 teams work on it. Who leads?")
    assertContains(page, "Team without a goal:")
    assertContains(page, "Delivery serves no goal of this cycle.")
    assertContains(page, "Initiative without a live goal:")
    assertContains(page, "“Left over” of Checkout moves no live goal.")
    assertContains(page, "6 teams have not answered its briefing.")
    assertContains(page, f"/objectives/{goal.pk}/backbriefs/")
    listed = visit(leader_above).get("/map/?flag=team-without-a-goal")
    assertContains(listed, "Delivery serves no goal")
    assertNotContains(listed, "Who leads?")
    assert visit(leader_above).get("/map/?flag=nonsense").status_code == 404


def test_a_map_that_holds_together_says_so(visit, goal, leader_above):
    assertContains(visit(leader_above).get("/map/"), "The map holds together.")


def test_it_finds_goals_teams_and_initiatives_by_name(visit, goal, team, member, other_team):
    make_active(team, member, goal.key_results.get(), title="Amazon sign-in")
    for name in ["great", "return", "amazon", "check"]:
        assertContains(visit(member).get(f"/map/?q={name}"), "A great shop")
    assertContains(visit(member).get("/map/?q=zzz"), "Nothing on the map is called “zzz”.")


def test_another_cycle_has_a_map_of_its_own(visit, goal, member):
    CycleFactory(slug="next", name="Next", state="input")
    page = visit(member).get("/map/?cycle=next")
    assertNotContains(page, "A great shop")
    assert visit(member).get("/map/?cycle=never").status_code == 404


def test_drafts_of_others_are_not_on_it(visit, root, leader_above, neighbour):
    goal = make_goal(root, leader_above, "Return rate", title="A great shop", state="draft")
    assertNotContains(visit(neighbour).get("/map/"), "A great shop")
    assert visit(neighbour).get(f"/map/objectives/{goal.pk}/").status_code == 404


@pytest.fixture
def crowd(root, leader_above):
    """1,111 teams: 11 areas of 100 teams, each team with a goal that it reports and bets on."""
    areas = Team.objects.bulk_create(
        Team(name=f"Area {n}", slug=f"area-{n}", parent=root, ancestor_ids=[root.pk])
        for n in range(11)
    )
    teams = Team.objects.bulk_create(
        Team(name=f"Team {n}", slug=f"team-{n}x", parent=area, ancestor_ids=[root.pk, area.pk])
        for n, area in enumerate(area for area in areas for _n in range(100))
    )
    people = User.objects.bulk_create(
        User(name=f"P {n}", email=f"p{n}@example.org", password="!") for n in range(len(teams))
    )
    lead = Permission.objects.get(codename="lead_team")
    TeamGrant.objects.bulk_create(
        TeamGrant(user=person, content_object=team, permission=lead, granted_at=NOW)
        for person, team in zip(people, teams, strict=True)
    )
    cycle = CycleFactory()
    for n, team in enumerate(teams[:300]):
        goal = make_goal(team, leader_above, f"Number {n}", title=f"Goal {n}")
        assert goal.cycle == cycle
    return teams


def test_eleven_hundred_teams_open_branch_by_branch_with_the_same_few_queries(
    visit, crowd, leader_above, django_assert_max_num_queries
):
    visitor: Visitor = visit(leader_above)
    with django_assert_max_num_queries(12):
        page = visitor.get("/map/")
    assertContains(page, "Page 1 of 12")
    assertContains(page, "1 key result · 1 team", count=25)
    assertNotContains(page, "reports it")
    assertContains(page, "797 more of this kind.")
    assert len(page.content) < 100_000

    goal = page.context["page"].object_list[0]
    url = f"/map/objectives/{goal.pk}/"
    assertContains(page, f'href="{url}" hx-get="{url}"')
    with django_assert_max_num_queries(7):
        opened = visitor.get_htmx(url)
    assertContains(opened, "reports it")
    assert b"<html" not in opened.content
    assertContains(visitor.get(url), "<h1>Who serves this goal</h1>")

    with django_assert_max_num_queries(12):
        found = visitor.get("/map/?q=Goal 299")
    assertContains(found, "Number 299")
    assert not Initiative.objects.exists()
