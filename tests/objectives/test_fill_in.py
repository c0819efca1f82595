from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives import actions
from apps.objectives.models import Amendment, Measurement, ObjectiveMove
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(team, cycle, administrator):
    return ObjectiveFactory(
        team=team, cycle=cycle, owner=None, why="", is_imported=True, committed_by=administrator,
        committed_at=NOW, title="Sell more", source="https://example.org/okrs",
    )  # fmt: skip


@pytest.fixture
def bare(imported):
    """A key result of which the list says nothing but the title."""
    return KeyResultFactory(
        objective=imported, title="Bookings", kind="", unit="", baseline=None, target=None,
        bound_low=None, bound_high=None,
    )  # fmt: skip


def url_of(key_result):
    return f"/key-results/{key_result.pk}/fill-in/"


@pytest.mark.parametrize("who", ["leader", "leader_above"])
def test_leadership_says_what_a_key_result_should_do(request, visit, bare, neighbour, who):
    visitor = visit(request.getfixturevalue(who))
    assertContains(visitor.get(bare.get_absolute_url()), url_of(bare))
    assertContains(visitor.get(url_of(bare)), "What stands changes only by amendment.")

    typed = {"kind": "increase", "baseline": "40", "target": "60", "unit": "%", "version": 1}
    response = visitor.send(url_of(bare), typed)

    assertRedirects(response, bare.get_absolute_url())
    bare.refresh_from_db()
    assert (bare.kind, bare.baseline, bare.target, bare.unit, bare.version) == (
        "increase", Decimal(40), Decimal(60), "%", 2,
    )  # fmt: skip
    assert not Amendment.objects.exists()
    assert "Bookings" in ObjectiveMove.objects.get().reason
    assertContains(visit(neighbour).get(bare.get_absolute_url()), "From 40% to 60%")


def test_as_much_as_is_known_may_be_said(visit, leader, bare):
    visit(leader).send(url_of(bare), {"kind": "increase", "target": "60", "version": 1})
    page = visit(leader).get(bare.get_absolute_url())
    assertContains(page, url_of(bare))
    assertContains(visit(leader).get(url_of(bare)), 'name="baseline"')
    assertNotContains(visit(leader).get(url_of(bare)), 'name="target"')

    visit(leader).send(url_of(bare), {"baseline": "40", "version": 2})
    bare.refresh_from_db()
    assert (bare.baseline, bare.target) == (40, 60)


def test_start_and_target_say_the_kind_by_themselves(leader, bare):
    bare.target = Decimal(3)
    bare.save(update_fields=["target"])
    actions.fill_in_key_result(bare, baseline=Decimal(9), by=leader, now=NOW)
    bare.refresh_from_db()
    assert bare.kind == "decrease"


