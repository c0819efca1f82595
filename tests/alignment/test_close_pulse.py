from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.alignment.models import PulseAsked, PulseResult, PulseRound, PulseTally
from apps.organisation import actions as organisation_actions
from tests.alignment.making import answer, close, make_members, make_open
from tests.factories import NOW, TeamFactory, UserFactory, grant

pytestmark = pytest.mark.django_db


def figures() -> dict[str, tuple[int, int, bool]]:
    """By name of the team: asked, answered, and whether it is shown."""
    return {
        result.team.name: (result.asked, result.answered, result.counts is not None)
        for result in PulseResult.objects.of_members().select_related("team")
    }


def test_closing_keeps_what_may_be_shown_and_nothing_else(
    visit, administrator, root, area, team, leader
):
    people = make_members(team, 5)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people[:4])
    url = reverse("alignment:close_pulse", args=[pulse_round.pk])
    assertContains(visit(administrator).get(url), "Who was asked and who answered is deleted.")
    assertRedirects(visit(administrator).send(url), reverse("alignment:pulse_rounds"))
    pulse_round.refresh_from_db()
    assert (pulse_round.state, pulse_round.closed_on) == ("closed", date(2026, 11, 20))
    assert figures() == {
        "Lindenmarkt": (5, 4, True), "Shop": (5, 4, True), "Checkout": (5, 4, True),
    }  # fmt: skip
    counted = PulseResult.objects.of_members().get(team=team).counts
    assert counted == [0] * 5 + [4] + [0] * 4 + [4, 0] + [0] * 4 + [4, 0] + [0] * 5 + [4]
    assert not PulseAsked.objects.exists()
    assert not PulseTally.objects.exists()


@pytest.mark.parametrize(("n", "shown"), [(3, False), (4, True), (5, True)])
def test_a_team_is_shown_from_four_answers_on(administrator, team, n, shown):
    pulse_round = make_open_with(team, n, administrator)
    close(pulse_round, administrator)
    assert figures()["Checkout"] == (n, n, shown)


def make_open_with(team, n: int, administrator) -> PulseRound:
    people = make_members(team, n)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people)
    return pulse_round


def test_a_team_is_shown_where_half_of_those_asked_have_answered(administrator, team):
    people = make_members(team, 9)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people[:4])
    close(pulse_round, administrator)
    assert figures()["Checkout"] == (9, 4, False)


def test_an_area_does_not_give_a_small_team_away(administrator, area, team):
    small = TeamFactory(name="Payments", parent=area)
    many, few = make_members(team, 5), make_members(small, 3)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, many)
    answer(pulse_round, small, few, (1, 1, 1, 1))
    close(pulse_round, administrator)
    assert figures() == {
        "Checkout": (5, 5, True), "Payments": (3, 3, False), "Shop": (8, 8, False),
        "Lindenmarkt": (8, 8, False),
    }  # fmt: skip
    # nothing of the three is in the database any more
    assert PulseResult.objects.get(team=small, of_leaders=False).counts is None


def test_leaders_are_counted_apart_from_four_on(administrator, area, team):
    others = [TeamFactory(parent=area) for _n in range(3)]
    places = [(place, UserFactory(leads=place)) for place in [team, *others]]
    pulse_round = make_open(administrator)
    for place, person in places:
        answer(pulse_round, place, [person])
    close(pulse_round, administrator)
    of_leaders = PulseResult.objects.filter(of_leaders=True)
    shown = {result.team.name for result in of_leaders.shown()}
    assert shown == {"Shop", "Lindenmarkt"}
    assert not PulseResult.objects.of_members().exists()


def test_who_leaves_joins_or_moves_during_the_round_changes_no_numbers_of_those_asked(
    administrator, team, other_team, leader
):
    people = make_members(team, 5)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people[:1])
    organisation_actions.remove_member(team, person=people[0], by=leader)  # answered, then left
    organisation_actions.deactivate_person(people[1], by=administrator, now=NOW)
    grant("belong_to_team", people[2], other_team)
    make_members(team, 3)  # joined too late to be asked
    answer(pulse_round, team, people[2:])
    close(pulse_round, administrator)
    assert figures()["Checkout"] == (5, 4, True)
    assert "Delivery" not in figures()


def test_a_team_that_moves_during_the_round_stays_where_it_was_asked(
    administrator, area, team, other_team
):
    people, others = make_members(team, 4), make_members(other_team, 4)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, people)
    answer(pulse_round, other_team, others)
    organisation_actions.move_team(team, to=other_team.parent, by=administrator)
    close(pulse_round, administrator)
    assert figures()["Shop"] == (4, 4, True)
    assert figures()["Fulfilment"] == (4, 4, True)


def test_closing_twice_is_told(visit, administrator, member):
    pulse_round = make_open(administrator)
    url = reverse("alignment:close_pulse", args=[pulse_round.pk])
    close(pulse_round, administrator)
    assertRedirects(visit(administrator).get(url), "/pulse/")
    assertContains(visit(administrator).send(url), "This round is closed already.", status_code=422)
    assert PulseResult.objects.count() == 3


def test_a_round_that_nobody_answered_closes(administrator, member):
    close(make_open(administrator), administrator)
    assert figures()["Checkout"] == (1, 0, False)


# -- What the database itself forbids ------------------------------------------------------------


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE alignment_pulseresult SET asked = 400",
        "DELETE FROM alignment_pulseresult",
        "UPDATE alignment_pulseround SET state = 'open', closed_on = NULL",
        "INSERT INTO alignment_pulseresult (round_id, team_id, of_leaders, asked, answered, counts)"
        " SELECT round_id, team_id, true, 3, 3, array_fill(0, ARRAY[24])"
        " FROM alignment_pulseresult",
    ],
)
def test_a_closed_round_is_not_changed(administrator, team, sql):
    close(make_open_with(team, 4, administrator), administrator)
    assert refused(sql)


def test_counts_that_do_not_add_up_are_refused(administrator, team):
    make_open_with(team, 4, administrator)
    assert refused("UPDATE alignment_pulsetally SET answered = 3")
    assert refused("UPDATE alignment_pulsetally SET counts[1] = 7")
