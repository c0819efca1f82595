from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from apps.checkins import actions as checkins
from apps.checkins.drafts import Typed
from apps.initiatives import actions as initiatives
from apps.objectives import actions as objectives
from tests.checkins.making import WEEK, make_sent
from tests.dashboards.making import BEHIND, make_goal, report, text_of
from tests.factories import NOW, TODAY, ObjectiveFactory, TeamFactory, at, grant
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db

URL = reverse("dashboards:my_week")


@pytest.fixture
def open_for_input(team, cycle, leader):
    return ObjectiveFactory(
        team=team, cycle=cycle, owner=leader, title="Make sending back easy", state="input",
        input_until=TODAY + timedelta(days=4),
    )  # fmt: skip


def test_the_title_is_the_sentence(visit, leader, member, neighbour, open_for_input, key_result):
    objectives.give_input(open_for_input, unclear="Which parcels?", by=member, now=NOW)
    checkins.ask_for_help(
        team=key_result.team, text="Sign the contract", asked=leader, by_when=TODAY, by=member,
        now=NOW,
    )  # fmt: skip
    page = text_of(visit(leader).get(URL))
    assert "Three things wait for you, Ines" in page
    assert "Checkout: check-in for week 7 Due today." in page
    assert "1 input to answer Make sending back easy" in page
    assert "Tom Richter (Checkout) asks you for help “Sign the contract”" in page
    assert "2 of them today." in page


def test_what_is_overdue_is_not_called_due_today(visit, member, key_result, leader):
    checkins.ask_for_help(
        team=key_result.team, text="Sign the contract", asked=leader, by_when=TODAY, by=member,
        now=NOW,
    )  # fmt: skip
    with time_machine.travel(at(TODAY + timedelta(days=1)), tick=False):
        page = text_of(visit(leader).get(URL))
    assert "Two things wait for you" in page
    assert "2 of them are overdue." in page
    assert "of them today" not in page


def test_it_empties(visit, member, key_result):
    page = visit(member)
    assert "One thing waits for you, Tom" in text_of(page.get(URL))
    make_sent(key_result, member, week=WEEK)
    page_now = text_of(page.get(URL))
    assert "Nothing waits for you, Tom" in page_now
    assert "Nothing waits for you. Next check-in: Friday, 27 November." in page_now


def test_a_check_in_waits_from_the_day_before_it_is_due(visit, member, key_result):
    with time_machine.travel(at(WEEK), tick=False):
        page = text_of(visit(member).get(URL))
    assert "Nothing waits for you. Next check-in: Friday." in page
    with time_machine.travel(at(WEEK + timedelta(days=5)), tick=False):
        page = text_of(visit(member).get(URL))
    assert "overdue" in page
    assert "It was due on Friday, 20 November, and can be sent until Sunday." in page


def test_a_check_in_that_was_begun_goes_on(visit, member, key_result):
    checkins.save_draft(
        team=key_result.team, week=WEEK, cycle=key_result.objective.cycle,
        typed=Typed({"in_the_way": "Nothing"}, {}), by=member, now=NOW,
    )  # fmt: skip
    page = text_of(visit(member).get(URL))
    assert "Your team has begun it." in page
    assert "Go on" in page


def test_input_waits_until_it_is_given(visit, leader, neighbour, open_for_input):
    objectives.ask(open_for_input, people=[neighbour], by=leader, now=NOW)
    page = visit(neighbour)
    asked = text_of(page.get(URL))
    assert "Ines Kaya asks for your input Make sending back easy" in asked
    assert "Open until Tuesday, 24 November." in asked
    objectives.give_input(open_for_input, unclear="Which parcels?", by=neighbour, now=NOW)
    assert "Nothing waits for you, Karim" in text_of(page.get(URL))


def test_when_input_has_closed_the_commitment_waits(visit, leader, open_for_input):
    type(open_for_input).objects.update(input_until=TODAY - timedelta(days=1))
    page = text_of(visit(leader).get(URL))
    assert "Input has closed: commit, or ask again" in page


def test_someone_elses_matters_do_not_wait(visit, leader_above, observer, open_for_input, member):
    objectives.give_input(open_for_input, unclear="Which parcels?", by=member, now=NOW)
    for person in (leader_above, observer):
        assert "Nothing waits for you" in text_of(visit(person).get(URL))


def test_own_goals_with_their_bullets(visit, member, leader, key_result, other_team):
    make_goal(other_team, leader, "Not ours")
    report(key_result, member, BEHIND)
    page = text_of(visit(member).get(URL))
    assert "Your goals Checkout" in page
    assert "Checkout conversion rate" in page
    assert "56.4% of 65%" in page
    assert "Not ours" not in page


def test_what_others_changed_and_not_what_one_did_oneself(
    visit, leader, member, leader_above, team, key_result
):
    initiative = make_active(team, member, key_result, title="Guest prompt")
    initiatives.kill(initiative, reason="cost", learning="Too dear.", by=member, now=NOW)
    objectives.amend_target(
        key_result, target=Decimal(66), reason="It came early.", by=leader_above, now=NOW
    )
    asked = checkins.ask_for_help(
        team=team, text="Sign it", asked=leader_above, by_when=TODAY, by=member, now=NOW
    )
    checkins.answer_help(asked, answer="Signed.", by=leader_above, now=NOW)
    seen = text_of(visit(leader).get(URL))
    assert "Killed Guest prompt Too dear. Tom Richter, today" in seen
    assert "Amended Checkout conversion rate It came early. Mara Petersen, today" in seen
    assert "Answered Sign it Signed. Mara Petersen, today" in seen
    assert "Guest prompt" not in text_of(visit(member).get(URL))


def test_at_most_seven_changes(visit, leader, member, team, key_result):
    for n in range(9):
        make_proposed(team, member, key_result, title=f"Idea {n}", now=NOW)
    page = visit(leader).get(URL).content.decode()
    assert page.count('class="what"') == 7


def test_someone_in_no_team(visit, administrator):
    page = text_of(visit(administrator).get(URL))
    assert "You are in no team yet. You can read everything." in page
    assert "Next check-in" not in page


def test_someone_in_two_teams_checks_in_for_both(visit, member, leader, team, area, key_result):
    second = TeamFactory(name="Payments", slug="payments", parent=area)
    grant("belong_to_team", member, second)
    make_goal(second, leader, "Payments that fail")
    page = visit(member).get(URL)
    assert "Two things wait for you, Tom" in text_of(page)
    assert reverse("checkins:check_in", args=["payments", WEEK]) in page.content.decode()
