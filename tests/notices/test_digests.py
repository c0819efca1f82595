"""On Mondays those who lead a team read how things stand, in the words of the Overview."""

from datetime import date

import pytest
import time_machine

from apps.checkins import actions as checkins
from apps.notices.digests import put_digests
from apps.objectives.models import Cycle
from tests.checkins.making import make_asked
from tests.dashboards.making import FAR_BEHIND, make_goal, report, text_of
from tests.factories import bring
from tests.notices.making import berlin, deliver

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-23"


def digest(day: str = MONDAY, hour: int = 9):
    now = berlin(day, hour)
    put_digests(now)
    return deliver(now)


def test_its_subject_is_the_lead_sentence_of_the_overview(
    visit, key_result, leader, leader_above, member, other_team, neighbour
):
    report(key_result, member, FAR_BEHIND)
    make_goal(other_team, neighbour, "Parcels on time")
    mails = {mail.to[0]: mail for mail in digest()}
    assert mails.keys() == {leader.email, leader_above.email, neighbour.email}
    with time_machine.travel(berlin(MONDAY), tick=False):
        page = text_of(visit(leader).get("/overview/"))
    subject = mails[leader.email].subject
    assert "“Checkout conversion rate” is far behind." in subject
    assert subject in page
    assert {mail.subject for mail in mails.values()} == {subject}


def test_it_names_what_needs_its_reader(key_result, leader_above, leader, member, team):
    report(key_result, member, FAR_BEHIND)
    make_asked(team, member, leader_above, text="The decline codes.")
    mails = {mail.to[0]: mail for mail in digest()}
    above, own = mails[leader_above.email].body, mails[leader.email].body
    assert "Tom Richter (Checkout) asks you for help by Friday, 27 November" in above
    assert "“The decline codes.”" in above
    assert "asks you for help" not in own
    assert "Checkout conversion rate is far behind" in own
    assert "http://127.0.0.1:8000/key-results/" in own


@pytest.mark.parametrize(
    ("day", "hour", "mails"),
    [
        ("2026-11-22", 9, 0), (MONDAY, 6, 0), (MONDAY, 7, 1), ("2026-11-24", 9, 0),
        ("2026-09-28", 9, 0), ("2027-01-11", 9, 0),
    ],
)  # fmt: skip
def test_it_comes_on_mondays_while_a_cycle_runs(key_result, leader, day, hour, mails):
    assert len(digest(day, hour)) == mails


def test_none_where_no_cycle_runs(key_result, leader):
    bring(Cycle.objects.get(), Cycle.State.CLOSED)
    assert digest() == []


def test_one_a_week_however_often_the_job_runs(key_result, leader):
    assert len(digest()) == 1
    assert digest(hour=10) == []
    assert len(digest("2026-11-30")) == 1


def test_members_get_none(key_result, member, observer, leader):
    assert [mail.to for mail in digest()] == [[leader.email]]


def test_a_week_that_all_of_ones_teams_have_off_is_quiet(
    key_result, team, member, leader, leader_above
):
    checkins.mark_weeks_off(
        team=team, weeks=[date.fromisoformat(MONDAY)], by=member, now=berlin("2026-11-20")
    )
    assert [mail.to for mail in digest()] == [[leader_above.email]]
