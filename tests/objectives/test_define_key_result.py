from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains, assertRedirects

from apps.initiatives.models import Initiative
from apps.objectives import actions
from apps.objectives.models import KeyResult
from tests.initiatives.making import make_proposed
from tests.objectives.making import make_draft, make_key_result, make_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(team, cycle, leader):
    return make_draft(team, cycle, by=leader)


@pytest.fixture
def typed(team):
    return {
        "title": "Bezahlvorgänge, die scheitern",
        "kind": "decrease",
        "unit": "%",
        "baseline": "4.2",
        "target": "1.8",
        "team": team.pk,
        "ambition": "committed",
        "decimals": "1",
    }


def url_of(objective):
    return f"/objectives/{objective.pk}/key-results/new/"


def test_a_leader_defines_one_and_sees_it_on_the_objective(visit, draft, leader, typed):
    assertContains(visit(leader).get(url_of(draft)), "What should it do?")

    response = visit(leader).send(url_of(draft), typed)

    assertRedirects(response, f"{draft.get_absolute_url()}#key-results")
    key_result = KeyResult.objects.get()
    assert (key_result.baseline, key_result.target) == (Decimal("4.2"), Decimal("1.8"))
    assert (key_result.position, key_result.team) == (1, draft.team)
    page = visit(leader).get(draft.get_absolute_url())
    assertContains(page, "Bezahlvorgänge, die scheitern")
    assertContains(page, "4.2%")


def test_numbers_are_read_as_the_person_writes_them(visit, draft, leader, typed):
    leader.language = "de"
    leader.save()
    typed |= {"kind": "increase", "baseline": "1.171,5", "target": "2.000"}
    visit(leader).send(url_of(draft), typed)
    key_result = KeyResult.objects.get()
    assert (key_result.baseline, key_result.target) == (Decimal("1171.5"), Decimal("2000"))


