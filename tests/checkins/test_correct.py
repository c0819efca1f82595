"""A check-in whose week is over is corrected with a reason; what was said before stays."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.actions import Word
from apps.checkins.models import CheckIn, KeyResultReport
from apps.objectives.models import Cycle
from tests.checkins.making import LAST_WEEK, make_sent, typed
from tests.factories import NOW, at, bring
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

ANEW = {"value": "55.2", "confidence": "4", "sentence": "Counted anew.", "reason": "Misread."}


@pytest.fixture
def sent(reported, member):
    bet = make_active(reported.team, member, reported)
    return make_sent(
        reported, member, week=LAST_WEEK, value="56", sentence="As it was.",
        initiatives={bet: Word("Live.", "")}, in_the_way="Holidays.",
    )  # fmt: skip


@pytest.fixture
def url(sent, team):
    return reverse("checkins:correct", args=[team.slug, LAST_WEEK])


@pytest.fixture
def sent_url(sent, team):
    return reverse("checkins:sent", args=[team.slug, LAST_WEEK])


def test_a_correction_is_a_new_revision(visit, leader, reported, sent, url, sent_url):
    visitor = visit(leader)
    assertContains(visitor.get(url), 'value="56"')
    body = typed(reported, version=2, **ANEW, in_the_way="Nothing.")
    assertRedirects(visitor.send(url, body), sent_url, fetch_redirect_response=False)

    sent.refresh_from_db()
    assert (sent.revision, sent.submitted_by, sent.in_the_way) == (2, leader, "Nothing.")
    assert sent.first_submitted_at == at(LAST_WEEK.replace(day=13))
    old, new = reported.measurements.order_by("pk")
    assert (new.supersedes, new.value, new.day) == (old, Decimal("55.2"), old.day)
    assert new.reason == "Misread."
    assert KeyResultReport.objects.current().get().sentence == "Counted anew."


def test_what_was_said_before_stays_readable(
    visit, leader, observer, reported, sent, url, sent_url
):
    visit(leader).send(url, typed(reported, version=2, **ANEW))
    page = visit(observer).get(sent_url)
    assertContains(page, "Counted anew.")
    assertContains(page, "Corrected: Misread.")
    assertContains(page, f'href="{sent_url}?revision=1"')
    before = visit(observer).get(f"{sent_url}?revision=1")
    for text in ("As it was.", "56%", "Live.", "Holidays.", "It was sent anew since"):
        assertContains(before, text)
    assertNotContains(before, "Counted anew.")


@pytest.mark.parametrize("revision", ["0", "3", "-1", "x", "", "9" * 50])
def test_other_revisions_do_not_exist(visit, observer, sent_url, revision):
    assert visit(observer).get(f"{sent_url}?revision={revision}").status_code == 404


def test_a_correction_says_why(visit, member, reported, url):
    body = typed(reported, version=2, **ANEW | {"reason": " "})
    response = visit(member).send(url, body)
    assertContains(response, "Say in one sentence why you correct it.", status_code=422)
    assertContains(response, "Counted anew.", status_code=422)
    assert CheckIn.objects.get().revision == 1


def test_two_who_correct_at_once_are_shown_both(visit, member, leader, reported, url):
    visit(leader).send(url, typed(reported, version=2, **ANEW))
    response = visit(member).send(url, typed(reported, version=2, **ANEW | {"value": "54"}))
    assertContains(response, "Theirs: 55.2", status_code=409)
    assert CheckIn.objects.get().revision == 2


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_only_the_team_corrects_it(request, visit, reported, url, sent_url, who, allowed):
    visitor = visit(request.getfixturevalue(who))
    assert (b"Correct it" in visitor.get(sent_url).content) is allowed
    visitor.send(url, typed(reported, version=2, **ANEW))
    assert CheckIn.objects.get().revision == (2 if allowed else 1)


def test_while_its_week_runs_it_is_sent_anew_and_not_corrected(visit, member, reported, cycle):
    check_in = make_sent(reported, member)
    url = reverse("checkins:correct", args=[reported.team.slug, check_in.week])
    assertRedirects(visit(member).get(url), check_in.get_absolute_url())
    with pytest.raises(ValidationError, match="Its week is not over"):
        actions.correct(check_in, cycle=cycle, reason="Why not", by=member, now=NOW)


def test_in_a_closed_cycle_nothing_is_corrected(visit, member, reported, url, sent_url):
    bring(Cycle.objects.get(), Cycle.State.CLOSED)
    assertNotContains(visit(member).get(sent_url), "Correct it")
    response = visit(member).send(url, typed(reported, version=2, **ANEW))
    assertContains(response, "is closed. It can be read, not changed.", status_code=422)
    assert CheckIn.objects.get().revision == 1
