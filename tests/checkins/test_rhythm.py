from datetime import date, timedelta

import pytest

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
