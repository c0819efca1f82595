import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions, pulse_links
from apps.alignment.models import PulseAsked, PulseTally
from apps.organisation import actions as organisation_actions
from apps.organisation.models import OneTimeKey
from tests.alignment.making import SURE, answer, close, make_open
from tests.factories import UserFactory, grant

pytestmark = pytest.mark.django_db
TYPED = {"question_0": "6", "question_1": "5", "question_2": "5", "question_3": "6"}
COUNTED = [
    *[0, 0, 0, 0, 0, 1],
    *[0, 0, 0, 0, 1, 0],
    *[0, 0, 0, 0, 1, 0],
    *[0, 0, 0, 0, 0, 1],
]


@pytest.fixture
def pulse_round(administrator, member, leader):
    return make_open(administrator)


@pytest.fixture
def url(team):
    return reverse("alignment:answer_pulse", args=[team.slug])


@pytest.fixture
def asked(pulse_round, member):
    return PulseAsked.objects.get(person=member)


def test_an_answer_raises_four_counts_and_nothing_else(visit, member, url, asked):
    assertContains(visit(member).get(url), "Anonymous, about one minute, for Checkout")
    assertRedirects(visit(member).post(url, TYPED), url)
    tally = PulseTally.objects.get(of_leaders=False)
    assert (tally.answered, tally.counts) == (1, COUNTED)
    asked.refresh_from_db()
    assert asked.has_answered
    page = visit(member).get(url)
    assertContains(page, "You have answered. Thank you.")
    assertNotContains(page, 'type="radio"')


def test_nothing_is_prefilled(visit, member, url, pulse_round):
    assertNotContains(visit(member).get(url), "checked")


def test_a_leader_is_counted_with_the_leaders(visit, leader, url, pulse_round):
    visit(leader).post(url, TYPED)
    assert PulseTally.objects.get(of_leaders=True).counts == COUNTED
    assert PulseTally.objects.get(of_leaders=False).answered == 0


def test_twice_counts_once(visit, member, url, pulse_round):
    visit(member).post(url, TYPED)
    assertRedirects(visit(member).post(url, TYPED), url)
    assert PulseTally.objects.get(of_leaders=False).answered == 1


def test_someone_in_two_teams_answers_for_each(administrator, team, area, member):
    grant("belong_to_team", member, area)
    pulse_round = make_open(administrator)
    answer(pulse_round, team, [member])
    answer(pulse_round, area, [member], (1, 1, 1, 1))
    assert PulseTally.objects.get(team=team).answered == 1
    assert PulseTally.objects.get(team=area).answered == 1


@pytest.mark.parametrize(
    "typed",
    [
        {},
        TYPED | {"question_2": ""},
        TYPED | {"question_2": "7"},
        TYPED | {"question_2": "0"},
        TYPED | {"question_2": "five"},
        TYPED | {"question_2": "5" * 10_000},
    ],
)
def test_an_answer_is_whole_or_refused(visit, member, url, pulse_round, typed):
    response = visit(member).post(url, typed)
    assertContains(response, "Question 3: choose a number from 1 to 6.", status_code=422)
    if "question_0" in typed:
        assert re.search(r'name="question_0" value="6"[^>]* checked', response.content.decode())
    assert PulseTally.objects.get(of_leaders=False).counts == [0] * 24


def test_who_is_not_of_the_team_is_refused(visit, neighbour, observer, leader_above, url):
    for stranger in (neighbour, observer, leader_above):
        assertContains(visit(stranger).get(url), "Only Checkout can do this", status_code=403)


def test_who_joined_later_is_told_why_not(visit, team, url, pulse_round):
    late = UserFactory(works_in=team)
    page = visit(late).get(url)
    assertContains(page, "You were not in Checkout when this round opened")
    assertRedirects(visit(late).post(url, TYPED), url)
    assert PulseTally.objects.get(of_leaders=False).answered == 0
    with pytest.raises(PermissionDenied):
        answer(pulse_round, team, [late])


def test_who_was_removed_meanwhile_does_not_count(visit, team, member, leader, url, pulse_round):
    organisation_actions.remove_member(team=team, person=member, by=leader)
    assert visit(member).post(url, TYPED).status_code == 403
    assert PulseTally.objects.get(of_leaders=False).answered == 0


def test_a_closed_round_takes_no_answer(visit, administrator, team, member, url, pulse_round):
    close(pulse_round, administrator)
    assertContains(visit(member).get(url), "No round is open.")
    assertRedirects(visit(member).post(url, TYPED), url)
    with pytest.raises(ValidationError):
        answer(pulse_round, team, [member])


def test_without_any_round_the_page_says_so(visit, member, url):
    assertContains(visit(member).get(url), "No round is open.")


# -- By the link in a mail -----------------------------------------------------------------------


@pytest.fixture
def link(asked):
    return pulse_links.link(asked)


def test_the_link_answers_without_a_session(visit, link, asked):
    stranger = visit(None)
    page = stranger.get(link)
    assertContains(page, "For Tom Richter of Checkout.")
    asked.refresh_from_db()
    assert not asked.has_answered  # a mail program that looks at links changes nothing
    assertRedirects(stranger.post(link, TYPED), link)
    assert PulseTally.objects.get(of_leaders=False).counts == COUNTED
    assertContains(stranger.get(link), "You have answered. Thank you.")


def test_the_link_speaks_the_language_of_the_person(visit, member, link):
    member.language = "de"
    member.save()
    assertContains(visit(None).get(link), '<html lang="de"')


def test_a_link_that_was_changed_is_none(visit, link, pulse_round, team, leader):
    assert visit(None).get(link.replace("/answer/", "x/answer/")).status_code == 404
    assert visit(None).get("/pulse/WzEsMSwxXQ/answer/").status_code == 404


def test_the_link_of_someone_who_has_left_is_none(visit, member, link):
    member.is_active = False
    member.save()
    assert visit(None).get(link).status_code == 404


def test_the_link_of_someone_removed_is_refused(visit, team, member, leader, link):
    organisation_actions.remove_member(team=team, person=member, by=leader)
    assert visit(None).get(link).status_code == 403
    assert visit(None).post(link, TYPED).status_code == 403


def test_an_old_link_says_that_the_round_is_over_also_while_the_next_is_open(
    visit, administrator, link, pulse_round
):
    close(pulse_round, administrator)
    assertContains(visit(None).get(link), "No round is open.")
    make_open(administrator)
    assertContains(visit(None).get(link), "No round is open.")
    assertRedirects(visit(None).post(link, TYPED), link)
    assert PulseTally.objects.get(of_leaders=False).answered == 0


def test_nothing_of_what_was_typed_is_kept_with_a_key(visit, member, url, pulse_round):
    visit(member).post(url, TYPED)
    assert not OneTimeKey.objects.exists()


def test_the_action_counts_what_it_is_given(pulse_round, team, member):
    actions.answer_pulse(pulse_round, team=team, answers=SURE, by=member)
    assert PulseTally.objects.get(of_leaders=False).counts == COUNTED
