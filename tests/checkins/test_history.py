"""A team's check-ins as a log; and what a check-in costs the database."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.checkins.models import WeekOff
from tests.checkins.making import LAST_WEEK, WEEK, make_sent, of, typed
from tests.factories import NOW, CycleFactory, KeyResultFactory, at
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


@pytest.fixture
def history_url(team):
    return reverse("checkins:history", args=[team.slug])


def test_everyone_reads_the_log_of_a_team(visit, neighbour, member, reported, history_url):
    make_sent(reported, member, week=LAST_WEEK, sentence="Sign-in went live.")
    two_before = WEEK - timedelta(weeks=2)
    make_sent(reported, member, week=two_before, now=at(date(2026, 11, 8)), in_the_way="Holidays.")
    WeekOff.objects.create(
        team=reported.team, week=WEEK - timedelta(weeks=3), marked_by=member, marked_at=NOW
    )
    page = visit(neighbour).get(history_url)
    for text in (
        "Week 6", "9 November to 15 November", "On time", "Late", "Week off", "Missed",
        "Sign-in went live.", "Holidays.", "56.4%", "week 4 off", "week 5 late",
        reverse("checkins:sent", args=["checkout", LAST_WEEK]),
    ):  # fmt: skip
        assertContains(page, text)
    assertNotContains(page, "Week 8")


def test_an_earlier_cycle_has_its_own_log(visit, member, reported, history_url):
    CycleFactory(slug="past", name="Past", starts=date(2026, 6, 1), ends=date(2026, 9, 30),
                 state="closed")  # fmt: skip
    assertContains(visit(member).get(f"{history_url}?cycle=past"), "Missed")
    assert visit(member).get(f"{history_url}?cycle=none").status_code == 404


def test_a_draft_is_no_part_of_it(visit, neighbour, member, reported, draft_url, history_url):
    visit(member).post(draft_url, typed(reported, in_the_way="Secret."))
    assertNotContains(visit(neighbour).get(history_url), "Secret.")


def test_the_log_asks_as_little_of_many_weeks_as_of_one(
    visit, member, reported, history_url, django_assert_max_num_queries
):
    make_sent(reported, member, week=LAST_WEEK)
    visitor = visit(member)
    visitor.get(history_url)
    with django_assert_max_num_queries(12) as one:
        visitor.get(history_url)
    for n in range(2, 6):
        make_sent(reported, member, week=WEEK - timedelta(weeks=n))
    with django_assert_max_num_queries(len(one)):
        visitor.get(history_url)


@pytest.fixture
def usual(reported, member):
    """Two key results and three initiatives."""
    second = KeyResultFactory(objective=reported.objective, title="Satisfaction")
    bets = [make_active(reported.team, member, reported, title=f"Bet {n}") for n in range(3)]
    body = typed(reported, value="56.4", confidence="7", sentence="It grew.")
    body |= of(second, value="57", confidence="6")
    for bet in bets:
        body |= {f"move-{bet.pk}": "", f"moved-{bet.pk}": "Live.", f"next-{bet.pk}": "Widen."}
    return body


def test_the_form_of_a_usual_week_takes_twelve_queries(
    visit, member, usual, url, django_assert_max_num_queries
):
    visitor = visit(member)
    visitor.get(url)
    with django_assert_max_num_queries(12):
        visitor.get(url)


@pytest.mark.parametrize("has_draft", [False, True])
def test_sending_a_usual_week_takes_twenty_five_statements(
    visit, member, usual, url, draft_url, has_draft, django_assert_max_num_queries
):
    visitor = visit(member)
    if has_draft:
        visitor.post(draft_url, usual)
    body = usual | {"once": visitor.new_key(url)}
    with django_assert_max_num_queries(100) as sent:
        response = visitor.post(url, body)
    assert response.status_code == 302
    statements = [q["sql"] for q in sent if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 25, "\n".join(sql[:120] for sql in statements)
