from datetime import date
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from apps.objectives.models import KeyResult, Measurement
from tests.factories import TODAY, KeyResultFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db

TYPED = {"value": "56.4", "day": "2026-11-20", "note": "Guest checkout is live."}


def url_of(key_result):
    return f"/key-results/{key_result.pk}/measure/"


@pytest.mark.parametrize("who", ["member", "leader"])
def test_the_team_adds_a_number_and_reads_what_was_understood(request, visit, key_result, who):
    person = request.getfixturevalue(who)
    visitor = visit(person)
    assertContains(visitor.get(key_result.get_absolute_url()), url_of(key_result))

    response = visitor.send(url_of(key_result), TYPED)

    assertRedirects(response, key_result.get_absolute_url(), fetch_redirect_response=False)
    stored = Measurement.objects.get()
    assert (stored.value, stored.day) == (Decimal("56.4"), TODAY)
    assert (stored.source, stored.entered_by) == ("by-hand", person)
    page = visitor.get(key_result.get_absolute_url())
    assertContains(page, "56.4% on 20 November is in.")
    assertContains(page, "Guest checkout is live.")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("milestone", "1", "yes"), ("milestone", "0", "no"), ("stages", "0.7", "target")],
)
def test_what_is_no_number_is_read_back_in_words(visit, objective, member, kind, value, words):
    stages = dict.fromkeys(["stage_commit", "stage_target", "stage_stretch"], "A step")
    key_result = KeyResultFactory(
        objective=objective, kind=kind, unit="", baseline=None, target=None, bound_low=None,
        bound_high=None, **(stages if kind == "stages" else {"due": TODAY}),
    )  # fmt: skip
    visitor = visit(member)
    visitor.send(url_of(key_result), {**TYPED, "value": value})
    page = visitor.get(key_result.get_absolute_url())
    assertContains(page, f"{words} on 20 November is in.")
    measured = Measurement.objects.get()
    page = visitor.get(f"/measurements/{measured.pk}/correct/")
    assertContains(page, f"<strong>{words}</strong>", html=True)


def test_with_htmx_the_page_is_drawn_anew(visit, key_result, member):
    response = visit(member).send(url_of(key_result), TYPED, htmx=True)
    assertRedirects(response, key_result.get_absolute_url())
    assert Measurement.objects.count() == 1


def test_a_german_number_is_read_in_german(visit, key_result, member):
    member.language = "de"
    member.save()
    visit(member).send(url_of(key_result), {**TYPED, "value": "56,4 %"})
    assert Measurement.objects.get().value == Decimal("56.4")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": ""}, "Enter a number, like 56.4."),
        ({"value": "many"}, "This must be a number, like 56.4."),
        ({"value": "5\x006"}, "This must be a number, like 56.4."),
        ({"value": "101"}, "This lies outside of what is possible for this key result."),
        ({"day": "2026-11-21"}, "Choose today or an earlier day."),
        ({"day": "yesterday"}, "Enter a day, like 2026-11-25."),
        ({"day": ""}, "Say on which day."),
        ({"note": "\x00"}, "Null characters are not allowed."),
        ({"note": "ß" * 10_000}, "at most 500 characters"),
    ],
)
def test_bad_input_stays_in_the_form(visit, key_result, member, wrong, sentence, htmx):
    response = visit(member).send(url_of(key_result), {**TYPED, **wrong}, htmx=htmx)
    assertContains(response, sentence, status_code=422)
    kept = "Guest checkout" if "note" not in wrong else "56.4"
    assertContains(response, kept, status_code=422)
    assert (b"<html" in response.content) is not htmx
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_others_are_told_who_can(request, visit, key_result, who):
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send(url_of(key_result), TYPED)
    assertContains(response, "Only Checkout can do this", status_code=403)
    assert not Measurement.objects.exists()
    page = visitor.get(key_result.get_absolute_url()).content.decode()
    assert url_of(key_result) not in page


def test_the_team_that_reports_it_is_asked_not_the_one_whose_goal_it_is(
    visit, objective, other_team, neighbour, member
):
    key_result = KeyResultFactory(objective=objective, team=other_team)
    assert visit(member).send(url_of(key_result), TYPED).status_code == 403
    visit(neighbour).send(url_of(key_result), TYPED)
    assert Measurement.objects.get().entered_by == neighbour


@pytest.mark.parametrize(
    ("kind", "figures", "value"),
    [
        (KeyResult.Kind.MILESTONE, {"due": date(2026, 12, 1)}, "1"),
        (KeyResult.Kind.STAGES, {"stage_target": "Half of them do"}, "0.7"),
    ],
)
def test_a_milestone_and_stages_are_chosen(visit, objective, member, kind, figures, value):
    key_result = KeyResultFactory(
        objective=objective, kind=kind, baseline=None, target=None, bound_high=None, **figures
    )
    assertContains(visit(member).get(url_of(key_result)), 'type="radio"')
    refused = visit(member).send(url_of(key_result), {**TYPED, "value": "0.5"})
    assert refused.status_code == 422
    visit(member).send(url_of(key_result), {**TYPED, "value": value})
    assert Measurement.objects.get().value == Decimal(value)


def test_the_same_form_twice_counts_once(visit, key_result, member):
    visitor = visit(member)
    body = {**TYPED, "once": visitor.new_key(url_of(key_result))}
    for _time in range(2):
        visitor.post(url_of(key_result), body)
    assert Measurement.objects.count() == 1


def test_before_the_commitment_nothing_is_measured(visit, team, member):
    key_result = KeyResultFactory(objective=ObjectiveFactory(team=team, state="input"))
    response = visit(member).send(url_of(key_result), TYPED)
    assertContains(response, "while the objective is committed", status_code=422)
    assert not Measurement.objects.exists()
