"""What an initiative asks stands in the week of exactly its team, and goes with the deed."""

from datetime import date
from decimal import Decimal

import pytest

from apps.initiatives import actions
from apps.initiatives.actions import Aim, Stop
from apps.initiatives.models import KillCriterion
from apps.objectives import actions as goals
from tests.factories import NOW, TODAY, at
from tests.initiatives.making import make_active, make_suggested

pytestmark = pytest.mark.django_db
OTHERS = ["leader_above", "neighbour", "observer", "administrator"]


@pytest.fixture
def asks(request, team, member, neighbour, key_result):
    """What stands in the week, and the deed that takes it away."""

    def bet(**words):
        return make_active(team, member, key_result, title="Cart reminder", **words)

    by = {"by": member, "now": NOW}
    match request.param:
        case "suggestion":
            made = make_suggested(team, neighbour, key_result, title="Cart reminder")
            return "Karim Haddad suggests “Cart reminder”", lambda: actions.take_over(made, **by)
        case "declined":
            made = make_suggested(team, neighbour, key_result, title="Cart reminder")
            return "Karim Haddad suggests “", lambda: actions.decline(made, word="No.", **by)
        case "pause":
            made = bet()
            actions.pause(
                made, reason="Traffic", look_again_on=TODAY, by=member, now=at(date(2026, 11, 1))
            )
            return "“Cart reminder” was paused until now", lambda: actions.resume(made, **by)
        case "stop mark":
            made = bet(stops=[Stop("Mails that are opened", TODAY, limit="20%")])
            stop = made.kill_criteria.get()
            return "Kill “Cart reminder” or go on?", lambda: actions.go_on(
                stop, because="31%.", is_reached=False, **by
            )
        case "value":
            below = KillCriterion.Comparator.BELOW
            later = date(2026, 12, 4)
            made = bet(stops=[Stop("", later, below, "", key_result, Decimal(51))])
            goals.measure(key_result, day=TODAY, value=Decimal("50.9"), **by)
            return "It is 50.9%.", lambda: actions.kill(
                made, reason="no-effect", learning="Nobody came.", **by
            )
        case "verdict":
            made = bet(aims=[Aim(key_result, 2, TODAY)])
            link = made.links.get()
            return "Did “Cart reminder” move it?", lambda: actions.give_verdict(
                link, kind="less", evidence="A third.", **by
            )


@pytest.mark.parametrize(
    "asks", ["suggestion", "declined", "pause", "stop mark", "value", "verdict"], indirect=True
)
def test_it_waits_for_the_team_alone_and_vanishes_with_the_deed(
    request, visit, member, leader, asks
):
    words, deed = asks

    def sees(person):
        return words in visit(person).get("/").content.decode()

    assert sees(member)
    assert sees(leader)
    for who in OTHERS:
        assert not sees(request.getfixturevalue(who)), who
    deed()
    assert not sees(member)


def test_a_value_on_the_safe_side_asks_nobody(visit, team, member, key_result):
    below = KillCriterion.Comparator.BELOW
    stops = [Stop("", date(2026, 12, 4), below, "", key_result, Decimal(51))]
    make_active(team, member, key_result, stops=stops)
    goals.measure(key_result, day=TODAY, value=Decimal("51.1"), by=member, now=NOW)
    assert "or go on?" not in visit(member).get("/").content.decode()


def test_as_many_queries_for_one_as_for_many(
    visit, team, member, key_result, django_assert_max_num_queries
):
    visitor = visit(member)

    def one_more(n):
        stops = [Stop("Mails that are opened", TODAY, limit="20%")]
        make_active(
            team, member, key_result, title=f"Bet {n}", stops=stops,
            aims=[Aim(key_result, 2, TODAY)],
        )  # fmt: skip

    one_more(0)
    visitor.get("/")
    with django_assert_max_num_queries(12) as one:
        visitor.get("/")
    for n in range(1, 5):
        one_more(n)
    with django_assert_max_num_queries(12) as many:
        visitor.get("/")
    assert len(one) == len(many)
