"""Before somebody goes, each thing in his or her hands is asked about."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions as checkins
from apps.initiatives import actions as initiatives
from apps.initiatives.models import Initiative
from apps.objectives import actions as objectives
from apps.objectives.models import Objective
from apps.organisation import actions
from apps.organisation.models import OutboxMessage, TeamGrant, User
from tests.factories import NOW, ObjectiveFactory, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


@pytest.fixture
def bet(team, leader, key_result) -> Initiative:
    return make_active(team, leader, key_result, title="Guest checkout")


@pytest.fixture
def asked(team, leader, member):
    return checkins.ask_for_help(
        team=team, text="A decision on guests", asked=leader, by_when=date(2026, 11, 27),
        by=member, now=NOW,
    )  # fmt: skip


@pytest.fixture
def decided(team, cycle, leader, leader_above):
    meeting = checkins.open_review(team=team, cycle=cycle, by=leader_above, now=NOW)
    decision = checkins.note_decision(
        meeting, key_result=None, what="Ask the bank", who=leader, by_when=date(2026, 11, 27),
        by=leader_above, now=NOW,
    )  # fmt: skip
    checkins.end_review(meeting, by=leader_above, now=NOW)
    return decision


@pytest.fixture
def url(leader) -> str:
    return f"/people/{leader.pk}/deactivate/"


@pytest.fixture
def things(team, objective, bet, asked, decided) -> dict[str, int]:
    return {
        "team": team.pk, "objective": objective.pk, "initiative": bet.pk, "help": asked.pk,
        "decision": decided.pk,
    }  # fmt: skip


def answers(things: dict[str, int], **to: object) -> dict[str, object]:
    return {f"{kind}-{pk}": to.get(kind, "nobody") for kind, pk in things.items()}


def test_each_thing_finds_a_new_hand(
    visit,
    url,
    things,
    leader,
    member,
    leader_above,
    administrator,
    bet,
    objective,
    asked,
    team,
    decided,
):
    page = visit(administrator).get(url)
    for said in [
        "Guest checkout",
        "Create a world-class checkout",
        "A decision on guests",
        "Ask the bank",
    ]:
        assertContains(page, said)
    typed = answers(
        things,
        team=member.pk,
        objective=member.pk,
        initiative=member.pk,
        help=leader_above.pk,
        decision=member.pk,
    )
    response = visit(administrator).send(url, typed)
    assertRedirects(response, f"/people/{leader.pk}/", fetch_redirect_response=False)

    for row in [leader, bet, objective, asked, decided]:
        row.refresh_from_db()
    assert not leader.is_active
    assert (bet.lead, bet.status) == (member, "active")
    assert objective.owner == member
    assert asked.asked == leader_above
    assert asked.asked_as_leader_of.is_root
    assert decided.who == member
    assert list(User.objects.leading(team)) == [member]
    assert {(message.kind, message.person) for message in OutboxMessage.objects.all()} >= {
        ("initiative.handed_over", member),
        ("objective.handed_over", member),
        ("help.asked", leader_above),
        ("review.decisions", member),
    }
    history = visit(member).get(bet.get_absolute_url())
    assertContains(history, "Handed over, because its lead has left.")


def test_who_has_had_the_list_of_the_meeting_is_told_again(
    visit, url, things, administrator, leader_above, decided
):
    told = OutboxMessage.objects.filter(kind="review.decisions", person=leader_above)
    assert told.count() == 1  # whoever ended the meeting
    visit(administrator).send(url, answers(things, decision=leader_above.pk))
    decided.refresh_from_db()
    assert decided.who == leader_above
    assert told.count() == 2


def test_nobody_is_an_answer_and_no_answer_is_none(visit, url, things, leader, administrator, bet):
    response = visit(administrator).send(url, {})
    assertContains(response, "Say who takes it, or that nobody does yet.", status_code=422)
    leader.refresh_from_db()
    assert leader.is_active

    assert visit(administrator).send(url, answers(things)).status_code == 302
    bet.refresh_from_db()
    leader.refresh_from_db()
    assert (bet.lead, leader.is_active) == (leader, False)


@pytest.mark.parametrize("kind", ["team", "objective", "initiative", "help", "decision"])
def test_only_those_who_could_have_it_anyway_can_take_it(
    visit, url, things, administrator, neighbour, leader, kind
):
    """Not a leader of another branch, nor the administrator: that would be power over means."""
    for taker in [neighbour, administrator, leader]:
        response = visit(administrator).send(url, answers(things, **{kind: taker.pk}))
        assert response.status_code == 422
    leader.refresh_from_db()
    assert leader.is_active


def test_a_leader_above_takes_no_initiative(visit, url, things, administrator, leader_above):
    response = visit(administrator).send(url, answers(things, initiative=leader_above.pk))
    assert response.status_code == 422


def test_the_actions_hand_nothing_over_while_its_holder_is_here(
    administrator, member, leader_above, bet, objective, asked, decided
):
    """So that this is no way to change a team's leads at will."""
    attempts = [
        (initiatives.hand_over, bet, member),
        (objectives.hand_over, objective, leader_above),
        (checkins.hand_over_help, asked, leader_above),
        (checkins.hand_over_decision, decided, leader_above),
    ]
    for act, row, to in attempts:
        with pytest.raises(actions.ValidationError):
            act(row, to=to, by=administrator, now=NOW)
        with pytest.raises(actions.PermissionDenied):
            act(row, to=to, by=leader_above, now=NOW)


