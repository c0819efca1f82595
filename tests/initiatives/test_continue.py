"""An end is final; a new initiative takes the idea up again, and says of which it goes on."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative
from tests.factories import NOW
from tests.initiatives.making import WHOLE, make_active, make_proposed

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}


@pytest.fixture
def ended(active, member):
    actions.kill(active, **LEARNT, by=member, now=NOW)
    return active


@pytest.fixture
def url(ended):
    return reverse("initiatives:propose", args=["checkout"]) + f"?continues={ended.pk}"


def test_the_page_of_an_end_leads_to_a_proposal_that_has_its_words(
    visit, member, leader_above, ended, key_result, url
):
    page = visit(member).get(ended.get_absolute_url())
    assertContains(page, f'href="{url}"')
    assertNotContains(visit(leader_above).get(ended.get_absolute_url()), url)
    form = visit(member).get(url)
    assertContains(form, "It continues “Cart reminder”")
    assertContains(form, "people who were interrupted come back")
    assertContains(form, f'<option value="{key_result.pk}" selected>')


def test_it_is_a_new_one_and_both_tell_of_each_other(visit, member, ended, key_result, url):
    typed = {"title": "Cart reminder, by text", "key_result_0": key_result.pk, "continues": "on"}
    visit(member).send(url, typed)
    new = Initiative.objects.get(title="Cart reminder, by text")
    assert (new.continues, new.status, new.moves.get().verb) == (ended, "proposed", "continue")
    ended.refresh_from_db()
    assert ended.status == "killed"
    page = visit(member).get(new.get_absolute_url())
    assertContains(page, "Continues “Cart reminder”")
    assertContains(page, "Guests leave at the password.")
    assertContains(visit(member).get(ended.get_absolute_url()), new.get_absolute_url())


def test_unticked_it_stands_alone(visit, member, ended, key_result, url):
    visit(member).send(url, {"title": "Alone", "key_result_0": key_result.pk})
    assert Initiative.objects.get(title="Alone").continues is None


def test_swaps_and_continuations_make_one_descent(member, team, key_result, ended):
    words = {**WHOLE, "by": member, "now": NOW}
    second = actions.propose(
        team=team, title="Second", aims=[Aim(key_result)], continues=ended, **words
    )
    third = actions.swap(second, **LEARNT, title="Third", **words)
    beside = actions.propose(
        team=team, title="Beside", aims=[Aim(key_result)], continues=ended, **words
    )
    assert Initiative.objects.get(pk=third.pk).descent() == [third, second, ended]
    assert set(Initiative.objects.get(pk=ended.pk).descent()) == {third, second, beside, ended}
    told = {former.title: former.continued_title for former in ended.descent()}
    assert told == {
        "Third": None, "Second": "Cart reminder", "Beside": "Cart reminder", "Cart reminder": None,
    }  # fmt: skip


def test_another_teams_end_may_be_continued(visit, member, neighbour, other_team, key_result):
    theirs = make_active(other_team, neighbour, key_result, title="Lockers")
    actions.kill(theirs, **LEARNT, by=neighbour, now=NOW)
    url = reverse("initiatives:propose", args=["checkout"]) + f"?continues={theirs.pk}"
    visit(member).send(url, {"title": "Ours", "key_result_0": key_result.pk, "continues": "on"})
    assert Initiative.objects.get(title="Ours").continues == theirs


def test_only_what_has_ended_is_continued(visit, member, team, active, key_result):
    with pytest.raises(ValidationError, match="has not ended"):
        actions.propose(
            team=team, title="Too soon", aims=[Aim(key_result)], continues=active, by=member,
            now=NOW,
        )  # fmt: skip
    url = reverse("initiatives:propose", args=["checkout"])
    for nonsense in (active.pk, "²", "9" * 400, "-1", "x"):
        assertNotContains(visit(member).get(f"{url}?continues={nonsense}"), "It continues")
    other = make_proposed(team, member, key_result, title="Other")
    for former in (active, other):
        with pytest.raises(ProgrammingError, match="has not ended"), transaction.atomic():
            Initiative.objects.filter(pk=other.pk).update(continues=former)
