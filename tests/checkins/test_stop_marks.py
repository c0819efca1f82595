"""A stop mark that has come due is asked in the check-in, with both answers side by side."""

from decimal import Decimal

import pytest
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from apps.checkins.models import CheckIn
from apps.initiatives.actions import Stop, go_on, kill
from apps.initiatives.models import KillCriterion, StopAnswer
from tests.checkins.making import typed
from tests.factories import NOW, TODAY
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db
QUESTION = "You said you would stop if: Mails that are opened below 20% on 20 November."


@pytest.fixture
def stop(reported, member) -> KillCriterion:
    """On something else than a value; its day has come."""
    mark = Stop("Mails that are opened", TODAY, limit="20%")
    return make_active(reported.team, member, reported, stops=[mark]).kill_criteria.get()


def body(reported, stop, **words: str) -> dict[str, str]:
    names = {"reached": stop.pk, "because": stop.pk}
    own = {f"{name}-{names.get(name, stop.initiative.pk)}": text for name, text in words.items()}
    return typed(reported, value="56.4", confidence="7") | own


def test_both_answers_stand_in_the_form_of_its_week(visit, member, reported, stop, url):
    page = visit(member).get(url)
    assertContains(page, f"{QUESTION} Has it come to this?", count=1)
    assertContains(page, "Kill it now")
    assertContains(page, f'name="because-{stop.pk}"')
    assertContains(page, f'name="reached-{stop.pk}"')
    assertNotContains(page, "Stop if “Mails")  # said once is enough
    earlier = visit(member).get(url.replace("w47", "w46"))
    assertNotContains(earlier, f'name="because-{stop.pk}"')


def test_going_on_is_stored_with_the_check_in_and_is_gone_from_my_week(
    visit, member, reported, stop, url
):
    visitor = visit(member)
    assertContains(visitor.get("/"), f"Kill “{stop.initiative}” or go on?")
    visitor.send(url, body(reported, stop, reached="yes", because="The text was wrong."))
    answer = StopAnswer.objects.get()
    assert (answer.criterion, answer.because, answer.is_reached) == (
        stop, "The text was wrong.", True,
    )  # fmt: skip
    assert answer.by == member
    assert CheckIn.objects.submitted().exists()
    assertNotContains(visitor.get("/"), f"Kill “{stop.initiative}” or go on?")
    assertNotContains(visitor.get(url), f'name="because-{stop.pk}"')


def test_the_other_answer_is_to_kill_and_is_confirmed(visit, member, reported, stop, url):
    visitor = visit(member)
    sent = body(reported, stop, move="kill", reason="no-effect", learning="Nobody opened it.")
    assertContains(visitor.send(url, sent), "ends for good", status_code=422)
    visitor.send(url, sent | {"confirmed": f"kill-{stop.initiative.pk}"})
    stop.initiative.refresh_from_db()
    assert stop.initiative.status == "killed"
    assert not StopAnswer.objects.exists()
    assertNotContains(visitor.get("/"), f"Kill “{stop.initiative}” or go on?")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"because": "We go on."}, "Say whether it has come to this."),
        ({"reached": "no"}, "Say in one sentence why you go on."),
        ({"reached": "perhaps", "because": "We go on."}, "Select a valid choice"),
        ({"reached": "no", "because": "x" * 501}, "at most 500 characters"),
        (
            {"reached": "no", "because": "We go on.", "move": "kill", "reason": "cost",
             "learning": "Too dear."},
            "You end it in this check-in. Clear this, or keep it going.",
        ),
    ],
)  # fmt: skip
def test_half_an_answer_is_refused_at_its_field(visit, member, reported, stop, url, said, sentence):
    response = visit(member).send(url, body(reported, stop, **said))
    assertContains(response, escape(sentence), status_code=422)
    for text in said.values():
        assertContains(response, text, status_code=422)
    assert not StopAnswer.objects.exists()
    assert not CheckIn.objects.submitted().exists()


def test_without_an_answer_the_check_in_is_sent_and_the_question_stays(
    visit, member, reported, stop, url
):
    visitor = visit(member)
    visitor.send(url, body(reported, stop))
    assert CheckIn.objects.submitted().exists()
    assertContains(visitor.get("/"), f"Kill “{stop.initiative}” or go on?")
    assertContains(visitor.get(url), f'name="because-{stop.pk}"')


def test_what_a_colleague_answered_meanwhile_is_not_answered_twice_and_no_word_is_lost(
    visit, member, leader, reported, stop, url
):
    go_on(stop, because="It opens better.", is_reached=False, by=leader, now=NOW)
    sent = body(reported, stop, reached="yes", because="The text was wrong.")
    response = visit(member).send(url, sent)
    assertContains(response, "The text was wrong.", status_code=422)
    assert StopAnswer.objects.get().by == leader


def test_what_was_typed_of_something_that_ended_meanwhile_is_given_back(
    visit, member, leader, reported, stop, url
):
    kill(stop.initiative, reason="cost", learning="Too dear.", by=leader, now=NOW)
    sent = body(reported, stop, move="kill", reason="no-effect", learning="Nobody opened it.")
    assertContains(visit(member).send(url, sent), "Nobody opened it.", status_code=422)


def test_a_mark_on_a_value_is_told_with_its_limit_and_asked_once_it_is_reached(
    visit, member, reported, url
):
    mark = Stop("", TODAY, "below", "", reported, Decimal("57.5"))
    stop = make_active(reported.team, member, reported, stops=[mark]).kill_criteria.get()
    page = visit(member).get(url)
    assertContains(page, "You said you would stop if: Checkout conversion rate below 57.5%")
    visit(member).send(url, body(reported, stop, because="It was a holiday."))
    assert StopAnswer.objects.get().because == "It was a holiday."


def test_a_mark_still_to_come_is_told_in_a_line(visit, member, reported, url):
    mark = Stop("", TODAY.replace(month=12), "below", "", reported, Decimal("57.5"))
    make_active(reported.team, member, reported, stops=[mark])
    page = visit(member).get(url)
    assertContains(page, "Stop if “Checkout conversion rate” is below 57.5% on 20 December.")


def test_a_draft_answers_nothing_and_the_team_shares_it(
    visit, member, leader, reported, stop, draft_url, url
):
    said = body(reported, stop, reached="yes", because="The text was wrong.")
    visit(member).send(draft_url, said)
    assert not StopAnswer.objects.exists()
    assertContains(visit(leader).get(url), "The text was wrong.")


def test_another_team_s_stop_mark_in_the_form_is_not_answered(
    visit, member, neighbour, other_team, reported, url
):
    mark = Stop("Mails that are opened", TODAY, limit="20%")
    theirs = make_active(other_team, neighbour, reported, stops=[mark]).kill_criteria.get()
    sent = body(reported, theirs, reached="yes", because="Not ours.")
    assertContains(visit(member).send(url, sent), "Not ours.", status_code=422)
    assert not StopAnswer.objects.exists()
