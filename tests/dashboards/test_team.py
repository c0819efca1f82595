from decimal import Decimal

import pytest
from django.urls import reverse

from apps.checkins import actions as checkins
from apps.initiatives import actions as means
from apps.objectives import actions as objectives
from tests.dashboards.making import BEHIND, ON_PACE, make_goal, report, text_of
from tests.factories import (
    NOW,
    TODAY,
    CycleFactory,
    KeyResultFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
)
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db

PEOPLE = ["leader", "member", "leader_above", "neighbour", "observer", "administrator"]


def test_it_tells_the_goal_the_number_and_why(visit, member, team, objective, key_result):
    report(key_result, member, BEHIND)
    page = text_of(visit(member).get(team.get_absolute_url()))
    assert "Our goal Create a world-class checkout experience Because it matters." in page
    assert "Behind 56.4% today, 58.6% expected. If the last 6 values go on like this" in page
    assert "6 Nov" in page or "6 November" in page


def test_whose_team_it_is(visit, leader, member, team, area, root):
    page = text_of(visit(member).get(team.get_absolute_url()))
    assert "Team of 2 in Shop , led by Ines Kaya" in page
    assert "Part of Lindenmarkt , " in text_of(visit(member).get(area.get_absolute_url()))
    assert "The whole organisation" in text_of(visit(member).get(root.get_absolute_url()))


def test_the_lanes_show_the_means_on_the_first_key_result_only(
    visit, member, team, objective, key_result
):
    other = KeyResultFactory(objective=objective, title="Another")
    make_active(team, member, key_result, title="On the first")
    make_active(team, member, other, title="On the other")
    page = visit(member).get(team.get_absolute_url()).content.decode()
    assert 'aria-label="Initiatives on this key result: On the first, active"' in page


def test_notes_carry_the_numbers_of_the_trajectory(visit, member, leader, team, key_result):
    report(key_result, member, ON_PACE, sentence="The new form is live.")
    objectives.amend_target(
        key_result, target=Decimal(66), reason="The contract came early.", by=leader, now=NOW
    )
    page = text_of(visit(member).get(team.get_absolute_url()))
    told = "Week 7. The new form is live. The target was amended from 65% to 66%."
    assert told in page or "The target was amended from 65% to 66%. The new form is live." in page
    assert "Show the numbers" in page


def test_other_key_results_stand_beside(visit, member, team, objective, key_result):
    KeyResultFactory(objective=objective, title="Average customer satisfaction")
    page = visit(member).get(team.get_absolute_url())
    assert "Average customer satisfaction" in text_of(page)
    assert page.content.decode().count('class="minikr') == 1


@pytest.mark.parametrize("who", PEOPLE)
def test_each_button_where_its_post_would_be_allowed(request, visit, team, key_result, who):
    person = request.getfixturevalue(who)
    html = visit(person).get(team.get_absolute_url()).content.decode()
    works_here, leads = who in {"leader", "member"}, who in {"leader", "leader_above"}
    offered = {
        reverse("initiatives:propose", args=[team.slug]): works_here,
        reverse("initiatives:suggest", args=[team.slug]): not works_here,
        reverse("checkins:now", args=[team.slug]): works_here,
        reverse("objectives:draft") + "?team=checkout": leads,
        reverse("objectives:set_team_constraint", args=[team.slug]): leads,
    }
    # The rail and the tabs lead a member to the check-in as well, so look at the page itself.
    page = html[html.index('<header class="pagehead">') : html.index("</main>")]
    for url, is_offered in offered.items():
        assert (url in page) is is_offered, (who, url)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_move_of_the_means_is_offered_to_the_team_alone(
    request, visit, member, team, key_result, who
):
    initiative = make_active(team, member, key_result)
    page = visit(request.getfixturevalue(who)).get(team.get_absolute_url())
    kill = reverse("initiatives:kill", args=[initiative.pk])
    works_here = who in {"leader", "member"}
    assert (kill in page.content.decode()) is works_here
    sentence = "means: the team alone changes them, whoever leads above."
    assert (sentence in text_of(page)) is not works_here


def test_help_that_was_asked_and_answered(visit, member, leader_above, team, key_result):
    page = visit(member)
    assert "Help we asked for None open." in text_of(page.get(team.get_absolute_url()))
    asked = checkins.ask_for_help(
        team=team, text="Amazon contract", asked=leader_above, by_when=TODAY, by=member, now=NOW
    )
    told = text_of(page.get(team.get_absolute_url()))
    assert "“Amazon contract” Asked of Mara Petersen, by 20 November" in told
    checkins.answer_help(asked, answer="Signed.", by=leader_above, now=NOW)
    told = text_of(page.get(team.get_absolute_url()))
    assert "Last: “Amazon contract”, asked of Mara Petersen, answered in 0 days." in told


