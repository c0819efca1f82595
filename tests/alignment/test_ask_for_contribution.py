"""One team asks another; the other makes it a goal or a bet of its own, or says why not."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.alignment import actions
from apps.alignment.models import Contribution, ContributionRequest
from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult, Objective
from tests.alignment.intent import make_request
from tests.factories import NOW, KeyResultFactory, ObjectiveFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

URL = "/teams/checkout/contributions/ask/"
CAST = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]


@pytest.fixture
def asked(team, other_team, key_result, member):
    """Checkout asks Delivery."""
    return make_request(team, other_team, key_result, member)


def typed(other_team, key_result, **more):
    return {
        "asked_team": other_team.pk, "goal": f"k-{key_result.pk}", "what": "The delivery day",
        "why": "People look for it.", "by_when": "2026-11-27", **more,
    }  # fmt: skip


@pytest.mark.parametrize("who", CAST)
def test_the_team_and_those_above_ask_and_nobody_else(request, visit, other_team, key_result, who):
    visitor = visit(request.getfixturevalue(who))
    may = who in {"member", "leader", "leader_above"}
    assert (URL in visitor.get("/teams/checkout/").content.decode()) is may
    response = visitor.send(URL, typed(other_team, key_result))
    if not may:
        assert response.status_code == 403
        assert not ContributionRequest.objects.exists()
        return
    stored = ContributionRequest.objects.get()
    assertRedirects(response, f"/contribution-requests/{stored.pk}/")
    for page in ["/teams/checkout/", "/teams/delivery/", key_result.objective.get_absolute_url()]:
        assertContains(visitor.get(page), "The delivery day")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"what": ""}, "Say in one sentence what you ask for."),
        ({"why": " "}, "Say why it matters."),
        ({"by_when": "2026-11-19"}, "Choose today or a later day."),
        ({"by_when": "soon"}, "Enter a valid date"),
        ({"goal": ""}, "Choose a goal."),
        ({"asked_team": ""}, "Choose a team."),
    ],
)
def test_bad_words_stay_in_the_form(visit, member, other_team, key_result, more, sentence):
    response = visit(member).send(URL, typed(other_team, key_result, **more))
    assertContains(response, sentence, status_code=422)
    assert not ContributionRequest.objects.exists()


def test_nobody_asks_the_own_team(team, key_result, member):
    with pytest.raises(ValidationError, match="another team than your own"):
        make_request(team, team, key_result, member)


@pytest.mark.parametrize("who", CAST)
def test_only_the_team_that_was_asked_answers(request, visit, asked, who):
    visitor = visit(request.getfixturevalue(who))
    may = who == "neighbour"
    page = visitor.get(f"/contribution-requests/{asked.pk}/").content.decode()
    for verb, said in {
        "decline": {"reason": "Not before spring."},
        "accept": {"accept_as": "new-initiative", "title": "Show it"},
    }.items():
        url = f"/contribution-requests/{asked.pk}/{verb}/"
        assert (url in page) is may
        with transaction.atomic():
            response = visitor.send(url, {"version": 1, **said})
            transaction.set_rollback(True)
        assert response.status_code == (302 if may else 403)


def test_declined_with_a_reason_that_both_see(visit, asked, neighbour, member):
    url = f"/contribution-requests/{asked.pk}/decline/"
    refused = visit(neighbour).send(url, {"version": 1, "reason": " "})
    assertContains(refused, "Say in one sentence why not.", status_code=422)
    visit(neighbour).send(url, {"version": 1, "reason": "Not before spring."})
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("declined", neighbour)
    for page in ["/teams/checkout/", "/teams/delivery/"]:
        assertContains(visit(member).get(page), "Not before spring.")
    again = visit(neighbour).send(url, {"version": 2, "reason": "Twice."})
    assertContains(again, "has been answered already", status_code=422)


def test_accepted_as_a_new_initiative_that_should_move_the_key_result(
    visit, asked, neighbour, key_result
):
    visit(neighbour).send(
        f"/contribution-requests/{asked.pk}/accept/",
        {"version": 1, "accept_as": "new-initiative", "title": "Show the day"},
    )
    made = Initiative.objects.get()
    asked.refresh_from_db()
    assert asked.initiative == made
    assert (made.team, made.status) == (asked.asked_team, "proposed")
    assert [link.key_result for link in made.links.all()] == [key_result]


def test_accepted_as_an_initiative_it_has_which_then_aims_at_the_key_result(
    visit, asked, neighbour, other_team, objective, key_result
):
    other = KeyResultFactory(objective=objective, team=other_team)
    known = make_active(other_team, neighbour, other)
    visit(neighbour).send(
        f"/contribution-requests/{asked.pk}/accept/",
        {"version": 1, "accept_as": f"i-{known.pk}"},
    )
    asked.refresh_from_db()
    assert asked.initiative == known
    assert {link.key_result for link in asked.initiative.links.all()} == {other, key_result}
    assert [move.verb for move in asked.initiative.moves.all()][-1] == "edit"


def test_an_initiative_for_an_objective_as_a_whole_has_yet_to_be_linked(
    visit, team, other_team, neighbour, member, objective
):
    asked = make_request(team, other_team, objective, member)
    visit(neighbour).send(
        f"/contribution-requests/{asked.pk}/accept/",
        {"version": 1, "accept_as": "new-initiative", "title": "Show the day"},
    )
    page = visit(member).get(f"/contribution-requests/{asked.pk}/")
    assertContains(page, "The initiative is linked to none of its key results yet")


def test_a_dropped_key_result_is_helped_no_more(asked, neighbour, other_team, objective):
    known = make_active(other_team, neighbour, KeyResultFactory(objective=objective))
    KeyResult.objects.filter(pk=asked.key_result_id).update(dropped_at=NOW)
    with pytest.raises(ValidationError, match="no longer open"):
        actions.accept_as_initiative(asked, initiative=known, by=neighbour, now=NOW)
    asked.refresh_from_db()
    assert asked.is_open


def test_accepted_as_a_new_objective_it_is_a_draft_that_contributes(
    visit, asked, neighbour, member, key_result
):
    url = f"/contribution-requests/{asked.pk}/accept/"
    short = visit(neighbour).send(url, {"version": 1, "accept_as": "new-objective", "why": ""})
    assertContains(short, "Say in one sentence how it helps.", status_code=422)
    assertContains(short, "Say in a few words what it is.", status_code=422)
    visit(neighbour).send(
        url,
        {"version": 1, "accept_as": "new-objective", "title": "One look at the parcel",
         "why": "It calms.", "how": "Nobody leaves to look."},
    )  # fmt: skip
    contribution = Contribution.objects.get()
    assert contribution.objective.state == "draft"
    assert (contribution.key_result, contribution.towards) == (key_result, key_result.objective)
    page = visit(member).get(f"/contribution-requests/{asked.pk}/")
    assertContains(page, "Accepted as an objective that is still a draft.")
    assertNotContains(page, "One look at the parcel")


def test_accepted_as_an_objective_it_has(visit, asked, neighbour, other_team, cycle):
    known = ObjectiveFactory(team=other_team, cycle=cycle, owner=neighbour)
    visit(neighbour).send(
        f"/contribution-requests/{asked.pk}/accept/",
        {"version": 1, "accept_as": f"o-{known.pk}", "how": "Nobody leaves to look."},
    )
    assert Contribution.objects.get().objective == known


def test_a_member_accepts_it_as_an_initiative_and_not_as_a_goal(
    visit, other_team, team, member, key_result, neighbour
):
    """For a goal of the team its leaders decide."""
    asked = make_request(other_team, team, key_result, neighbour)
    page = visit(member).get(f"/contribution-requests/{asked.pk}/accept/")
    assertNotContains(page, "A new objective")
    with pytest.raises(PermissionDenied):
        actions.accept_as_objective(asked, how="H", title="T", why="W", by=member, now=NOW)
    assert not Objective.objects.filter(title="T").exists()


def test_the_database_keeps_an_answer(asked):
    with pytest.raises(DatabaseError), transaction.atomic():
        ContributionRequest.objects.filter(pk=asked.pk).update(state="accepted")
