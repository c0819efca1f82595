"""What was sent everyone reads; the pages ask little of the database."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.checkins import actions
from apps.checkins.actions import Said, Wish, Word
from apps.objectives.actions import correct
from tests.checkins.making import LAST_WEEK, WEEK, make_asked, make_sent
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory, UserFactory, at
from tests.initiatives.making import make_active, make_paused

pytestmark = pytest.mark.django_db

EVERYONE = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_reads_what_was_sent(request, visit, member, leader_above, reported, who):
    bet = make_active(reported.team, member, reported)
    check_in = make_sent(
        reported, member, week=LAST_WEEK, sentence="Sign-in went live.",
        initiatives={bet: Word("Live for a tenth.", "Widen it.")}, in_the_way="Holidays.",
        help=Wish("Decline codes.", leader_above, TODAY),
    )  # fmt: skip
    page = visit(request.getfixturevalue(who)).get(check_in.get_absolute_url())
    for text in (
        "Check-in for week 6", "56.4%", "High", "7/10", "Sign-in went live.",
        "Live for a tenth.", "Widen it.", "Holidays.", "Decline codes.",
        "Mara Petersen is asked to answer by 20 November.",
        "Sent on Friday, 13 November, at 13:00 by Tom Richter.",
    ):  # fmt: skip
        assertContains(page, text)
    assertNotContains(page, "Send check-in")


def test_a_number_that_was_corrected_since_says_so(visit, observer, member, reported):
    check_in = make_sent(reported, member, week=LAST_WEEK)
    correct(reported.measurements.get(), value=50, reason="Typing error", by=member, now=NOW)
    assertContains(visit(observer).get(check_in.get_absolute_url()), "(corrected since)")


def test_the_form_says_what_came_before(visit, member, reported, url):
    make_sent(reported, member, week=WEEK - timedelta(weeks=3), value="55.6")
    page = visit(member).get(url)
    assertContains(page, "Last check-in: Friday, 30 October, by Tom Richter.")
    assertContains(page, "Weeks 5, 6 are missing.")
    assertContains(page, "Week 4: 55.6%")
    assertContains(page, "Target above 65%. On pace this week:")
    assertNotContains(page, 'value="55.6"')


def test_before_any_number_the_start_value_is_shown(visit, member, reported, url):
    assertContains(visit(member).get(url), "Start value: 52%")


def test_the_means_are_told_in_a_line_and_can_be_moved(visit, member, reported, url):
    make_active(reported.team, member, reported, title="Amazon sign-in")
    make_paused(reported.team, member, reported, title="Cart reminder")
    page = visit(member).get(url)
    assertContains(page, "Active since week 4.")
    assertContains(page, "Should move “Checkout conversion rate” by +2 points by 4 December.")
    assertContains(page, "Stop if “Share of mails that are opened” is below 20% on 4 December.")
    assertContains(page, "Paused.")
    assertContains(page, "Resume")


@pytest.mark.parametrize("week", [WEEK, LAST_WEEK])
@pytest.mark.parametrize("is_sent", [True, False])
def test_the_page_asks_as_little_of_many_as_of_one(
    visit, leader_above, cycle, team, other_team, week, is_sent, django_assert_max_num_queries
):
    """Of the form, of the form of what was sent, and of what is only read."""

    def queries(team, *, many):
        person = UserFactory(works_in=team)
        objective = ObjectiveFactory(team=team, cycle=cycle)
        key_results = [KeyResultFactory(objective=objective) for _n in range(many)]
        bets = [make_active(team, person, key_result) for key_result in key_results]
        if is_sent:
            actions.submit(
                team=team, week=week, cycle=cycle, by=person, now=at(week),
                key_results={key_result: Said(Decimal(57), 5, "a") for key_result in key_results},
                initiatives={bet: Word("a", "b") for bet in bets},
                help=Wish("Codes.", leader_above, TODAY),
            )  # fmt: skip
        visitor = visit(person)
        address = reverse("checkins:check_in", args=[team.slug, week])
        visitor.get(address)
        with django_assert_max_num_queries(12) as asked:
            visitor.get(address)
        return len(asked)

    assert queries(team, many=1) == queries(other_team, many=5)


def test_the_page_of_a_help_request_asks_little(
    visit, member, leader_above, team, django_assert_max_num_queries
):
    asked = make_asked(team, member, leader_above)
    visitor = visit(leader_above)
    visitor.get(asked.get_absolute_url())
    with django_assert_max_num_queries(12):
        visitor.get(asked.get_absolute_url())