@pytest.mark.parametrize("who", PEOPLE)
def test_the_team_alone_asks_for_help_at_any_time(request, visit, team, who):
    page = visit(request.getfixturevalue(who)).get(team.get_absolute_url())
    is_offered = reverse("checkins:ask_for_help", args=[team.slug]) in page.content.decode()
    assert is_offered is (who in {"leader", "member"})


def test_a_team_without_a_goal(visit, member, team, cycle):
    page = text_of(visit(member).get(team.get_absolute_url()))
    assert "Checkout serves no goal yet. Pick one, or tell your leader what is missing." in page
    assert "Nothing tried yet." in page


def test_a_unit_lists_what_its_teams_report(visit, leader, member, area, team, key_result):
    report(key_result, member, BEHIND)
    page = visit(leader).get(area.get_absolute_url())
    assert 'class="krs"' in page.content.decode()
    words = text_of(page)
    assert "Key results below" in words
    assert "Checkout conversion rate" in words
    # It has no means of its own, so it has no board.
    assert 'id="board"' not in page.content.decode()


def test_the_root_lists_the_goals_of_its_areas(visit, leader_above, member, root, area, team):
    goal = make_goal(area, leader_above)
    KeyResultFactory(objective=goal, title="Second purchase", team=team)
    assert "Second purchase" in text_of(visit(member).get(root.get_absolute_url()))


def test_a_unit_with_means_of_its_own_has_a_board(visit, leader_above, root, leader):
    goal = make_goal(root, leader_above, "Own number")
    make_proposed(root, leader_above, goal.key_results.get(), title="A bet of the root")
    TeamFactory(parent=root)
    page = visit(leader_above).get(root.get_absolute_url())
    assert 'id="board"' in page.content.decode()
    assert "A bet of the root" in text_of(page)


def test_a_draft_is_found_on_its_teams_page_by_its_leaders(visit, leader, member, team):
    ObjectiveFactory(
        team=team, cycle=CycleFactory(), owner=leader, title="A first thought", state="draft"
    )
    assert "A first thought" in text_of(visit(leader).get(team.get_absolute_url()))
    assert "A first thought" not in text_of(visit(member).get(team.get_absolute_url()))


def test_a_guardrail_is_drawn_with_its_limits(visit, member, team, objective):
    guardrail = KeyResultFactory(
        objective=objective, title="Orders cancelled", kind="at-most", baseline=None, target=None,
        high=2,
    )  # fmt: skip
    report(guardrail, member, [None] * 6 + ["1.8"])
    page = visit(member).get(team.get_absolute_url())
    assert "Holding" in text_of(page)
    assert "at most 2%" in page.content.decode()


@pytest.mark.parametrize("is_archived", [False, True])
def test_an_archived_team_can_be_read(visit, leader, team, key_result, is_archived):
    initiative = make_active(team, leader, key_result)
    type(team).objects.filter(pk=team.pk).update(archived_at=NOW if is_archived else None)
    page = visit(leader).get(team.get_absolute_url())
    told = "This team is archived. It can be read, not changed." in text_of(page)
    assert told is is_archived
    addresses = [
        reverse("checkins:now", args=[team.slug]),
        reverse("initiatives:propose", args=[team.slug]),
        reverse("initiatives:kill", args=[initiative.pk]),
        reverse("objectives:set_team_constraint", args=[team.slug]),
    ]
    html = page.content.decode()
    assert all((address in html) is not is_archived for address in addresses)


def test_a_team_that_does_not_exist(visit, member):
    assert visit(member).get("/teams/nowhere/").status_code == 404


def test_what_binds_its_goals_binds_its_means(visit, member, leader, team, objective, key_result):
    objectives.set_constraint(
        objective=objective, sentence="No customer data leaves the Union", reason="Our promise.",
        by=leader, now=NOW,
    )  # fmt: skip
    page = text_of(visit(member).get(team.get_absolute_url()))
    assert "No customer data leaves the Union" in page
    assert "on “Create a world-class checkout experience”" not in page
    KeyResultFactory(objective=make_goal(team.parent, leader, title="Another"), team=team)
    page = text_of(visit(member).get(team.get_absolute_url()))
    assert "on “Create a world-class checkout experience”" in page
    assert "Everything about the means is left to the teams" not in page


def test_what_others_learned_reaches_exactly_those_who_work_on_the_same_goal(
    visit, member, neighbour, team, other_team, root, objective, key_result
):
    theirs = KeyResultFactory(objective=objective, team=other_team)
    taught = make_active(other_team, neighbour, theirs, title="Pop-up in the basket")
    means.kill(taught, reason="no-effect", learning="It is in the way.", by=neighbour, now=NOW)
    idle = TeamFactory(parent=root)
    bystander = UserFactory(works_in=idle)
    for person, where, is_told in [(member, team, True), (bystander, idle, False)]:
        beside = "Learned by others on our goals Pop-up in the basket It is in the way."
        assert (beside in text_of(visit(person).get(where.get_absolute_url()))) is is_told
        my_week = text_of(visit(person).get(reverse("dashboards:my_week")))
        assert ("Pop-up in the basket" in my_week) is is_told
