from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.initiatives.models import Initiative
from apps.objectives.models import Constraint
from tests.factories import NOW, KeyResultFactory, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team):
    return reverse("initiatives:propose", args=[team.slug])


@pytest.fixture
def typed(key_result):
    return {"title": "Passkey for guests", "key_result_0": key_result.pk}


def test_a_title_and_a_key_result_are_enough(visit, member, team, key_result, url, typed):
    response = visit(member).send(url, typed)
    initiative = Initiative.objects.get()
    assert (initiative.team, initiative.lead, initiative.status) == (team, member, "proposed")
    assert initiative.links.get().key_result == key_result
    assert not initiative.from_outside
    assertRedirects(response, initiative.get_absolute_url(), fetch_redirect_response=False)
    page = visit(member).get(initiative.get_absolute_url())
    assertContains(page, "4 things are missing before it can start.")


def test_all_of_it_in_german_notation(visit, member, url, typed):
    member.language = "de"
    member.save(update_fields=["language"])
    visit(member).send(
        url,
        typed
        | {
            "believe": "ein Fingerabdruck statt eines Passworts",
            "will": "Gäste halten, die im letzten Schritt gehen würden",
            "know_when": "die Kaufquote der Gäste um anderthalb Punkte steigt",
            "expected_effect_0": "1,5",
            "by_when_0": "2026-12-11",
            "observable_0": "Gäste, die einen einrichten",
            "comparator_0": "below",
            "limit_0": "10 %",
            "on_0": "2026-12-04",
            "cost_note": "6 Tage",
        },
    )
    initiative = Initiative.objects.get()
    link, stop = initiative.links.get(), initiative.kill_criteria.get()
    assert (link.expected_effect, link.by_when) == (Decimal("1.5"), date(2026, 12, 11))
    assert (stop.observable, stop.comparator, stop.limit, stop.on) == (
        "Gäste, die einen einrichten", "below", "10 %", date(2026, 12, 4),
    )  # fmt: skip
    assert initiative.missing_to_start() == []


def test_several_key_results_and_stop_marks_in_one_go(
    visit, member, objective, key_result, url, typed
):
    second = KeyResultFactory(objective=objective, title="Baskets that are paid")
    page = visit(member).get(url)
    assertContains(page, "Add another key result")
    assertContains(page, "Add another stop mark")
    day = {"on_0": "2026-12-04", "on_1": "2026-12-11"}
    visit(member).send(
        url,
        typed
        | {"key_result_1": second.pk, "expected_effect_1": "3"}
        | {"observable_0": "Guests who set one up", "limit_0": "10%", "comparator_0": "below"}
        | {"watched_1": second.pk, "limit_1": "54", "comparator_1": "below", **day},
    )
    initiative = Initiative.objects.get()
    assert {link.key_result for link in initiative.links.all()} == {key_result, second}
    assert [str(stop) for stop in initiative.kill_criteria.all()] == [
        "Guests who set one up below 10%", "Baskets that are paid below 54%",
    ]  # fmt: skip


def test_propose_and_start_leads_to_the_start(visit, member, url, typed):
    response = visit(member).send(url, typed | {"start": "on"})
    start = reverse("initiatives:start", args=[Initiative.objects.get().pk])
    assertRedirects(response, start, fetch_redirect_response=False)
    page = visit(member).get(start)
    assertContains(page, "How you will know.")
    assertContains(page, reverse("initiatives:edit", args=[Initiative.objects.get().pk]))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Say in a few words what you want to try."),
        ({"title": "a\x00b"}, "Null characters are not allowed."),
        ({"title": "ä" * 121}, "at most 120 characters"),
        ({"key_result_0": ""}, "Choose a key result this should move."),
        ({"key_result_0": "999999"}, "999999 is not one of the available choices"),
        ({"expected_effect_0": "many"}, "This must be a number"),
        ({"expected_effect_0": "-2"}, "This key result should rise."),
        ({"by_when_0": "2026-11-19"}, "This day is over."),
        ({"observable_0": "Clicks"}, "Say below or above what"),
        ({"observable_0": "Clicks", "limit_0": "8%"}, "Choose the day on which you look."),
        ({"observable_0": "Clicks", "limit_0": "8%", "on_0": "2026-11-19"}, "This day is over."),
        ({"on_0": "2026-12-24"}, "Say what you watch."),
        ({"believe": "ä" * 10_000}, "at most 4000 characters"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    visit, member, url, typed, wrong, sentence
):
    typed |= {"will": "Gäste halten", "comparator_0": "below"} | wrong
    response = visit(member).send(url, typed)
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Gäste halten", status_code=422)
    assertContains(response, "<title>Error: ", status_code=422)
    assert not Initiative.objects.exists()


def test_a_goal_that_is_no_longer_open_is_not_offered(visit, member, cycle, url, typed):
    bring(cycle, "closed")
    assert visit(member).send(url, typed).status_code == 422
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("leader", True), ("member", True), ("leader_above", False), ("neighbour", False),
        ("observer", False), ("administrator", False),
    ],
)  # fmt: skip
def test_only_the_team_proposes(request, visit, who, allowed, url, typed):
    visitor = visit(request.getfixturevalue(who))
    assert (visitor.get(url).status_code == 200) is allowed
    response = visitor.send(url, typed)
    assert Initiative.objects.exists() is allowed
    if not allowed:
        assertContains(response, "Only Checkout can do this", status_code=403)


def test_the_same_form_twice_proposes_once(visit, member, url, typed):
    visitor = visit(member)
    key = visitor.new_key(url)
    for _time in range(2):
        assert visitor.post(url, {"once": key, **typed}).status_code == 302
    assert Initiative.objects.count() == 1
    visitor.send(url, typed)
    assert Initiative.objects.count() == 2  # a new form is a new idea


def test_it_shows_the_constraints_in_force_and_the_key_result_one_came_from(
    visit, member, team, leader_above, objective, key_result, url
):
    other = KeyResultFactory(objective=objective, title="Payments that fail")
    words = {"reason": "A promise.", "set_by": leader_above, "set_at": NOW}
    Constraint.objects.create(team=team.parent, sentence="No data leaves the EU", **words)
    Constraint.objects.create(objective=objective, sentence="No dark patterns", **words)
    Constraint.objects.create(team=team, sentence="Long lifted", lifted_at=NOW, **words)
    page = visit(member).get(f"{url}?key_result={other.pk}")
    assertContains(page, "No data leaves the EU")
    assertContains(page, "No dark patterns")
    assert "Long lifted" not in page.content.decode()
    assertContains(page, f'<option value="{other.pk}" selected>')


def test_as_many_queries_for_one_goal_as_for_many(
    visit, member, objective, key_result, url, django_assert_max_num_queries
):
    visitor = visit(member)
    visitor.get(url)
    with django_assert_max_num_queries(12) as one:
        visitor.get(url)
    for _number in range(5):
        KeyResultFactory(objective=objective)
    with django_assert_max_num_queries(12) as many:
        visitor.get(url)
    assert len(one) == len(many)
