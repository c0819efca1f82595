"""Stop marks and verdicts that came due are mailed once: one mail a person and week at most."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apps.checkins import actions as checkins
from apps.initiatives import actions as initiatives
from apps.initiatives.actions import Aim, Stop
from apps.initiatives.models import KillCriterion
from apps.notices import actions as notices
from apps.notices.means import put_due_means
from apps.notices.models import Topic
from apps.organisation.models import OutboxMessage
from tests.dashboards.making import report
from tests.factories import NOW, TeamFactory, UserFactory, grant
from tests.initiatives.making import make_active
from tests.notices.making import berlin, deliver

pytestmark = pytest.mark.django_db

MONDAY, THURSDAY, FRIDAY = "2026-11-30", "2026-12-03", "2026-12-04"
NEXT_MONDAY, NEXT_FRIDAY = "2026-12-07", "2026-12-11"


def due(day: str, hour: int = 9):
    now = berlin(day, hour)
    put_due_means(now)
    return deliver(now)


def make_bet(team, by, key_result, *, stop_on: str, verdict_on: str = "2027-01-02", title="Guest"):
    aims = [Aim(key_result, 2, date.fromisoformat(verdict_on))]
    return make_active(
        team, by, key_result, title=title, aims=aims,
        stops=[Stop("Mails that are opened", date.fromisoformat(stop_on), limit="20%")],
    )  # fmt: skip


def test_a_stop_mark_is_raised_on_its_day_for_those_who_work_in_the_team(
    team, member, leader, leader_above, observer, neighbour, key_result
):
    bet = make_bet(team, member, key_result, stop_on=FRIDAY)
    assert due(THURSDAY) == []
    assert due(FRIDAY, 7) == []
    mails = due(FRIDAY, 8)
    assert sorted(mail.to[0] for mail in mails) == sorted([member.email, leader.email])
    for mail in mails:
        assert mail.subject == "Kill “Guest” or go on?"
        assert "You said you would stop if: Mails that are opened below 20%" in mail.body
        assert f"/stop-marks/{bet.kill_criteria.get().pk}/go-on/" in mail.body
        assert "When a stop mark or a verdict of your initiatives comes due." in mail.body


def test_all_that_came_due_is_one_mail(team, member, key_result):
    make_bet(team, member, key_result, stop_on=FRIDAY, verdict_on=FRIDAY)
    mail = next(mail for mail in due(FRIDAY) if mail.to == [member.email])
    assert mail.subject == "2 questions about your initiatives came due"
    assert "Kill “Guest” or go on?" in mail.body
    assert "Did “Guest” move it?\nCheckout conversion rate" in mail.body
    assert "http://127.0.0.1:8000/\n" in mail.body


def test_once_however_long_it_waits(team, member, key_result):
    make_bet(team, member, key_result, stop_on=FRIDAY)
    assert len(due(FRIDAY)) == 2
    for day in (FRIDAY, "2026-12-05", NEXT_MONDAY, NEXT_FRIDAY, "2026-12-21"):
        assert due(day, 10) == []
    assert OutboxMessage.objects.count() == 2


def test_what_comes_due_later_in_the_week_is_told_in_the_next(team, member, key_result):
    make_bet(team, member, key_result, stop_on=MONDAY)
    make_bet(team, member, key_result, stop_on=THURSDAY, title="Wallets")
    assert len(due(MONDAY)) == 2
    assert due(THURSDAY) == []
    mails = due(NEXT_MONDAY)
    assert len(mails) == 2
    assert "Kill “Wallets” or go on?" in mails[0].body


def test_a_number_raises_it_before_its_day_and_the_next_number_does_not_again(
    team, member, key_result
):
    stop = Stop("", date(2026, 12, 28), KillCriterion.Comparator.BELOW, "", key_result, Decimal(53))
    make_active(team, member, key_result, title="Guest", stops=[stop], aims=[Aim(key_result)])
    report(key_result, member, ["55", "55", "55", "55", "52", "52", "52"])
    first = due("2026-11-21")
    assert {mail.subject for mail in first} == {"Kill “Guest” or go on?"}
    assert due("2026-11-23") == []
    assert due("2026-11-30") == []


def test_a_team_that_is_off_is_told_afterwards(team, member, key_result):
    make_bet(team, member, key_result, stop_on=FRIDAY)
    checkins.mark_weeks_off(team=team, weeks=[date(2026, 11, 30)], by=member, now=NOW)
    assert due(FRIDAY) == []
    assert len(due(NEXT_MONDAY)) == 2


def test_what_is_answered_before_it_goes_out_is_not_asked(team, member, leader, key_result):
    bet = make_bet(team, member, key_result, stop_on=FRIDAY)
    put_due_means(berlin(FRIDAY))
    initiatives.kill(bet, reason="cost", learning="Too dear.", by=member, now=berlin(FRIDAY))
    assert deliver(berlin(FRIDAY, 10)) == []
    assert set(OutboxMessage.objects.values_list("dropped_because", flat=True)) == {"moot"}


def test_it_can_be_stopped(team, member, leader, key_result):
    make_bet(team, member, key_result, stop_on=FRIDAY)
    notices.stop_mails(member, topic=Topic.DUE, now=NOW)
    assert [mail.to for mail in due(FRIDAY)] == [[leader.email]]


@pytest.mark.parametrize("many", [1, 5])
def test_the_job_asks_as_often_for_many(
    team, area, member, key_result, many, django_assert_max_num_queries
):
    for n in range(many):
        other = TeamFactory(name=f"Team {n}", slug=f"team-{n}", parent=area)
        person = UserFactory(works_in=other)
        grant("belong_to_team", member, other)
        make_bet(other, person, key_result, stop_on=FRIDAY, title=f"Bet {n}")
    with django_assert_max_num_queries(9):
        assert put_due_means(berlin(FRIDAY) + timedelta(minutes=5)) == many + 1
