import pytest
from pytest_django.asserts import assertContains

from tests.checkins.making import LAST_WEEK, make_sent, typed
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


def test_the_form_asks_for_what_the_team_reports(visit, member, reported, url):
    make_sent(reported, member, week=LAST_WEEK, value="55.6")
    make_active(reported.team, member, reported)
    page = visit(member).get(url)
    assertContains(page, "Check-in for week 7")
    assertContains(page, "Last week: 55.6%")
    assertContains(page, "Target above 65%. On pace this week:")
    open("/tmp/page.html", "w").write(page.content.decode())
