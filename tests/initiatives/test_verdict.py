"""On the day that was said the team is asked whether it moved the key result."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.initiatives.models import Initiative, Verdict
from apps.initiatives.verdicts import verdicts_due
from apps.objectives import actions as goals
from apps.objectives.models import Objective
from tests.factories import NOW, TODAY, KeyResultFactory, ObjectiveFactory
from tests.initiatives.making import WHOLE, make_active, make_proposed

pytestmark = pytest.mark.django_db
LEARNT = {"reason": "no-effect", "learning": "Guests leave at the password."}
TYPED = {"kind": "less", "evidence": "A third of it where it was shown."}


@pytest.fixture
def bet(team, member, key_result):
    """Active; its day has come."""
    return make_active(
        team, member, key_result, title="Cart reminder", aims=[Aim(key_result, 2, TODAY)]
    )


@pytest.fixture
def url(bet):
    return reverse("initiatives:give_verdict", args=[bet.links.get().pk])


def due(team, today=TODAY):
    return [
        (v.link.initiative.title, v.link.key_result.title)
        for v in verdicts_due([team], today=today)
    ]


def test_expected_stands_beside_seen_and_other_causes_are_possible(
    visit, member, bet, key_result, url
):
    for day, value in ((20, "54.1"), (30, "55.6")):
        goals.measure(key_result, day=date(2026, 10, day), value=Decimal(value), by=member, now=NOW)
    page = visit(member).get(url)
    for words in (
        "Due on 20 November 2026", "+2 points", "<b>+1.5</b>", "54.1% → 55.6%",
        "Before and after is not proof; other causes are possible.",
    ):  # fmt: skip
        assertContains(page, words)


def test_it_is_given_with_evidence_and_is_asked_no_more(visit, member, team, bet, url):
    assert due(team) == [("Cart reminder", "Checkout conversion rate")]
    assertContains(visit(member).get(bet.get_absolute_url()), url)
    visit(member).send(url, {"version": bet.version, **TYPED})
    verdict = Verdict.objects.get()
    assert (verdict.kind, verdict.by, verdict.ask_again_on) == ("less", member, None)
    assert due(team) == []
    bet.refresh_from_db()
    assert bet.is_active
    page = visit(member).get(bet.get_absolute_url())
    assertContains(page, "Moved it less than expected")
    assertContains(page, "A third of it where it was shown.")
    assertNotContains(page, url)
    assertRedirects(visit(member).get(url), bet.get_absolute_url())


def test_too_early_names_a_new_day_and_is_asked_again_on_it(visit, member, team, bet, url):
    typed = {"kind": "too-early", "evidence": "Live for three days.", "version": bet.version}
    for day in ("", "2026-11-20", "2026-11-01", "never"):
        refused = visit(member).send(url, typed | {"ask_again_on": day})
        assertContains(refused, "Live for three days.", status_code=422)
    assert not Verdict.objects.exists()
    visit(member).send(url, typed | {"ask_again_on": "2026-12-11"})
    assert due(team) == []
    assert due(team, date(2026, 12, 11)) == [("Cart reminder", "Checkout conversion rate")]
    page = visit(member).get(bet.get_absolute_url())
    assertContains(page, "Too early; ask again on 11 December.")
    assertContains(page, "Due on 11 December 2026")
    bet.refresh_from_db()
    assert bet.version == 3  # whoever edits it at the same time is told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "", "evidence": "It rose."}, "Choose the verdict that comes nearest."),
        ({"kind": "less", "evidence": "  "}, "Say in one sentence what makes you say so."),
        ({"kind": "success", "evidence": "It rose."}, "Select a valid choice"),
    ],
)
def test_bad_input_is_kept(visit, member, team, bet, url, typed, sentence):
    response = visit(member).send(url, {"version": bet.version, **typed})
    assertContains(response, sentence, status_code=422)
    assert len(due(team)) == 1


def test_it_falls_due_for_what_started_and_was_not_stopped(
    team, member, other_team, neighbour, key_result, cycle
):
    aims = [Aim(key_result, 2, TODAY)]
    make_proposed(team, member, key_result, title="Proposed", aims=aims)
    words = {"by": member, "now": NOW}
    make_active(other_team, neighbour, key_result, title="Theirs", aims=aims)
    killed = make_active(team, member, key_result, title="Killed", aims=aims)
    actions.kill(killed, **LEARNT, **words)
    swapped = make_active(team, member, key_result, title="Swapped", aims=aims)
    actions.swap(swapped, **LEARNT, title="Next", **words)
    done = make_active(team, member, key_result, title="Done", aims=aims)
    actions.finish(done, delivered="Live.", **words)
    paused = make_active(team, member, key_result, title="Paused", aims=aims)
    actions.pause(paused, reason="Traffic", **words)
    make_active(team, member, key_result, title="Later")
    make_active(team, member, key_result, title="No day said", aims=[Aim(key_result)])
    assert [title for title, _goal in due(team)] == ["Done", "Paused"]
    at_the_end = {title for title, _goal in due(team, cycle.ends)}
    assert at_the_end == {"Done", "Paused", "Later", "No day said"}


def test_each_key_result_has_its_own_and_a_goal_given_up_asks_for_none(
    visit, member, team, cycle, leader, key_result
):
    other = KeyResultFactory(objective=ObjectiveFactory(team=team, cycle=cycle), title="Speed")
    gone = KeyResultFactory(
        objective=ObjectiveFactory(team=team, cycle=cycle, owner=leader), title="Gone"
    )
    aims = [Aim(goal, 1, TODAY) for goal in (key_result, other, gone)]
    bet = make_active(team, member, key_result, title="For three", aims=aims)
    Objective.objects.filter(pk=gone.objective_id).update(state="abandoned")
    assert due(team) == [("For three", "Checkout conversion rate"), ("For three", "Speed")]
    link = bet.links.get(key_result=other)
    actions.give_verdict(link, kind="did-not", evidence="Flat.", by=member, now=NOW)
    assert due(team) == [("For three", "Checkout conversion rate")]
    page = visit(member).get(bet.get_absolute_url())
    assertContains(page, "Did not move it")


def test_once_is_all_and_the_second_of_two_is_told(visit, member, leader, bet, url):
    visit(member).send(url, {"version": bet.version, **TYPED})
    late = visit(leader).send(url, {"version": bet.version, **TYPED, "evidence": "I say so."})
    assertContains(late, "No verdict is due on this key result now.", status_code=422)
    assertContains(late, "I say so.", status_code=422)
    link = bet.links.get()
    words = {"link": link, "evidence": "Twice.", "by": member, "at": NOW}
    with pytest.raises(IntegrityError, match="verdict_once_a_key_result"), transaction.atomic():
        Verdict.objects.create(kind="less", **words)
    with pytest.raises(IntegrityError, match="too_early"), transaction.atomic():
        Verdict.objects.create(kind="too-early", **words)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Verdict.objects.update(kind="as-expected")


def test_what_was_judged_keeps_what_was_expected(member, bet, key_result):
    link = bet.links.get()
    actions.give_verdict(link, kind="less", evidence="A third.", by=member, now=NOW)
    words = {"title": "Other", "lead": member, **WHOLE, "by": member, "now": NOW}
    for aims in ([Aim(key_result, 1, TODAY)], [Aim(key_result, 2, None)]):
        with pytest.raises(ValidationError, match="A verdict was given"):
            actions.edit(bet, aims=aims, **words)
    bet = Initiative.objects.get(pk=bet.pk)
    actions.edit(bet, aims=[Aim(key_result, 2, TODAY)], **words)
    assert bet.title == "Other"


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_nobody_outside_gives_it_or_is_offered_to(request, visit, team, bet, url, who):
    visitor = visit(request.getfixturevalue(who))
    for response in (visitor.get(url), visitor.send(url, {"version": bet.version, **TYPED})):
        assertContains(response, "Only Checkout can do this", status_code=403)
    assertNotContains(visitor.get(bet.get_absolute_url()), url)
    assert len(due(team)) == 1


def test_one_query_for_one_and_for_many(team, member, key_result, bet, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(due(team)) == 1
    aims = [Aim(key_result, 2, TODAY)]
    for n in range(5):
        make_active(team, member, key_result, title=f"More {n}", aims=aims)
    with django_assert_num_queries(1):
        assert len(due(team)) == 6


@pytest.mark.parametrize("kind", ["as-expected", "less", "did-not", "cannot-tell"])
def test_no_verdict_is_red_or_green(visit, member, bet, url, kind):
    actions.finish(bet, delivered="Live for all.", by=member, now=NOW)
    visit(member).send(url, {"version": bet.version, "kind": kind, "evidence": "We looked."})
    for address in (bet.get_absolute_url(), reverse("initiatives:board", args=["checkout"])):
        page = visit(member).get(address).content.decode()
        main = page[page.index("<h1") :]
        assert Verdict.objects.get().get_kind_display() in main
        for colour in ("data-state", "good", "bad", "flag", "warn"):
            assert f'"{colour}' not in main.replace("data-warn", ""), colour
            assert f' {colour}"' not in main
