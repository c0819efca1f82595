"""One reminder a person, on the day before: Friday is the due day, so on Thursday."""

from datetime import timedelta

import pytest

from apps.checkins import actions as checkins
from apps.notices.reminders import put_reminders
from apps.organisation.models import OutboxMessage, User
from tests.checkins.making import LAST_WEEK, WEEK, make_sent
from tests.dashboards.making import make_goal
from tests.factories import TeamFactory, UserFactory, grant
from tests.notices.making import berlin, deliver

pytestmark = pytest.mark.django_db

THURSDAY = "2026-11-19"


def remind(day: str = THURSDAY, hour: int = 9):
    now = berlin(day, hour)
    put_reminders(now)
    return deliver(now)


def test_it_names_the_numbers_with_their_last_values_and_has_one_link(key_result, member, leader):
    make_sent(key_result, member, week=LAST_WEEK, value="55.6")
    make_goal(key_result.team, leader, "Payments that fail")
    mails = remind()
    assert sorted(mail.to[0] for mail in mails) == sorted([member.email, leader.email])
    for mail in mails:
        assert mail.subject == "Checkout: check-in for week 7 is open"
        assert "Due on Friday, 20 November." in mail.body
        assert "Checkout conversion rate: 55.6% in week 6" in mail.body
        assert "Payments that fail: no number yet" in mail.body
        link = "http://127.0.0.1:8000/teams/checkout/check-in/2026-w47/"
        assert mail.body.count("/check-in/") == 1
        assert link in mail.body


@pytest.mark.parametrize(
    ("day", "hour", "mails"),
    [
        ("2026-11-18", 12, 0),
        (THURSDAY, 7, 0),
        (THURSDAY, 8, 2),
        (THURSDAY, 23, 2),
        ("2026-11-20", 9, 2),  # the worker slept through Thursday
        ("2026-11-21", 9, 0),
        ("2027-01-07", 9, 0),  # the cycle is over
    ],
)
def test_it_comes_on_the_day_before_by_the_organisations_clock(
    key_result, member, day, hour, mails
):
    assert len(remind(day, hour)) == mails


def test_one_a_week_however_often_the_job_runs(key_result, member):
    assert len(remind()) == 2
    assert remind() == []
    assert remind("2026-11-20") == []
    assert len(remind("2026-11-26")) == 2
    assert OutboxMessage.objects.count() == 4


def test_one_mail_for_two_teams_leads_to_the_persons_week(key_result, member, area, leader):
    second = TeamFactory(name="Payments", slug="payments", parent=area)
    grant("belong_to_team", member, second)
    make_goal(second, leader, "Payments that fail")
    [mail] = [mail for mail in remind() if mail.to == [member.email]]
    assert mail.subject == "2 check-ins for week 7 are open"
    assert "Checkout\n" in mail.body
    assert "Payments\n" in mail.body
    assert "http://127.0.0.1:8000/\n" in mail.body


def test_nobody_is_reminded_of_what_is_sent_or_off_or_asked_of_nobody(
    key_result, member, other_team, neighbour, leader
):
    """Delivery reports no key result. Checkout sends its check-in while the mail waits."""
    put_reminders(berlin(THURSDAY))
    assert OutboxMessage.objects.filter(person=neighbour).count() == 0
    make_sent(key_result, member, week=WEEK, now=berlin(THURSDAY))
    assert deliver(berlin(THURSDAY, 10)) == []
    checkins.mark_weeks_off(
        team=key_result.team, weeks=[WEEK + timedelta(weeks=1)], by=member, now=berlin(THURSDAY)
    )
    assert remind("2026-11-26") == []


def test_it_reads_in_the_language_of_each(key_result, member, leader):
    User.objects.filter(pk=member.pk).update(language="de")
    languages = {mail.to[0]: mail.alternatives[0].content for mail in remind()}
    assert 'lang="de"' in languages[member.email]
    assert 'lang="en"' in languages[leader.email]


def test_observers_and_people_of_other_teams_get_none(
    key_result, observer, neighbour, leader_above, member, leader
):
    assert {mail.to[0] for mail in remind()} == {member.email, leader.email}


@pytest.mark.parametrize("people", [1, 5])
def test_the_job_asks_as_often_for_many_people(
    key_result, team, people, django_assert_max_num_queries
):
    for _n in range(people):
        UserFactory(works_in=team)
    with django_assert_max_num_queries(9):
        put_reminders(berlin(THURSDAY))
