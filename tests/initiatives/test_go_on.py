"""Stop marks are watched: the question is raised, the team answers, nothing is killed by itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.initiatives import actions
from apps.initiatives.actions import Aim, Stop
from apps.initiatives.models import KillCriterion, StopAnswer
from apps.initiatives.stops import criteria_due
from apps.objectives import actions as goals
from tests.factories import NOW, TODAY, at
from tests.initiatives.making import make_active, make_proposed

pytestmark = pytest.mark.django_db
BELOW, ABOVE = KillCriterion.Comparator.BELOW, KillCriterion.Comparator.ABOVE


@pytest.fixture
def asked(team, member, key_result):
    """One on something else, whose day has come."""
    stop = Stop("Mails that are opened", TODAY, limit="20%")
    return make_active(team, member, key_result, stops=[stop]).kill_criteria.get()


def on_the_value(team, member, key_result, *, on, limit="57.5", comparator=BELOW):
    stop = Stop("", on, comparator, "", key_result, Decimal(limit))
    return make_active(team, member, key_result, title="Watched", stops=[stop]).kill_criteria.get()


def url_of(stop):
    return reverse("initiatives:go_on", args=[stop.pk])


def due(team, today=TODAY):
    return [mark.criterion for mark in criteria_due([team], today=today)]


def test_both_answers_stand_side_by_side(visit, member, asked):
    url = url_of(asked)
    for page in (
        visit(member).get(asked.initiative.get_absolute_url()), visit(member).get(url),
    ):  # fmt: skip
        assertContains(page, "You said you would stop if: Mails that are opened below 20%")
        assertContains(page, "Has it come to this?")
        assertContains(page, reverse("initiatives:kill", args=[asked.initiative.pk]))
    assertContains(visit(member).get(asked.initiative.get_absolute_url()), url)


def test_going_on_is_stored_and_the_question_is_gone(visit, member, team, asked):
    assert due(team) == [asked]
    typed = {
        "version": asked.initiative.version, "is_reached": "yes",
        "because": "The text was wrong until Monday.",
    }  # fmt: skip
    visit(member).send(url_of(asked), typed)
    answer = StopAnswer.objects.get()
    assert (answer.criterion, answer.is_reached, answer.by) == (asked, True, member)
    asked.initiative.refresh_from_db()
    assert asked.initiative.is_active
    assert due(team) == []
    page = visit(member).get(asked.initiative.get_absolute_url())
    assertContains(page, "Go on, because “The text was wrong until Monday.” Tom Richter")
    assertContains(page, '<span class="pill">Reached</span>')
    assertRedirects(visit(member).get(url_of(asked)), asked.initiative.get_absolute_url())


def test_it_has_not_come_to_this(visit, member, team, asked):
    typed = {"version": asked.initiative.version, "is_reached": "no", "because": "31% open it."}
    visit(member).send(url_of(asked), typed)
    assert due(team) == []
    page = visit(member).get(asked.initiative.get_absolute_url())
    assertContains(page, '<span class="pill">Not reached</span>')


def test_a_value_answers_for_itself_on_its_day(visit, member, team, key_result):
    stop = on_the_value(team, member, key_result, on=TODAY)
    goals.measure(key_result, day=TODAY, value=Decimal("56.4"), by=member, now=NOW)
    page = visit(member).get(url_of(stop))
    assertContains(page, "Checkout conversion rate below 57.5% on 20 November. It is 56.4%.")
    assertNotContains(page, "Has it come to this?")
    visit(member).send(url_of(stop), {"version": stop.initiative.version, "because": "So near."})
    assert StopAnswer.objects.get().is_reached
    assert due(team) == []


@pytest.mark.parametrize(
    ("values", "pill", "is_due"),
    [
        ({}, "Too early", False),
        ({19: "56.4"}, "On course to stop: 56.4%", False),
        ({19: "57.6"}, "Not reached: 57.6%", False),
    ],
)
def test_before_its_day_the_page_says_how_it_stands(
    visit, member, team, key_result, values, pill, is_due
):
    stop = on_the_value(team, member, key_result, on=date(2026, 12, 4))
    for day, value in values.items():
        goals.measure(key_result, day=date(2026, 11, day), value=Decimal(value), by=member, now=NOW)
    assertContains(visit(member).get(stop.initiative.get_absolute_url()), pill)
    assert bool(due(team)) is is_due


def test_a_value_that_crosses_the_limit_raises_the_question_at_once_and_again_on_its_day(
    visit, member, team, key_result
):
    on = date(2026, 12, 4)
    stop = on_the_value(team, member, key_result, on=on, limit="51")
    assert due(team) == []
    measured = goals.measure(key_result, day=TODAY, value=Decimal("50.9"), by=member, now=NOW)
    assert due(team) == [stop]
    page = visit(member).get(stop.initiative.get_absolute_url())
    assertContains(page, "Reached: 50.9%")
    visit(member).send(url_of(stop), {"version": stop.initiative.version, "because": "A strike."})
    assert due(team) == []
    assert due(team, today=on) == [stop]
    goals.correct(measured, value=Decimal("59"), reason="Misread.", by=member, now=NOW)
    assert due(team, today=on) == []


def test_who_is_asked(member, team, other_team, neighbour, key_result, asked):
    """Started and not ended; a proposal and an end ask nobody."""
    stops = [Stop("Something", TODAY, limit="1")]
    make_proposed(team, member, key_result, title="Not started", stops=stops)
    killed = make_active(team, member, key_result, title="Killed", stops=stops)
    actions.kill(killed, reason="cost", learning="Dear.", by=member, now=NOW)
    paused = make_active(team, member, key_result, title="Paused", stops=stops)
    actions.pause(paused, reason="Traffic", by=member, now=NOW)
    make_active(other_team, neighbour, key_result, title="Theirs", stops=stops)
    assert due(team) == [asked, paused.kill_criteria.get()]


def test_as_many_queries_for_one_as_for_many(
    member, team, key_result, asked, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert len(due(team)) == 1
    for n in range(5):
        stops = [Stop(f"Thing {n}", TODAY, limit="1")]
        make_active(team, member, key_result, title=f"More {n}", stops=stops)
    with django_assert_num_queries(1):
        assert len(due(team)) == 6


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"is_reached": "yes", "because": " "}, "Say in one sentence why you go on."),
        ({"because": "We like it."}, "Say whether it has come to this."),
        ({"is_reached": "perhaps", "because": "We like it."}, "not one of the available choices"),
    ],
)
def test_bad_input_is_kept(visit, member, team, asked, typed, sentence):
    response = visit(member).send(url_of(asked), {"version": asked.initiative.version, **typed})
    assertContains(response, sentence, status_code=422)
    assert not StopAnswer.objects.exists()
    assert due(team) == [asked]


def test_the_second_answer_and_one_to_what_was_killed_are_refused(visit, member, leader, asked):
    typed = {"version": asked.initiative.version, "is_reached": "no", "because": "31% open it."}
    visit(member).send(url_of(asked), typed)
    late = visit(leader).send(url_of(asked), typed | {"because": "I too."})
    assertContains(late, "Nothing is asked about this stop mark now.", status_code=422)
    assertContains(late, "I too.", status_code=422)
    actions.kill(asked.initiative, reason="cost", learning="Dear.", by=member, now=NOW)
    conflict = visit(leader).send(url_of(asked), typed | {"because": "Late."})
    assertContains(conflict, "Late.", status_code=409)
    assert StopAnswer.objects.count() == 1


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_nobody_outside_answers_or_is_offered_to(request, visit, team, asked, who):
    visitor = visit(request.getfixturevalue(who))
    for response in (visitor.get(url_of(asked)), visitor.send(url_of(asked), {"version": 2})):
        assertContains(response, "Only Checkout can do this", status_code=403)
    assertNotContains(visitor.get(asked.initiative.get_absolute_url()), url_of(asked))
    assert due(team) == [asked]


def test_an_answered_mark_stays_and_others_may_change(visit, member, key_result, asked):
    actions.go_on(asked, because="31% open it.", is_reached=False, by=member, now=NOW)
    initiative = asked.initiative
    form = visit(member).get(reverse("initiatives:edit", args=[initiative.pk]))
    assertNotContains(form, "Mails that are opened")
    new = Stop("Complaints", date(2026, 12, 1), ABOVE, "3")
    words = {"believe": "a", "will": "b", "know_when": "c", "by": member, "now": NOW}
    for stops in ([new], []):  # with an answered one, an active one may lose the rest
        actions.edit(
            initiative, title="Edited", aims=[Aim(key_result)], lead=member, stops=stops, **words
        )
        assert asked in initiative.kill_criteria.all()
        assert initiative.kill_criteria.count() == 1 + len(stops)


def test_answers_are_never_changed_and_a_mark_watches_one_thing(member, key_result, asked):
    actions.go_on(asked, because="31% open it.", is_reached=False, by=member, now=NOW)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        StopAnswer.objects.update(because="Never said.")
    for broken in ({"key_result": key_result}, {"observable": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KillCriterion.objects.filter(pk=asked.pk).update(**broken)


def test_the_form_takes_a_key_result_and_a_number_in_its_unit(visit, member, key_result):
    url = reverse("initiatives:propose", args=["checkout"])
    typed = {
        "title": "Passkey", "key_result_0": key_result.pk, "watched_0": key_result.pk,
        "comparator_0": "below", "limit_0": "57.5 %", "on_0": "2026-12-04", "observable_0": "",
    }  # fmt: skip
    for wrong, sentence in (
        ({"limit_0": "many"}, "This must be a number, like 57.5."),
        ({"limit_0": ""}, "Enter a number"),
        ({"comparator_0": "not-done"}, "A number is below or above a limit."),
        ({"on_0": ""}, "Choose the day on which you look."),
        ({"watched_0": "9999"}, "not one of the available choices"),
    ):
        refused = visit(member).send(url, typed | wrong)
        assertContains(refused, sentence, status_code=422)
    visit(member).send(url, typed)
    stop = KillCriterion.objects.get()
    assert str(stop) == "Checkout conversion rate below 57.5%"
    edit = visit(member).get(reverse("initiatives:edit", args=[stop.initiative.pk]))
    assertContains(edit, 'value="57.5"')


def test_in_german_the_limit_is_read_and_written_in_german(visit, member, key_result):
    member.language = "de"
    member.save(update_fields=["language"])
    typed = {
        "title": "Passkey", "key_result_0": key_result.pk, "watched_0": key_result.pk,
        "comparator_0": "below", "limit_0": "57,5", "on_0": "2026-12-04",
    }  # fmt: skip
    visit(member).send(reverse("initiatives:propose", args=["checkout"]), typed)
    stop = KillCriterion.objects.get()
    assert stop.limit_value == Decimal("57.5")
    assertContains(visit(member).get(stop.initiative.get_absolute_url()), "57,5\N{NO-BREAK SPACE}%")


def test_a_swap_passes_no_answered_mark_on_and_an_end_shows_the_mark_as_it_stood(
    visit, member, team, key_result
):
    stop = on_the_value(team, member, key_result, on=date(2026, 12, 4))
    goals.measure(key_result, day=date(2026, 11, 10), value=Decimal(56), by=member, now=NOW)
    actions.kill(
        stop.initiative, reason="cost", learning="Dear.", by=member, now=at(date(2026, 11, 12))
    )
    page = visit(member).get(stop.initiative.get_absolute_url())
    assertContains(page, "Ended before")
    with pytest.raises(ValidationError, match="has ended"):
        actions.go_on(stop, because="Late", by=member, now=NOW)
