import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Cycle, Objective
from tests.factories import CycleFactory
from tests.objectives.making import make_draft

pytestmark = pytest.mark.django_db

URL = "/objectives/new/"


@pytest.fixture
def typed(team, cycle):
    return {
        "team": team.pk,
        "cycle": cycle.pk,
        "title": "Pay in under a minute",
        "why": "Most people give up on the way to the last step.",
        "not_doing": "An app.",
    }


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_a_leader_or_one_above_drafts_and_lands_on_the_objective(request, visit, typed, team, who):
    person = request.getfixturevalue(who)

    response = visit(person).send(URL, typed)

    objective = Objective.objects.get()
    assertRedirects(response, objective.get_absolute_url())
    assert (objective.team, objective.owner, objective.state) == (team, person, "draft")
    assert objective.not_doing == "An app."
    assert [(m.from_state, m.to_state, m.by) for m in objective.moves.all()] == [
        ("", "draft", person)
    ]
    page = visit(person).get(objective.get_absolute_url())
    assertContains(page, "Pay in under a minute")


@pytest.mark.parametrize("who", ["member", "observer", "administrator"])
def test_whoever_leads_no_team_is_told_who_can(request, visit, typed, who):
    visitor = visit(request.getfixturevalue(who))
    for response in [visitor.get(URL), visitor.send(URL, typed)]:
        assertContains(response, "Only leaders can draft an objective", status_code=403)
    assert not Objective.objects.exists()


def test_a_leader_of_another_branch_is_told_who_can(visit, neighbour, typed):
    response = visit(neighbour).send(URL, typed)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    assert not Objective.objects.exists()


def test_the_form_offers_only_teams_that_one_leads(visit, leader, team, other_team, cycle):
    page = visit(leader).get(f"{URL}?team={team.slug}&cycle={cycle.slug}")
    assertContains(page, f'<option value="{team.pk}" selected>Checkout</option>', html=True)
    assert "Delivery</option>" not in page.content.decode()


def test_nonsense_in_the_address_is_left_aside(visit, leader, cycle):
    page = visit(leader).get(f"{URL}?team=%00&cycle=%00")
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("title", "  ", "Write the objective in one sentence."),
        ("title", "x" * 201, "at most 200 characters"),
        ("why", "", "Say why it matters."),
        ("why", "Weil \x00 es wichtig ist", "Null characters are not allowed."),
        ("why", "Rindfleischetikettierung " * 400, "at most 5000 characters"),
        ("team", "none", "Select a valid choice"),
        ("team", "\x00", "Null characters are not allowed."),
        ("cycle", "", "Choose a cycle."),
    ],
)
def test_bad_input_is_answered_at_the_field_and_the_rest_is_kept(
    visit, leader, typed, field, text, sentence
):
    response = visit(leader).send(URL, {**typed, field: text})
    assertContains(response, sentence, status_code=422)
    kept = "An app." if field != "not_doing" else typed["why"]
    assertContains(response, kept, status_code=422)
    assert not Objective.objects.exists()


def test_a_long_german_text_is_kept_whole(visit, leader, typed):
    why = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen „Größe“ ßäöü. " * 40
    visit(leader).send(URL, {**typed, "why": why})
    assert Objective.objects.get().why == why.strip()


def test_the_same_form_twice_drafts_once(visit, leader, typed):
    visitor = visit(leader)
    body = {**typed, "once": visitor.new_key(URL)}
    first, second = visitor.post(URL, body), visitor.post(URL, body)
    assert first["Location"] == second["Location"]
    assert Objective.objects.count() == 1


def test_each_new_objective_is_last_in_its_cycle(team, cycle, leader):
    positions = [make_draft(team, cycle, by=leader).position for _n in range(3)]
    assert positions == [1, 2, 3]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Cycle.State.PLANNED, "is not open for input yet"),
        (Cycle.State.CLOSED, "is closed. It can be read, not changed."),
    ],
)
def test_a_cycle_must_be_open_for_goals(visit, leader, typed, state, sentence):
    cycle = CycleFactory(slug="2027", name="2027", state=state)
    response = visit(leader).send(URL, {**typed, "cycle": cycle.pk})
    assertContains(response, sentence, status_code=422)
    assert not Objective.objects.exists()


def test_without_an_open_cycle_the_page_says_so(visit, leader):
    assertContains(visit(leader).get(URL), "No cycle is open for goals.")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("leader", True),
        ("leader_above", True),
        ("member", False),
        ("neighbour", False),
        ("administrator", False),
    ],
)
def test_a_draft_is_read_by_leadership_only(request, visit, team, cycle, leader, who, sees):
    objective = make_draft(team, cycle, by=leader)
    response = visit(request.getfixturevalue(who)).get(objective.get_absolute_url())
    assert response.status_code == (200 if sees else 404)


def test_whoever_is_asked_reads_the_draft(visit, team, cycle, leader, member):
    objective = make_draft(team, cycle, by=leader)
    actions.ask(objective, people=[member], by=leader, now=objective.created_at)
    page = visit(member).get(objective.get_absolute_url())
    assertContains(page, objective.title)
    assert "/edit/" not in page.content.decode()