@pytest.mark.parametrize(
    ("kind", "figures", "words"),
    [
        ("increase", {"baseline": "52", "target": "65"}, "65%"),
        ("increase", {"baseline_by": "2026-12-04", "target": "65"}, "to be measured by 4 December"),
        ("milestone", {"due": "2026-12-18"}, "reached by 18 December"),
        ("at-least", {"low": "7"}, "at least 7%"),
        ("at-most", {"high": "2"}, "at most 2%"),
        ("within", {"low": "2", "high": "3"}, "2% to 3%"),
        (
            "stages",
            {"stage_commit": "One", "stage_target": "Two", "stage_stretch": "Three"},
            "three stages",
        ),
    ],
)
def test_every_kind_has_figures_of_its_own(visit, draft, leader, typed, kind, figures, words):
    # What another kind would have is left in the form, and not stored.
    typed = {**typed, "baseline": "", "target": "", "kind": kind, **figures}
    if kind in {"milestone", "stages"}:
        typed |= {"baseline": "1", "target": "9", "low": "1", "high": "2"}
    visit(leader).send(url_of(draft), typed)
    key_result = KeyResult.objects.get()
    if kind in {"milestone", "stages"}:
        stored = key_result.baseline, key_result.target, key_result.low, key_result.high
        assert stored == (None, None, None, None)
    page = visit(leader).get(draft.get_absolute_url())
    assertContains(page, words)
    assert "is missing" not in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Name the figure that shows success."),
        ({"title": "Größe\x00"}, "Null characters are not allowed."),
        ({"title": "Ü" * 10_000}, "at most 200 characters"),
        ({"kind": "guess"}, "guess is not one of the available choices"),
        ({"baseline": "about four"}, "This must be a number, like 56.4."),
        ({"baseline": "9" * 50}, "This is too long for a number."),
        ({"baseline": "1" * 20}, "This number is too large."),
        ({"target": "1.1234567"}, "Use at most 6 decimals"),
        ({"target": "1.\x008"}, "This must be a number"),
        ({"target": "4.2"}, "Target and start are the same. Change one of them."),
        ({"target": "5"}, "To decrease, the target must be below the start value."),
        ({"kind": "increase"}, "To increase, the target must be above the start value."),
        ({"bound_low": "2"}, "This lies outside of what is possible"),
        ({"bound_low": "9", "bound_high": "1"}, "must be above the lowest"),
        ({"effect_from": "2025-01-01"}, "Choose a day in Fourth quarter 2026."),
        ({"effect_from": "soon"}, "Enter a day, like 2026-11-25."),
        ({"kind": "within", "low": "3", "high": "2"}, "The upper limit must be above"),
        ({"team": "x"}, "Select a valid choice"),
        ({"decimals": "99"}, "99 is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_answered_at_the_field(visit, draft, leader, typed, wrong, sentence):
    response = visit(leader).send(url_of(draft), {**typed, "metric": "Of all tries", **wrong})
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Of all tries", status_code=422)
    assert not KeyResult.objects.exists()


def test_whether_one_that_says_nearly_the_same_is_another_is_asked(visit, draft, leader, typed):
    visitor = visit(leader)
    assert "they are different" not in visitor.get(url_of(draft)).content.decode()
    visitor.send(url_of(draft), {**typed, "title": "Checkout conversion rate"})
    typed |= {"title": "Conversion rate of the checkout", "metric": "Of all tries"}

    asked = visitor.send(url_of(draft), typed)

    question = "“Checkout conversion rate” says nearly the same. Is this another figure?"
    assertContains(asked, question, status_code=422)
    assertContains(asked, "Yes, they are different", status_code=422)
    assertContains(asked, "Of all tries", status_code=422)
    assert KeyResult.objects.count() == 1
    visitor.send(url_of(draft), {**typed, "different": "on"})
    assert KeyResult.objects.count() == 2
    # Who edits something else of it is not asked again.
    actions.edit_key_result(KeyResult.objects.last(), by=leader, title=typed["title"], unit="€")


@pytest.mark.parametrize("who", ["member", "neighbour", "administrator", "observer"])
def test_others_are_told_who_can(request, visit, team, cycle, leader, typed, who):
    objective = make_open(team, cycle, by=leader)
    key_result = objective.key_results.get()
    person = visit(request.getfixturevalue(who))
    urls = [
        url_of(objective),
        f"/key-results/{key_result.pk}/edit/",
        f"/key-results/{key_result.pk}/remove/",
    ]
    for url in urls:
        response = person.send(url, {**typed, "version": 1})
        assertContains(response, "Only leaders of Checkout, or above it", status_code=403)
    key_result.refresh_from_db()
    assert key_result.title == "Payments that fail"
    assert KeyResult.objects.count() == 1
    page = person.get(objective.get_absolute_url()).content.decode()
    assert not [url for url in urls if url in page]


def test_the_same_form_twice_defines_once(visit, draft, leader, typed):
    visitor = visit(leader)
    body = {**typed, "once": visitor.new_key(url_of(draft))}
    for _time in range(2):
        visitor.post(url_of(draft), body)
    assert KeyResult.objects.count() == 1


def test_what_reads_like_an_output_is_asked_about_and_stored(visit, draft, leader, typed):
    visit(leader).send(url_of(draft), {**typed, "title": "Build a cart reminder"})
    page = visit(leader).get(draft.get_absolute_url())
    assertContains(page, "Build a cart reminder")
    assertContains(page, "Could this be ticked off as done? Then it is an initiative.")


def test_edited_and_seen(visit, team, cycle, leader, typed):
    objective = make_open(team, cycle, by=leader)
    key_result = objective.key_results.get()
    url = f"/key-results/{key_result.pk}/edit/"
    assertContains(visit(leader).get(url), 'value="4.2"')

    visit(leader).send(url, {**typed, "target": "1.5", "version": key_result.version})

    key_result.refresh_from_db()
    assert (key_result.target, key_result.version) == (Decimal("1.5"), 2)
    assertContains(visit(leader).get(objective.get_absolute_url()), "1.5%")


def test_an_edit_of_an_older_version_is_a_conflict(visit, draft, leader, typed):
    key_result = make_key_result(draft, by=leader)
    actions.edit_key_result(key_result, by=leader, title="Their title")
    url = f"/key-results/{key_result.pk}/edit/"
    response = visit(leader).send(url, {**typed, "title": "My title", "version": 1})
    assertContains(response, "My title", status_code=409)
    assertContains(response, "Their title", status_code=409)
    key_result.refresh_from_db()
    assert key_result.title == "Their title"


def test_removed_after_a_second_look(visit, draft, leader):
    key_result = make_key_result(draft, by=leader)
    url = f"/key-results/{key_result.pk}/remove/"
    assertContains(visit(leader).get(url), "Payments that fail")
    visit(leader).send(url, {"version": 1})
    assert not draft.key_results.exists()


def test_not_removed_under_an_initiative(visit, team, cycle, leader, member):
    objective = make_open(team, cycle, by=leader)
    key_result = objective.key_results.get()
    make_proposed(team, by=member, key_result=key_result)
    response = visit(leader).send(f"/key-results/{key_result.pk}/remove/", {"version": 1})
    assertContains(response, "Teams have initiatives for this key result.", status_code=422)
    assert objective.key_results.exists()
    assert Initiative.objects.exists()


def test_after_the_commitment_none_is_defined_edited_or_removed(objective, key_result, leader):
    with pytest.raises(ValidationError, match="only by amendment"):
        make_key_result(objective, by=leader)
    with pytest.raises(ValidationError, match="only by amendment"):
        actions.edit_key_result(key_result, by=leader, target=Decimal(70))
    with pytest.raises(ValidationError, match="only by amendment"):
        actions.remove_key_result(key_result, by=leader)
    key_result.refresh_from_db()
    assert key_result.target == 65


def test_a_known_start_value_ends_the_promise(draft, leader):
    key_result = make_key_result(draft, by=leader, baseline=None, baseline_by=date(2026, 12, 4))
    assert key_result.is_promised
    actions.edit_key_result(key_result, by=leader, baseline=Decimal(4))
    assert key_result.baseline_by is None


def test_whoever_is_about_to_commit_sees_that_key_results_changed(team, cycle, leader):
    objective = make_open(team, cycle, by=leader)
    before = objective.version
    make_key_result(objective, by=leader, title="Another")
    objective.refresh_from_db()
    assert objective.version == before + 1


def test_two_that_say_the_same_are_refused_in_words(visit, draft, leader, typed):
    typed |= {"title": "Payments that fail"}
    visit(leader).send(url_of(draft), typed)
    response = visit(leader).send(url_of(draft), {**typed, "title": " payments – that FAIL. "})
    assertContains(response, "Another key result says the same.", status_code=422)
    assert draft.key_results.filter(title__iexact="payments that fail").count() == 1
