"""Object to an initiative; answer, meet and withdraw the objection. It stops nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.initiatives import actions
from apps.initiatives.models import Initiative, InitiativeMove, Objection, ObjectionMove
from apps.objectives import actions as goals
from apps.organisation.models import OutboxMessage
from tests.factories import NOW, TODAY, UserFactory, grant
from tests.initiatives.making import make_active
from tests.initiatives.objecting import REASON, make_constraint, make_objection

pytestmark = pytest.mark.django_db
VERBS = ("meet_objection", "answer_objection", "withdraw_objection")
TEXT = {"text": "The basket stays in Frankfurt now."}


@pytest.fixture
def constraint(objective, leader):
    return make_constraint(leader, objective=objective)


@pytest.fixture
def objection(active, constraint, leader_above):
    return make_objection(active, constraint, leader_above)


@pytest.fixture
def url(active):
    return reverse("initiatives:object_to", args=[active.pk])


def address(verb, objection):
    return reverse(f"initiatives:{verb}", args=[objection.pk])


def standing(objection, day=TODAY):
    return Objection.objects.with_standing(day).get(pk=objection.pk).stands_as


def stored(initiative):
    """The row, its links and its history, to the last byte."""
    return (
        Initiative.objects.filter(pk=initiative.pk).values().get(),
        list(initiative.links.order_by("pk").values()),
        list(initiative.kill_criteria.order_by("pk").values()),
        list(InitiativeMove.objects.filter(initiative=initiative).order_by("pk").values()),
    )


# -- object


def test_a_leader_above_objects_and_the_initiative_goes_on(
    visit, leader_above, leader, member, neighbour, active, constraint, url
):
    before = stored(active)
    assertContains(visit(leader_above).get(active.get_absolute_url()), url)
    assertContains(visit(leader_above).get(url), constraint.sentence)

    response = visit(leader_above).send(url, {"constraint": constraint.pk, "reason": REASON})

    assertRedirects(response, active.get_absolute_url(), fetch_redirect_response=False)
    objection = Objection.objects.get()
    assert (objection.state, objection.raised_by, objection.raised_at) == (
        "open", leader_above, NOW,
    )  # fmt: skip
    assert [move.verb for move in objection.moves.all()] == ["raise"]
    assert stored(active) == before
    page = visit(neighbour).get(active.get_absolute_url())
    for words in ("Objection of Mara Petersen, open", REASON, constraint.sentence,
                  "It stops nothing by itself.", "Objection raised."):  # fmt: skip
        assertContains(page, words)
    assertNotContains(page, "Mark as met…")
    board = reverse("initiatives:board", args=["checkout"])
    assertContains(visit(neighbour).get(board), "One open objection", count=1)
    assertContains(visit(member).get("/"), "Mara Petersen objects to “Cart reminder”")
    asked = OutboxMessage.objects.filter(kind="objection.raised")
    assert {message.person for message in asked} == {leader, member}


@pytest.mark.parametrize("who", ["member", "leader", "neighbour", "observer", "administrator"])
def test_nobody_else_objects(request, visit, active, constraint, url, who):
    """The team's own leader neither: he or she decides about it."""
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url, {"constraint": constraint.pk, "reason": REASON})
    assertContains(response, "Only a leader above Checkout can do this.", status_code=403)
    assertNotContains(visitor.get(active.get_absolute_url()), url)
    assert not Objection.objects.exists()


def test_only_a_constraint_in_force_that_binds_it_can_be_cited(
    visit, leader_above, leader, neighbour, other_team, root, objective, active, constraint, url
):
    def cites(constraint):
        return visit(leader_above).send(url, {"constraint": constraint.pk, "reason": REASON})

    elsewhere = make_constraint(neighbour, team=other_team, sentence="Elsewhere")
    lifted = make_constraint(leader, objective=objective, sentence="Lifted")
    goals.lift_constraint(lifted, by=leader, now=NOW)
    for wrong in (elsewhere, lifted):
        assert cites(wrong).status_code == 422
        with pytest.raises(ValidationError):
            make_objection(active, wrong, leader_above)
    above = make_constraint(leader_above, team=root, sentence="From above")
    page = visit(leader_above).get(url)
    assertContains(page, "From above")
    assertNotContains(page, "Elsewhere")
    assert cites(above).status_code == 302


