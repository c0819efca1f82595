from datetime import date
from decimal import Decimal

import pytest

from apps.checkins import actions
from apps.checkins.actions import Said, Wish
from apps.checkins.models import KeyResultReport
from tests.factories import NOW, TODAY, at

pytestmark = pytest.mark.django_db
WEEK = date(2026, 11, 16)


def test_first(team, member, leader, cycle, key_result):
    c = actions.submit(
        team=team,
        week=WEEK,
        cycle=cycle,
        by=member,
        now=NOW,
        key_results={key_result: Said(Decimal("56.4"), 7, "Hm.")},
        in_the_way="Nothing",
        help=Wish("Codes", leader, TODAY),
    )
    c2 = actions.submit(
        team=team,
        week=WEEK,
        cycle=cycle,
        by=member,
        now=NOW,
        key_results={key_result: Said(Decimal("56.8"), 7, "Hm.")},
    )
    assert c2.revision == 2
    assert [m.value for m in key_result.measurements.effective()] == [Decimal("56.8")]
    assert KeyResultReport.objects.current().count() == 1
