from datetime import date, timedelta

import pytest

from apps.checkins.actions import mark_weeks_off
from apps.checkins.cadence import Report
from apps.checkins.rhythm import dots, due
from apps.objectives.models import Cycle
from tests.checkins.making import LAST_WEEK, WEEK, make_sent
from tests.factories import TODAY, TeamFactory, at

pytestmark = pytest.mark.django_db


def test_dots_of_several_teams(
    reported, member, other_team, cycle, organisation, django_assert_num_queries
):
    make_sent(reported, member, week=LAST_WEEK)
    make_sent(reported, member, week=LAST_WEEK - timedelta(weeks=1), now=at(date(2026, 11, 8)))
    teams = [reported.team, other_team]
    with django_assert_num_queries(1):
        found = dots(teams, cycle, organisation=organisation, today=TODAY)
    mine, theirs = found[reported.team.pk], found[other_team.pk]
    assert mine[4:8] == [Report.LATE, Report.ON_TIME, Report.TO_COME, Report.TO_COME]
    assert theirs[:7] == [Report.MISSED] * 6 + [Report.TO_COME]
    assert len(mine) == 13


def test_midnight_is_where_the_organisation_is(reported, member, cycle, organisation):
    make_sent(reported, member, now=at(date(2026, 11, 20), hour=23))  # Saturday in Berlin
    found = dots([reported.team], cycle, organisation=organisation, today=date(2026, 11, 21))
    assert found[reported.team.pk][6] == Report.LATE


def test_who_still_has_to_check_in(
    reported, member, other_team, cycle, organisation, django_assert_num_queries
):
    third = TeamFactory(parent=other_team)
    make_sent(reported, member)
    with django_assert_num_queries(1):
        found = due(
            [reported.team, other_team, third], cycle, organisation=organisation, today=TODAY
        )
    assert [row.team for row in found] == [other_team, third]
    assert (found[0].week, found[0].day, found[0].is_late) == (WEEK, TODAY, False)


def test_after_the_due_day_it_is_late(reported, cycle, organisation):
    (row,) = due([reported.team], cycle, organisation=organisation, today=date(2026, 11, 21))
    assert row.is_late


def test_nothing_is_due_in_a_closed_cycle_or_after_its_end(reported, cycle, organisation):
    after = due([reported.team], cycle, organisation=organisation, today=date(2027, 1, 5))
    cycle.state = Cycle.State.CLOSED
    assert after == due([reported.team], cycle, organisation=organisation, today=TODAY) == []


def in_rhythm(team, *rhythms):
    team.rhythms = list(rhythms)
    team.save(update_fields=["rhythms"])
    return team


def test_a_team_that_checks_in_every_two_weeks_is_asked_every_two_weeks(
    reported, cycle, organisation
):
    team = in_rhythm(reported.team, ["two-weeks", LAST_WEEK.isoformat()])
    assert due([team], cycle, organisation=organisation, today=TODAY) == []
    found = dots([team], cycle, organisation=organisation, today=TODAY)[team.pk]
    assert found[4:8] == [Report.MISSED, Report.MISSED, Report.NOT_ASKED, Report.TO_COME]


def test_a_week_off_is_not_missed_and_nobody_is_reminded_of_it(
    reported, member, other_team, cycle, organisation, django_assert_num_queries
):
    team = reported.team
    mark_weeks_off(team=team, weeks=[WEEK], by=member, now=at(TODAY))
    with django_assert_num_queries(2):
        (row,) = due([team, other_team], cycle, organisation=organisation, today=TODAY)
        found = dots([team], cycle, organisation=organisation, today=date(2026, 12, 1))
    assert row.team == other_team
    assert found[team.pk][6] == Report.OFF


def test_who_reports_from_a_week_off_is_on_time(reported, member, cycle, organisation):
    mark_weeks_off(team=reported.team, weeks=[WEEK], by=member, now=at(WEEK))
    make_sent(reported, member, now=at(WEEK + timedelta(days=6)))
    found = dots([reported.team], cycle, organisation=organisation, today=date(2026, 12, 1))
    assert found[reported.team.pk][6] == Report.ON_TIME
