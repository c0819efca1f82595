"""The writing aid beside the form of a key result: it asks, and never blocks."""

import re

import pytest

from apps.objectives.models import KeyResult, Objective
from tests.factories import ObjectiveFactory

QUESTION = "Could this be ticked off as done? Then it is an initiative."
OUTPUT = "Launch Amazon sign-in so that guests don’t need a password"


@pytest.fixture
def drafted(team, cycle, leader):
    return ObjectiveFactory(team=team, cycle=cycle, owner=leader, state=Objective.State.DRAFT)


def define_url(objective):
    return f"/objectives/{objective.pk}/key-results/new/"


def ask(visitor, objective, title):
    return visitor.get(define_url(objective), {"title": title}, headers={"HX-Request": "true"})


def test_an_output_is_asked_about_while_one_types(visit, leader, drafted):
    page = ask(visit(leader), drafted, OUTPUT).content.decode()
    assert QUESTION in page
    assert "“Launch” can be ticked off" in page


@pytest.mark.parametrize("title", ["", "Checkout conversion rate", "NPS 45", "\x00", "x" * 10_000])
def test_nothing_is_said_about_the_rest(visit, leader, drafted, title):
    answer = ask(visit(leader), drafted, title)
    assert answer.status_code == 200
    assert QUESTION not in answer.content.decode()


def test_one_click_makes_it_an_initiative(visit, leader, drafted):
    page = ask(visit(leader), drafted, OUTPUT).content.decode()
    url = re.search(r'href="(/teams/checkout/initiatives/propose/\?.*?)"', page)[1]
    url = url.replace("&amp;", "&")
    form = visit(leader).get(url).content.decode()
    assert f'value="{OUTPUT}"' in form
    assert "guests don’t need a password</textarea>" in form


def test_a_leader_above_can_only_suggest_it(visit, leader_above, drafted):
    page = ask(visit(leader_above), drafted, OUTPUT).content.decode()
    assert "/teams/checkout/initiatives/suggest/?" in page


def test_it_asks_without_a_script_too_and_blocks_nothing(visit, leader, drafted):
    typed = {
        "title": "Build a tool", "kind": "increase", "team": drafted.team_id,
        "ambition": "committed", "decimals": "1", "target": "many",
    }  # fmt: skip
    refused = visit(leader).send(define_url(drafted), typed)
    assert refused.status_code == 422
    assert QUESTION in refused.content.decode()
    answer = visit(leader).send(define_url(drafted), typed | {"target": "5"})
    assert answer.status_code == 302
    key_result = KeyResult.objects.get()
    page = visit(leader).get(f"/key-results/{key_result.pk}/edit/").content.decode()
    assert page.count(QUESTION) == 1


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_who_cannot_read_the_draft_is_told_nothing_of_it(visit, request, drafted, who):
    assert ask(visit(request.getfixturevalue(who)), drafted, OUTPUT).status_code == 404