def test_the_actions_look_at_who_takes_it(
    administrator, leader, neighbour, bet, objective, asked, decided
):
    actions.deactivate_person(leader, by=administrator, now=NOW)
    attempts = [
        (initiatives.hand_over, bet),
        (objectives.hand_over, objective),
        (checkins.hand_over_help, asked),
        (checkins.hand_over_decision, decided),
    ]
    for act, row in attempts:
        with pytest.raises(actions.ValidationError):
            act(row, to=neighbour, by=administrator, now=NOW)


def test_a_draft_that_administrators_do_not_read_keeps_its_words(
    visit, url, leader, leader_above, administrator, team, cycle
):
    secret = ObjectiveFactory(
        team=team, cycle=cycle, owner=leader, title="Sell the shop", state=Objective.State.DRAFT
    )
    page = visit(administrator).get(url)
    assertContains(page, "A draft")
    assertContains(page, f'name="objective-{secret.pk}"')
    assertNotContains(page, "Sell the shop")


def test_a_team_with_another_leader_is_not_asked_about(visit, url, leader, team, administrator):
    UserFactory(leads=team)
    assertContains(visit(administrator).get(url), "Nothing is in the hands of Ines Kaya")
    assert visit(administrator).send(url).status_code == 302


def test_what_came_meanwhile_is_asked_about(
    visit, url, things, administrator, leader, team, key_result
):
    make_active(team, leader, key_result, title="Another one")
    response = visit(administrator).send(url, answers(things))
    assert response.status_code == 422
    assertContains(response, "Another one", status_code=422)
    leader.refresh_from_db()
    assert leader.is_active


def test_much_in_hand_costs_as_much_as_little(
    visit, url, things, administrator, leader, team, key_result, django_assert_max_num_queries
):
    def asked_for() -> int:
        with django_assert_max_num_queries(12) as asked:
            assert visitor.get(url).status_code == 200
        return len(asked)

    visitor = visit(administrator)
    visitor.get(url)
    few = asked_for()
    for n in range(5):
        make_active(team, leader, key_result, title=f"Bet {n}")
        ObjectiveFactory(team=team, cycle=key_result.objective.cycle, owner=leader)
    assert asked_for() == few


# -- somebody from above


def test_whom_somebody_from_above_adds_is_announced(
    visit, team, leader, member, leader_above, administrator
):
    aylin, ben = UserFactory(name="Aylin Sommer"), UserFactory(name="Ben Otto")
    actions.add_member(team, person=aylin, by=leader_above, now=NOW)
    actions.add_member(team, person=ben, by=leader, now=NOW)
    told = OutboxMessage.objects.filter(kind="member.added")
    assert {message.person for message in told} == {leader, member, aylin, ben}
    assert told.count() == 3 + 1  # that Ben comes, only he is told
    page = visit(member).get("/")
    assertContains(page, "Aylin Sommer, as: Member")
    assertContains(page, "Checkout, by Mara Petersen")
    assertNotContains(page, "Ben Otto")
    assertNotContains(visit(aylin).get("/"), "Aylin Sommer, as")


def test_an_observer_is_not_announced(team, leader, administrator):
    otto = UserFactory()
    actions.add_observer(team, person=otto, by=administrator, now=NOW)
    assert {message.person for message in OutboxMessage.objects.all()} == {otto}


def test_moves_of_whom_somebody_from_above_added_say_so(
    visit, team, leader, member, administrator, key_result, cycle
):
    aylin = UserFactory(name="Aylin Sommer")
    actions.add_member(team, person=aylin, by=administrator, now=NOW)
    bet = make_active(team, aylin, key_result)
    initiatives.kill(bet, reason="no-effect", learning="Nobody came.", by=aylin, now=NOW)
    # Even once the place is taken away again.
    actions.remove_member(team, person=aylin, by=administrator)
    said = "Aylin Sommer, brought into the team by Hanna Weiss"
    assertContains(visit(member).get(bet.get_absolute_url()), said, count=4)
    assertContains(visit(member).get("/"), said)
    other = make_active(team, member, key_result)
    assertNotContains(visit(member).get(other.get_absolute_url()), "brought into")


def test_in_the_next_cycle_it_is_said_no_more(team, administrator, key_result, cycle):
    aylin = UserFactory(name="Aylin Sommer")
    actions.add_member(team, person=aylin, by=administrator, now=NOW)
    TeamGrant.objects.filter(user=aylin).update(granted_at=NOW.replace(month=9))
    bet = make_active(team, aylin, key_result)
    assert {move.brought_in_by for move in bet.moves.all()} == {None}