def test_without_a_constraint_there_is_nothing_to_cite(visit, leader_above, url):
    assertContains(visit(leader_above).get(url), "there is nothing to cite")
    assert visit(leader_above).send(url, {"constraint": "1", "reason": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"constraint": ""}, "Choose the constraint that you cite."),
        ({"constraint": "x"}, "Select a valid choice"),
        ({"reason": " "}, "Say in what way it goes against the constraint."),
        ({"reason": "ü" * 4001}, "at most 4000 characters"),
        ({"reason": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_kept_and_objects_to_nothing(
    visit, leader_above, constraint, url, wrong, sentence
):
    typed = {"constraint": constraint.pk, "reason": REASON} | wrong
    response = visit(leader_above).send(url, typed)
    assertContains(response, sentence, status_code=422)
    if "constraint" in wrong:
        assertContains(response, REASON, status_code=422)
    assert not Objection.objects.exists()


def test_the_same_constraint_is_cited_once_while_that_is_open(
    visit, leader_above, constraint, objection, url
):
    response = visit(leader_above).send(url, {"constraint": constraint.pk, "reason": "Again"})
    assertContains(response, "You have an open objection that cites", status_code=422)
    actions.withdraw_objection(objection, by=leader_above, now=NOW)
    response = visit(leader_above).send(url, {"constraint": constraint.pk, "reason": "Again"})
    assert response.status_code == 302


def test_the_same_form_twice_objects_once(visit, leader_above, constraint, url):
    visitor = visit(leader_above)
    body = {"once": visitor.new_key(url), "constraint": constraint.pk, "reason": REASON}
    for _time in range(2):
        assert visitor.post(url, body).status_code == 302
    assert Objection.objects.count() == ObjectionMove.objects.count() == 1


def test_what_has_ended_is_not_objected_to(visit, member, leader_above, active, constraint, url):
    actions.kill(active, reason="cost", learning="Dear.", by=member, now=NOW)
    assertRedirects(visit(leader_above).get(url), active.get_absolute_url())
    response = visit(leader_above).send(url, {"constraint": constraint.pk, "reason": REASON})
    assertContains(response, "has ended", status_code=422)
    assertNotContains(visit(leader_above).get(active.get_absolute_url()), url)


# -- the team's word


@pytest.mark.parametrize("who", ["member", "leader"])
@pytest.mark.parametrize(
    ("verb", "state", "said"),
    [("meet_objection", "met", "Objection met."), ("answer_objection", "open", "answered.")],
)
def test_the_team_meets_it_or_goes_on(
    request, visit, objection, active, neighbour, leader_above, who, verb, state, said
):
    person, before = request.getfixturevalue(who), stored(active)
    assertContains(visit(person).get(active.get_absolute_url()), address(verb, objection))
    assertContains(visit(person).get(address(verb, objection)), REASON)

    response = visit(person).send(address(verb, objection), {"version": 1} | TEXT)

    assertRedirects(response, objection.get_absolute_url(), fetch_redirect_response=False)
    objection.refresh_from_db()
    assert objection.state == state
    last = objection.moves.last()
    assert (last.from_state, last.to_state, last.text, last.by, last.at) == (
        "open", state, TEXT["text"], person, NOW,
    )  # fmt: skip
    assert stored(active) == before
    page = visit(neighbour).get(active.get_absolute_url())
    assertContains(page, f"Objection of Mara Petersen, {state}")
    assertContains(page, said)
    assertNotContains(visit(person).get("/"), "objects to")
    told = OutboxMessage.objects.exclude(kind="objection.raised").get()
    assert told.person == leader_above


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
@pytest.mark.parametrize("verb", ["meet_objection", "answer_objection"])
def test_nobody_else_speaks_for_the_team(request, visit, objection, active, who, verb):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(address(verb, objection), {"version": 1} | TEXT)
    assertContains(response, "Only Checkout can do this.", status_code=403)
    assertNotContains(visitor.get(active.get_absolute_url()), address(verb, objection))
    assert standing(objection) == "open"


@pytest.mark.parametrize("verb", ["meet_objection", "answer_objection"])
def test_words_are_asked_for(visit, member, objection, verb):
    response = visit(member).send(address(verb, objection), {"version": 1, "text": " "})
    assertContains(response, "Say in one sentence", status_code=422)
    assert ObjectionMove.objects.count() == 1


# -- withdraw


def test_the_leader_withdraws_his_or_her_own(visit, leader_above, active, objection):
    url = address("withdraw_objection", objection)
    assertContains(visit(leader_above).get(active.get_absolute_url()), url)
    assertContains(visit(leader_above).get(url), "Withdraw objection")
    assert visit(leader_above).send(url, {"version": 1}).status_code == 302
    objection.refresh_from_db()
    assert (objection.state, objection.moves.last().verb) == ("withdrawn", "withdraw")


def test_not_that_of_another_leader_above(visit, area, active, objection):
    other, url = UserFactory(leads=area), address("withdraw_objection", objection)
    response = visit(other).send(url, {"version": 1})
    assertContains(response, "Only Mara Petersen can withdraw", status_code=403)
    assertNotContains(visit(other).get(active.get_absolute_url()), url)
    with pytest.raises(PermissionDenied):
        actions.withdraw_objection(objection, by=other, now=NOW)
    assert standing(objection) == "open"


@pytest.mark.parametrize("verb", VERBS)
def test_an_older_page_is_told_so_and_an_end_is_final(
    request, visit, leader_above, member, objection, verb
):
    visitor = visit(leader_above if verb == "withdraw_objection" else member)
    actions.meet_objection(objection, text="Done.", by=member, now=NOW)
    url = address(verb, objection)
    assert visitor.get(url).status_code == 302
    assertContains(visitor.send(url, {"version": 1} | TEXT), "Someone changed", status_code=409)
    response = visitor.send(url, {"version": 2} | TEXT)
    assertContains(response, "This objection is met, so nothing can be done", status_code=422)
    assert ObjectionMove.objects.count() == 2


# -- lapse


def kill_it(active, constraint, member, leader, leader_above):
    actions.kill(active, reason="cost", learning="Dear.", by=member, now=NOW)


def lift_it(active, constraint, member, leader, leader_above):
    goals.lift_constraint(constraint, by=leader, now=NOW)


def dismiss(active, constraint, member, leader, leader_above):
    leader_above.teamgrant_set.all().delete()


def deactivate(active, constraint, member, leader, leader_above):
    leader_above.is_active = False
    leader_above.save(update_fields=["is_active"])


@pytest.mark.parametrize(
    ("happens", "because"),
    [
        (kill_it, "the initiative has ended"),
        (lift_it, "the constraint was lifted"),
        (dismiss, "leads above this team no longer"),
        (deactivate, "leads above this team no longer"),
    ],
)
def test_it_lapses_with_what_it_rests_on(
    visit, active, constraint, member, leader, leader_above, objection, happens, because
):
    happens(active, constraint, member, leader, leader_above)
    assert standing(objection) == "lapsed"
    page = visit(member).get(active.get_absolute_url())
    assertContains(page, "Objection of Mara Petersen, lapsed")
    assertContains(page, because)
    assertNotContains(page, "Mark as met…")
    assertNotContains(visit(member).get("/"), "objects to")
    assertNotContains(
        visit(member).get(reverse("initiatives:board", args=["checkout"])), "One open"
    )
    response = visit(member).send(address("meet_objection", objection), {"version": 1} | TEXT)
    assertContains(response, "This objection is lapsed", status_code=422)


def test_it_lapses_on_the_day_after_the_last_one_of_its_constraint(active, leader, root,
    leader_above):  # fmt: skip
    ends = TODAY + timedelta(days=3)
    objection = make_objection(active, make_constraint(leader_above, team=root, expires=ends),
                               leader_above)  # fmt: skip
    assert standing(objection, ends) == "open"
    assert standing(objection, ends + timedelta(days=1)) == "lapsed"


def test_a_leader_of_the_team_itself_is_no_leader_above(team, active, leader_above, objection):
    leader_above.teamgrant_set.all().delete()
    grant("lead_team", leader_above, team)
    assert standing(objection) == "lapsed"


# -- what the database forbids

SET_STATE = "UPDATE initiatives_objection SET state ="


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE initiatives_objection SET state = 'lapsed'",
        "UPDATE initiatives_objection SET reason = 'Other words'",
        "UPDATE initiatives_objection SET constraint_id = constraint_id + 1",
        "UPDATE initiatives_objectionmove SET text = 'x'",
        "DELETE FROM initiatives_objectionmove",
        f"{SET_STATE} 'met'; {SET_STATE} 'open'",
        f"{SET_STATE} 'withdrawn'; {SET_STATE} 'met'",
        "UPDATE objectives_constraint SET sentence = 'Another'",
    ],
)  # fmt: skip
def test_by_sql_either(objection, sql):
    with pytest.raises(ProgrammingError), transaction.atomic():
        run(sql)


@pytest.mark.parametrize("state", ["met", "withdrawn", "lapsed"])
def test_none_is_born_ended(active, constraint, leader_above, state):
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Objection.objects.create(
            initiative=active, constraint=constraint, reason="x", raised_by=leader_above,
            raised_at=NOW, state=state,
        )  # fmt: skip


def test_many_objections_cost_no_more_queries(
    visit, member, area, active, team, key_result, leader_above, django_assert_max_num_queries
):
    """On the page of one, and on the board."""
    for n in range(5):
        make_objection(
            active, make_constraint(leader_above, team=area, sentence=f"Rule {n}"), leader_above
        )
        make_active(team, member, key_result, title=f"Bet {n}")
    visitor = visit(member)
    for url in (active.get_absolute_url(), reverse("initiatives:board", args=["checkout"])):
        with django_assert_max_num_queries(12):
            page = visitor.get(url)
    assertContains(page, "5 open objections")
