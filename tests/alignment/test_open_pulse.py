from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions
from apps.alignment.models import PulseAsked, PulseRound, PulseTally
from apps.organisation.models import OutboxMessage, TeamGrant
from tests.alignment.making import UNTIL, close, make_members, make_open
from tests.factories import NOW, TODAY, UserFactory, at, grant

pytestmark = pytest.mark.django_db
URL = "/pulse/open/"


def test_everyone_who_works_in_a_team_is_asked(
    visit, administrator, team, area, leader, member, leader_above, observer, deactivated
):
    response = visit(administrator).send(URL, {"until": "2026-11-27"})
    assertRedirects(response, "/pulse/")
    pulse_round = PulseRound.objects.get()
    assert (pulse_round.opened_on, pulse_round.until, pulse_round.opened_by) == (
        TODAY, UNTIL, administrator,
    )  # fmt: skip
    assert {(a.person, a.tally.team, a.tally.of_leaders) for a in PulseAsked.objects.all()} == {
        (member, team, False),
        (leader, team, True),
        (leader_above, pulse_round.asked.get(person=leader_above).tally.team, True),
    }
    assertContains(
        visit(administrator).get("/pulse/"), "Open from 20 November 2026 to 27 November 2026"
    )


def test_each_gets_one_message_for_all_teams(administrator, team, area, member):
    grant("belong_to_team", member, area)
    make_open(administrator)
    assert PulseAsked.objects.filter(person=member).count() == 2
    assert list(OutboxMessage.objects.values_list("kind", "person")) == [("pulse.asked", member.pk)]


def test_whoever_leads_a_team_and_is_named_a_member_of_it_is_asked_once(
    administrator, team, leader
):
    grant("belong_to_team", leader, team)
    make_open(administrator)
    assert PulseAsked.objects.get().tally.of_leaders


def test_only_one_round_is_open(visit, administrator, member):
    make_open(administrator)
    response = visit(administrator).send(URL, {"until": "2026-11-27"})
    assert response.status_code == 422
    assertContains(response, "A round is open already.", status_code=422)
    assert PulseRound.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"until": ""}, "Choose the last day on which people can answer."),
        ({"until": "soon"}, "Write a day like 2026-12-04."),
        ({"until": "2026-11-19"}, "Choose a day from today on."),
        ({"until": "2026-12-22"}, "A round lasts a month at most."),
        ({"until": "2026-12-18", "every_weeks": "4"}, "opens after this one has ended"),
        ({"until": "2026-11-27", "every_weeks": "1"}, "Choose one of the rhythms in the list."),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(visit, administrator, member, typed, said):
    response = visit(administrator).send(URL, typed)
    assertContains(response, said, status_code=422)
    assertContains(response, f'value="{typed["until"]}"', status_code=422)
    assert not PulseRound.objects.exists()


def test_nobody_to_ask_is_said(visit, administrator):
    response = visit(administrator).send(URL, {"until": "2026-11-27"})
    assertContains(response, "Nobody works in a team yet", status_code=422)


def test_only_administrators_open_close_and_list_rounds(visit, administrator, leader_above):
    pulse_round = make_open(administrator)
    for url in ["/pulse/", URL, reverse("alignment:close_pulse", args=[pulse_round.pk])]:
        assertContains(
            visit(leader_above).get(url), "Only an administrator can do this.", status_code=403
        )


def test_who_was_asked_is_frozen_when_it_opens(administrator, team, member):
    make_open(administrator)
    UserFactory(name="Joined later", works_in=team)
    assert list(PulseAsked.objects.values_list("person", flat=True)) == [member.pk]


# -- By rhythm --------------------------------------------------------------------------------


def test_a_round_with_a_rhythm_opens_the_next_for_as_long(administrator, member):
    first = make_open(administrator, every_weeks=4)
    day = TODAY + timedelta(weeks=4)
    assert actions.open_due(now=at(day)) is None  # the first is still open
    assert actions.close_due(now=at(UNTIL)) is None  # its last day belongs to it
    assert actions.close_due(now=at(UNTIL + timedelta(days=1))) == first
    assert actions.open_due(now=at(day - timedelta(days=1))) is None
    second = actions.open_due(now=at(day))
    assert (second.opened_by, second.opened_on, second.until, second.every_weeks) == (
        None, day, day + timedelta(days=7), 4,
    )  # fmt: skip
    assert PulseTally.objects.get().round == second
    assert actions.open_due(now=at(day)) is None


def test_a_round_without_a_rhythm_stays_the_last(administrator, member):
    close(make_open(administrator), administrator)
    assert actions.open_due(now=at(date(2027, 11, 20))) is None


def test_a_database_without_rounds_has_nothing_due(organisation, root):
    assert actions.close_due(now=NOW) is None
    assert actions.open_due(now=NOW) is None


def test_the_page_says_when_the_next_one_opens(visit, administrator, member):
    make_open(administrator, every_weeks=8)
    page = visit(administrator).get("/pulse/")
    assertContains(page, "The next round opens by itself on 15 January 2027")
    assertNotContains(page, "/pulse/open/")


def test_teams_that_were_archived_are_not_asked(administrator, team, other_team, member):
    make_members(other_team, 1)
    other_team.archived_at = NOW
    other_team.save()
    make_open(administrator)
    assert {t.team for t in PulseTally.objects.all()} == {team}


def test_an_action_refuses_what_a_form_would(administrator, member):
    with pytest.raises(ValidationError):
        make_open(administrator, until=TODAY - timedelta(days=1))
    assert TeamGrant.objects.exists()