def test_what_stands_is_not_filled_in_again(visit, leader, bare):
    bare.target = Decimal(60)
    bare.save(update_fields=["target"])
    visitor = visit(leader)
    response = visitor.send(url_of(bare), {"target": "50", "baseline": "9", "version": 1})
    assertRedirects(response, bare.get_absolute_url())  # the form has no such question
    bare.refresh_from_db()
    assert bare.target == 60
    with pytest.raises(ValidationError, match="amendment"):
        actions.fill_in_key_result(bare, target=Decimal(50), by=leader, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "increase", "baseline": "60", "target": "40"}, "above the start value"),
        ({"kind": "increase", "baseline": "60", "target": "60"}, "Target and start are the same"),
        ({"kind": "within", "low": "9", "high": "3"}, "must be above the lower one"),
        ({"kind": "increase", "baseline": "many"}, "This must be a number, like 56.4."),
        ({"kind": "no such"}, "Select a valid choice."),
        ({"metric": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_true_is_refused_with_everything_typed(visit, leader, bare, wrong, sentence):
    response = visit(leader).send(url_of(bare), {**wrong, "measured_by": "Finance", "version": 1})
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Finance", status_code=422)
    bare.refresh_from_db()
    assert (bare.kind, bare.measured_by, bare.version) == ("", "", 1)


def test_nothing_filled_in_is_nothing_done(visit, leader, bare):
    response = visit(leader).send(url_of(bare), {"version": 1})
    assertContains(response, "Fill in one of them, or leave the page.", status_code=422)


def test_a_kind_must_fit_the_numbers_that_were_measured(visit, leader, bare, member):
    Measurement.objects.create(
        key_result=bare, day=TODAY, value=7, source="import", entered_by=member, entered_at=NOW
    )
    typed = {"kind": "milestone", "due": "2026-12-01", "version": 1}
    response = visit(leader).send(url_of(bare), typed)
    assertContains(response, "The numbers it has are not of this kind.", status_code=422)
    bare.refresh_from_db()
    assert bare.kind == ""


@pytest.mark.parametrize("who", ["member", "neighbour", "observer", "administrator"])
def test_others_read_and_do_not_fill_in(request, visit, bare, who):
    visitor = visit(request.getfixturevalue(who))
    assertNotContains(visitor.get(bare.get_absolute_url()), url_of(bare))
    typed = {"kind": "increase", "baseline": "40", "target": "60", "version": 1}
    response = visitor.send(url_of(bare), typed)
    assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    bare.refresh_from_db()
    assert bare.kind == ""


def test_what_was_not_imported_has_nothing_to_fill_in(visit, leader, key_result):
    assertNotContains(visit(leader).get(key_result.get_absolute_url()), url_of(key_result))
    assertContains(visit(leader).get(url_of(key_result)), "Nothing is missing here.")
    response = visit(leader).send(url_of(key_result), {"metric": "Carts", "version": 1})
    assert response.status_code == 422
    key_result.refresh_from_db()
    assert key_result.metric == ""


def test_a_closed_cycle_stays_as_it_is(visit, leader, bare, cycle):
    bring(cycle, "closed")
    assertNotContains(visit(leader).get(bare.get_absolute_url()), url_of(bare))
    typed = {"kind": "increase", "target": "60", "version": 1}
    assertContains(visit(leader).send(url_of(bare), typed), "is closed", status_code=422)


def test_two_leaders_do_not_overwrite_each_other(visit, leader, leader_above, bare):
    first = {"kind": "increase", "target": "60", "version": 1}
    visit(leader).send(url_of(bare), first)
    second = {"metric": "Signed bookings", "version": 1}
    response = visit(leader_above).send(url_of(bare), second)
    assertContains(response, "Signed bookings", status_code=409)
    bare.refresh_from_db()
    assert bare.metric == ""


def test_an_objective_gets_its_why_and_its_owner(visit, leader, neighbour, imported, bare):
    url = f"/objectives/{imported.pk}/fill-in/"
    page = visit(leader).get(imported.get_absolute_url())
    assertContains(page, "Owner: unknown.")
    assertContains(page, "Not said in the list that it came in.")
    assertContains(page, url)
    typed = {"why": "It pays our wages.", "owner": leader.pk, "version": 1}
    assertRedirects(visit(leader).send(url, typed), imported.get_absolute_url())
    imported.refresh_from_db()
    assert (imported.why, imported.owner, imported.version) == ("It pays our wages.", leader, 2)
    page = visit(neighbour).get(imported.get_absolute_url())
    assertContains(page, "Owner: Ines Kaya.")
    assertContains(page, "It pays our wages.")
    assertNotContains(page, url)
    assert visit(leader).send(url, {"why": "Other words.", "version": 2}).status_code == 422


def test_only_a_leader_can_be_the_owner(visit, leader, neighbour, imported):
    url = f"/objectives/{imported.pk}/fill-in/"
    response = visit(leader).send(url, {"owner": neighbour.pk, "version": 1})
    assert response.status_code == 422
    assert visit(neighbour).send(url, {"why": "Mine.", "version": 1}).status_code == 403
    imported.refresh_from_db()
    assert imported.owner is None
    assert imported.why == ""
