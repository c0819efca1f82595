import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment
from apps.organisation.models import OutboxMessage
from tests.factories import NOW, TODAY, KeyResultFactory, UserFactory
from tests.objectives.making import make_open

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Create a checkout that nobody notices",
    "why": "Because it matters.",
    "not_doing": "No new payment methods.",
    "change": "scope",
    "reason": "Shoppers told us that speed is what they want.",
    "version": 1,
}


def url_of(objective):
    return f"/objectives/{objective.pk}/amend/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_amends_the_words_and_both_stay_visible(
    request, visit, objective, neighbour, who
):
    person = request.getfixturevalue(who)
    was, visitor = objective.title, visit(person)
    assertContains(visitor.get(objective.get_absolute_url()), url_of(objective))
    assertContains(visitor.get(url_of(objective)), was)

    response = visitor.send(url_of(objective), TYPED)

    objective.refresh_from_db()
    assertRedirects(response, objective.get_absolute_url())
    assert (objective.title, objective.version) == (TYPED["title"], 2)
    rows = [(a.field, a.old, a.new, a.kind, a.day, a.by) for a in Amendment.objects.all()]
    assert rows == [
        ("title", was, TYPED["title"], "scope", TODAY, person),
        ("not_doing", "", TYPED["not_doing"], "scope", TODAY, person),
    ]
    page = visit(neighbour).get(objective.get_absolute_url())
    assertContains(page, f"<del>{was}</del> → <ins>{TYPED['title']}</ins>")
    assertContains(page, TYPED["reason"])


def test_those_who_work_on_it_are_told_and_whoever_did_it_is_not(
    visit, objective, other_team, leader, member, neighbour
):
    UserFactory(name="Lives elsewhere")
    KeyResultFactory(objective=objective, team=other_team)
    visit(leader).send(url_of(objective), TYPED)
    told = OutboxMessage.objects.filter(kind="goal.amended")
    assert {message.person for message in told} == {member, neighbour}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Write the objective in one sentence."),
        ({"why": ""}, "Say why it matters."),
        ({"reason": "  "}, "Say in one sentence why it changes."),
        ({"change": "target"}, "target is not one of the available choices"),
        ({"title": "x" * 501}, "at most 500 characters"),
    ],
)
def test_bad_input_amends_nothing(visit, objective, leader, wrong, sentence):
    response = visit(leader).send(url_of(objective), {**TYPED, **wrong})
    assertContains(response, sentence, status_code=422)
    assertContains(response, TYPED["not_doing"], status_code=422)
    assert not Amendment.objects.exists()


def test_an_amendment_that_changes_nothing_is_refused(visit, objective, leader):
    typed = {"title": objective.title, "why": objective.why, "not_doing": ""}
    response = visit(leader).send(url_of(objective), {**TYPED, **typed})
    assertContains(response, "Nothing differs from what stands.", status_code=422)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, objective, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(objective), TYPED)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Amendment.objects.exists()
    assertNotContains(visitor.get(objective.get_absolute_url()), url_of(objective))


def test_of_two_editors_the_second_sees_both_versions(visit, objective, leader, leader_above):
    visit(leader_above).send(url_of(objective), {**TYPED, "title": "Theirs"})
    response = visit(leader).send(url_of(objective), {**TYPED, "title": "Mine"})
    assertContains(response, 'value="Mine"', status_code=409)
    assertContains(response, "Stored now: Theirs", status_code=409)
    objective.refresh_from_db()
    assert objective.title == "Theirs"
    visit(leader).send(url_of(objective), {**TYPED, "title": "Mine", "version": 2})
    assert [a.new for a in Amendment.objects.filter(field="title")] == ["Theirs", "Mine"]


def test_the_same_form_twice_amends_once(visit, objective, leader):
    visitor = visit(leader)
    body = {**TYPED, "once": visitor.new_key(url_of(objective))}
    for _time in range(2):
        visitor.post(url_of(objective), body)
    assert Amendment.objects.count() == 2  # a row a field


def test_a_draft_is_edited_instead(visit, team, cycle, leader):
    objective = make_open(team, cycle, by=leader)
    typed = {**TYPED, "version": objective.version}
    response = visit(leader).send(url_of(objective), typed)
    assertContains(response, "Only a committed objective is amended.", status_code=422)
    page = visit(leader).get(objective.get_absolute_url())
    assertNotContains(page, url_of(objective))


def test_what_was_written_down_wrongly_is_a_correction(objective, leader):
    [row] = actions.amend(
        objective, title=objective.title, why="For shoppers.", not_doing="", change="correction",
        reason="A slip.", by=leader, now=NOW,
    )  # fmt: skip
    assert (row.kind, row.field, row.new) == ("correction", "why", "For shoppers.")
