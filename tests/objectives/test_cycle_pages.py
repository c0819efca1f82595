"""An administrator leads a cycle through its states, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.objectives.models import Cycle
from tests.factories import CycleFactory
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db

NEXT = {"name": "First quarter 2027", "starts": "2027-01-04", "ends": "2027-04-04"}
LONG = "Lieferantenbeziehungsmanagementquartal im Frühjahr 2027"


@pytest.fixture
def planned(organisation) -> Cycle:
    return CycleFactory(slug="next", name="Next", state="planned")


def test_a_fresh_organisation_gets_its_first_cycle(visit, root, administrator):
    visitor = visit(administrator)
    assertContains(visitor.get("/people/"), 'href="/cycles/"')
    assertContains(visitor.get("/cycles/"), "There is no cycle yet.")
    planned = visitor.send("/cycles/new/", NEXT)
    assertContains(visitor.get(planned["Location"]), "First quarter 2027 is planned.")
    assertRedirects(visitor.send("/cycles/first-quarter-2027/open/", {"version": "1"}), "/cycles/")
    assertContains(visitor.get("/cycles/"), "Open for input")
    assert Cycle.objects.get().state == "input"


def test_a_long_german_name_fits(visit, root, administrator):
    visit(administrator).send("/cycles/new/", {**NEXT, "name": LONG})
    assert Cycle.objects.get().slug == "lieferantenbeziehungsmanagementquartal-im-fruhjahr-2027"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Give the cycle a name."),
        ({"name": "x" * 10_000}, "60"),
        ({"name": "Q1\x00"}, "Null"),
        ({"starts": "4.1.2027 or so"}, "Enter a day"),
        ({"ends": "2027-01-04"}, "A cycle ends after it starts."),
        ({"ends": "9999-12-31"}, "two years"),
        ({"name": "next"}, "Another cycle is called that."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(visit, root, administrator, planned, wrong, says):
    response = visit(administrator).send("/cycles/new/", {**NEXT, "input_opens": "", **wrong})
    assertContains(response, says, status_code=422)
    assertContains(response, 'value="2027', status_code=422)
    assert Cycle.objects.get() == planned


def test_two_who_edit_it_see_each_other(visit, root, administrator, planned):
    visitor = visit(administrator)
    typed = {"name": "Mine", "starts": "2027-01-04", "ends": "2027-04-04", "version": "1"}
    Cycle.objects.update(name="Theirs", version=2)
    response = visitor.send("/cycles/next/edit/", typed)
    assertContains(response, "Stored now: Theirs", status_code=409)
    assertContains(response, 'value="Mine"', status_code=409)
    assertRedirects(visitor.send("/cycles/next/edit/", {**typed, "version": "2"}), "/cycles/")
    assert Cycle.objects.get().name == "Mine"


def test_the_same_form_counts_once(visit, root, administrator):
    visitor = visit(administrator)
    typed = {**NEXT, "once": visitor.new_key("/cycles/new/")}
    first, second = visitor.post("/cycles/new/", typed), visitor.post("/cycles/new/", typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Cycle.objects.count() == 1
    assertContains(visitor.send("/cycles/new/", NEXT), "Another cycle", status_code=422)


def test_a_second_move_is_refused_in_words(visit, root, administrator, cycle):
    visitor, url = visit(administrator), f"/cycles/{cycle.slug}/review/"
    assertRedirects(visitor.send(url, {"version": "1"}), "/cycles/")
    assertContains(visitor.send(url, {"version": "2"}), "Reviewing", status_code=422)
    assertContains(visitor.send(url, {"version": "1"}), "Someone changed this", status_code=409)


def test_the_page_that_closes_lists_what_ends_and_what_lives_on(
    visit, root, administrator, leader, member, objective, key_result, cycle
):
    make_active(objective.team, member, key_result, title="Amazon sign-in")
    Cycle.objects.update(state="reviewing")
    page = visit(administrator).get(f"/cycles/{cycle.slug}/close/")
    assertContains(page, objective.title)
    assertContains(page, "Amazon sign-in")
    too_early = visit(administrator).send(f"/cycles/{cycle.slug}/close/", {"version": "1"})
    assertContains(too_early, "runs until", status_code=422)
    Cycle.objects.update(starts="2026-06-01", ends="2026-11-01")
    closed = visit(administrator).send(f"/cycles/{cycle.slug}/close/", {"version": "1"})
    assertRedirects(closed, "/cycles/")
    objective.refresh_from_db()
    assert objective.state == "closed"


def test_of_very_many_the_first_are_named_and_the_others_counted(
    visit, administrator, member, leader, objective, key_result, cycle
):
    for number in range(102):
        make_proposed(objective.team, member, key_result, title=f"Idea {number}")
    page = visit(administrator).get(f"/cycles/{cycle.slug}/close/")
    assert page.content.count(b"/initiatives/") == 100
    assertContains(page, "And 2 more.")


@pytest.mark.parametrize("who", ["member", "leader", "leader_above", "neighbour", "observer"])
def test_others_read_the_list_and_move_nothing(request, visit, root, planned, who):
    visitor = visit(request.getfixturevalue(who))
    assertNotContains(visitor.get("/cycles/"), "/cycles/next/")
    for name in ["edit_cycle", "open_input", "start_cycle", "begin_review"]:
        response = visitor.send(reverse(f"objectives:{name}", args=["next"]), {"version": "1"})
        assertContains(response, "Only an administrator can do this.", status_code=403)
    assert visitor.send("/cycles/new/", NEXT).status_code == 403
    assert [(c.slug, c.version) for c in Cycle.objects.all()] == [("next", 1)]


def test_the_list_costs_the_same_with_many(visit, administrator, planned):
    visitor, counts = visit(administrator), []
    for n in range(2):
        with CaptureQueriesContext(connection) as asked:
            visitor.get("/cycles/")
        counts.append(len(asked))
        for i in range(4):
            CycleFactory(slug=f"c-{n}-{i}", name=f"Cycle {n} {i}", state="planned")
    assert counts[0] == counts[1] <= 12
