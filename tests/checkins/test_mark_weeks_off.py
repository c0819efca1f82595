from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.models import WeekOff
from tests.checkins.making import LAST_WEEK, WEEK, make_sent
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db

NEXT = WEEK + timedelta(weeks=1)


@pytest.fixture
def url(team):
    return reverse("checkins:mark_weeks_off", args=[team.slug])


def off(team):
    return [row.week for row in team.weeks_off.order_by("week")]


def test_a_member_marks_the_weeks_in_which_the_team_is_away(visit, member, team, url):
    page = visit(member).get(url)
    assertContains(page, "16 November to 22 November")
    response = visit(member).send(url, {"weeks": [WEEK, NEXT], "version": "1"})
    assertRedirects(response, team.get_absolute_url(), fetch_redirect_response=False)
    assert off(team) == [WEEK, NEXT]
    assert WeekOff.objects.first().marked_by == member


def test_a_week_can_be_taken_back_until_it_is_over(visit, member, team, url):
    WeekOff.objects.create(team=team, week=LAST_WEEK, marked_by=member, marked_at=at(LAST_WEEK))
    WeekOff.objects.create(team=team, week=NEXT, marked_by=member, marked_at=at(LAST_WEEK))
    visit(member).send(url, {"version": "1"})
    assert off(team) == [LAST_WEEK]


@pytest.mark.parametrize("week", [LAST_WEEK, date(2027, 11, 15), date(2026, 11, 24), "soon", ""])
def test_only_weeks_that_are_offered_can_be_marked(visit, member, team, url, week):
    response = visit(member).send(url, {"weeks": [week], "version": "1"})
    assertContains(response, "Choose weeks that are not over yet.", status_code=422)
    assert off(team) == []


@pytest.mark.parametrize("week", [LAST_WEEK, date(2026, 11, 24)])
def test_nor_by_another_way_than_the_page(member, team, week):
    with pytest.raises(ValidationError, match="not over yet"):
        actions.mark_weeks_off(team=team, weeks=[week], by=member, now=NOW)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_only_the_team_says_when_it_is_away(request, visit, team, url, who, allowed):
    visitor = visit(request.getfixturevalue(who))
    assert visitor.get(url).status_code == (200 if allowed else 403)
    visitor.send(url, {"weeks": [NEXT], "version": "1"})
    assert off(team) == ([NEXT] if allowed else [])


def test_of_two_who_mark_at_once_the_second_is_shown_what_stands(visit, member, leader, team, url):
    visit(leader).send(url, {"weeks": [WEEK], "version": "1"})
    response = visit(member).send(url, {"weeks": [NEXT], "version": "1"})
    assertContains(response, "Someone changed this while you were writing.", status_code=409)
    assert off(team) == [WEEK]


def test_a_week_off_or_between_two_check_ins_is_not_called_missing(visit, member, reported):
    two_before = WEEK - timedelta(weeks=2)
    make_sent(reported, member, week=two_before)
    url = reverse("checkins:check_in", args=[reported.team.slug, WEEK])
    assertContains(visit(member).get(url), "Week 6 is missing.")
    WeekOff.objects.create(team=reported.team, week=LAST_WEEK, marked_by=member, marked_at=NOW)
    assertNotContains(visit(member).get(url), "is missing")
