import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from tests.factories import NOW, bring
from tests.objectives.making import WHY, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(team, cycle, leader):
    return make_draft(team, cycle, by=leader)


def url_of(objective):
    return f"/objectives/{objective.pk}/edit/"


def typed_for(objective, **changed):
    return {
        "title": objective.title,
        "why": objective.why,
        "not_doing": "",
        "owner": objective.owner_id,
        "version": objective.version,
        **changed,
    }


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_edits_a_draft_freely(request, visit, draft, who):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(url_of(draft)), WHY)

    response = visit(person).send(url_of(draft), typed_for(draft, title="Pay in half a minute"))

    assertRedirects(response, f"/objectives/{draft.pk}-pay-in-half-a-minute/")
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Pay in half a minute", 2)


def test_the_owner_is_a_leader_of_the_team_or_above(visit, draft, leader, leader_above, member):
    response = visit(leader).send(url_of(draft), typed_for(draft, owner=member.pk))
    assertContains(response, "Select a valid choice", status_code=422)
    visit(leader).send(url_of(draft), typed_for(draft, owner=leader_above.pk))
    draft.refresh_from_db()
    assert draft.owner == leader_above


@pytest.mark.parametrize("who", ["neighbour", "administrator", "member", "observer"])
def test_others_are_told_who_can(request, visit, draft, leader, who):
    person = request.getfixturevalue(who)
    actions.ask(draft, people=[person], by=leader, now=NOW)
    response = visit(person).send(url_of(draft), typed_for(draft, title="Mine"))
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    draft.refresh_from_db()
    assert draft.title == "Pay in under a minute"


def test_a_change_by_someone_else_is_shown_and_not_overwritten(visit, draft, leader):
    typed = typed_for(draft, title="My words")
    actions.edit(draft, title="Their words", why=WHY, not_doing="", owner=leader, by=leader)

    response = visit(leader).send(url_of(draft), typed)

    assertContains(response, "My words", status_code=409)
    assertContains(response, "Stored now: Their words", status_code=409)
    draft.refresh_from_db()
    assert draft.title == "Their words"


def test_without_its_version_a_form_changes_nothing(visit, draft, leader):
    typed = typed_for(draft, title="New")
    del typed["version"]
    assert visit(leader).send(url_of(draft), typed).status_code == 422
    draft.refresh_from_db()
    assert draft.title == "Pay in under a minute"


def test_a_committed_objective_changes_only_by_amendment(visit, objective, leader):
    response = visit(leader).send(url_of(objective), typed_for(objective, title="New"))
    assertContains(response, "It changes only by amendment", status_code=422)
    objective.refresh_from_db()
    assert objective.title != "New"


def test_a_closed_cycle_is_read_only(visit, draft, leader, cycle):
    typed = typed_for(draft, title="New")
    bring(cycle, "closed")
    response = visit(leader).send(url_of(draft), typed)
    assertContains(response, "is closed. It can be read, not changed.", status_code=422)
    draft.refresh_from_db()
    assert draft.title == "Pay in under a minute"
