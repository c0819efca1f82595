"""A review meeting: exceptions first, a screen each; decisions noted, mailed and followed up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.models import Decision, ReviewMeeting
from apps.organisation.models import OutboxMessage
from tests.checkins.making import LAST_WEEK, make_asked, make_sent
from tests.factories import NOW, TODAY, KeyResultFactory, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

DECIDED = {"what": "Ask the bank for decline codes.", "by_when": "2026-11-27"}


@pytest.fixture
def far_behind(reported, member):
    make_sent(reported, member, week=LAST_WEEK, value="52", confidence=3, sentence="Few came.")
    return reported


@pytest.fixture
def on_pace(far_behind, member):
    key_result = KeyResultFactory(objective=far_behind.objective, title="Satisfaction")
    make_sent(key_result, member, value="58.6", confidence=7)
    return key_result


@pytest.fixture
def meeting(far_behind, on_pace, team, cycle, leader):
    return actions.open_review(team=team, cycle=cycle, by=leader, now=NOW)


@pytest.fixture
def screen_url(meeting):
    return reverse("dashboards:screen", args=[meeting.pk, 1])


@pytest.fixture
def end_url(meeting):
    return reverse("dashboards:decisions", args=[meeting.pk])


def note(meeting, key_result, who, by, **words):
    return actions.note_decision(
        meeting, key_result=key_result, who=who, by=by, now=NOW,
        **{"what": "Ask the bank.", "by_when": TODAY, **words},
    )  # fmt: skip


# -- open --------------------------------------------------------------------------------------


def test_it_looks_at_exceptions_first(visit, leader, far_behind, on_pace):
    url = reverse("checkins:open_review", args=["checkout"])
    page = visit(leader).get(url)
    assertContains(page, "1 key result of Checkout, or of a team below, stands out now.")
    response = visit(leader).send(url)
    meeting = ReviewMeeting.objects.get()
    assertRedirects(response, meeting.get_absolute_url(), fetch_redirect_response=False)
    looked = [(row.key_result, row.is_exception) for row in meeting.reviewed.all()]
    assert looked == [(far_behind, True), (on_pace, False)]


def test_the_teams_below_come_along(leader_above, far_behind, root, cycle):
    meeting = actions.open_review(team=root, cycle=cycle, by=leader_above, now=NOW)
    assert [row.key_result for row in meeting.reviewed.all()] == [far_behind]


def test_what_its_team_does_not_believe_in_is_an_exception(on_pace, member, team, cycle, leader):
    make_sent(on_pace, member, value="58.6", confidence=2, now=NOW)
    meeting = actions.open_review(team=team, cycle=cycle, by=leader, now=NOW)
    assert all(row.is_exception for row in meeting.reviewed.all())


def test_a_team_holds_one_at_a_time(visit, member, meeting):
    response = visit(member).send(reverse("checkins:open_review", args=["checkout"]))
    assertContains(response, "is still open", status_code=422)
    assert ReviewMeeting.objects.count() == 1


def test_there_must_be_something_to_look_at(visit, leader, team, cycle):
    response = visit(leader).send(reverse("checkins:open_review", args=["checkout"]))
    assertContains(response, "no committed key result", status_code=422)


# -- walk through ------------------------------------------------------------------------------


def test_a_screen_has_all_there_is_to_say(
    visit, observer, member, leader_above, meeting, far_behind, screen_url
):
    make_active(far_behind.team, member, far_behind, title="Amazon sign-in")
    make_asked(far_behind.team, member, leader_above)
    page = visit(observer).get(screen_url)
    for text in (
        "1 of 2", "Checkout conversion rate", "Far behind", "3/10", "Few came.",
        "The decline codes.", "Amazon sign-in", "Next: the rest at a glance", "0 minutes",
    ):  # fmt: skip
        assertContains(page, text)
    assertNotContains(page, "Save decision")
    assertNotContains(page, 'class="rail"')


def test_the_rest_stands_on_one_screen(visit, observer, meeting, on_pace):
    page = visit(observer).get(reverse("dashboards:screen", args=[meeting.pk, 2]))
    assertContains(page, "Satisfaction")
    assertNotContains(page, "Checkout conversion rate")
    assertContains(page, "Next: what was decided")


@pytest.mark.parametrize("n", [0, 3, 99])
def test_there_are_no_other_screens(visit, observer, meeting, n):
    assert visit(observer).get(f"/reviews/{meeting.pk}/{n}/").status_code == 404


def test_the_look_for_a_projector_comes_along(visit, observer, meeting, screen_url):
    page = visit(observer).get(f"{screen_url}?present=1")
    assertContains(page, "slide present")
    assertContains(page, f"/reviews/{meeting.pk}/2/?present=1")


def test_a_screen_asks_as_little_of_much_as_of_nothing(
    visit, leader, member, leader_above, meeting, far_behind, screen_url,
    django_assert_max_num_queries,
):  # fmt: skip
    visitor = visit(leader)
    visitor.get(screen_url)
    with django_assert_max_num_queries(12) as bare:
        visitor.get(screen_url)
    for n in range(5):
        make_active(far_behind.team, member, far_behind, title=f"Bet {n}")
        make_asked(far_behind.team, member, leader_above)
        note(meeting, far_behind, member, leader)
    with django_assert_max_num_queries(12) as full:
        visitor.get(screen_url)
    assert len(full) <= len(bare) + 1  # the links of initiatives, once there are some


# -- decide ------------------------------------------------------------------------------------


def test_a_decision_stands_on_the_page_of_its_key_result(
    visit, leader, member, meeting, far_behind, screen_url
):
    visitor = visit(leader)
    response = visitor.send(f"{screen_url}?present=1", {**DECIDED, "who": member.pk})
    assertRedirects(response, f"{screen_url}?present=1#decided", fetch_redirect_response=False)
    decision = Decision.objects.get()
    assert (decision.who, decision.by_when, decision.noted_by, decision.key_result) == (
        member, date(2026, 11, 27), leader, far_behind,
    )  # fmt: skip
    assertContains(visitor.get(screen_url), "Ask the bank for decline codes.")
    page = visit(member).get(far_behind.get_absolute_url())
    assertContains(page, "Decided in reviews")
    assertContains(page, "Ask the bank for decline codes.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"what": " "}, "Say in a sentence what was decided."),
        ({"what": "x" * 100_000}, "at most 500"),
        ({"who": ""}, "Choose who does it."),
        ({"who": "999999"}, "Choose who does it."),
        ({"by_when": ""}, "Say by when."),
        ({"by_when": "soon"}, "Choose a day."),
        ({"by_when": "2026-11-19"}, "Choose today or a later day."),
    ],
)
def test_what_a_decision_lacks_is_asked_at_its_field(
    visit, leader, member, screen_url, typed, sentence
):
    response = visit(leader).send(screen_url, {**DECIDED, "who": member.pk, **typed})
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Checkout conversion rate", status_code=422)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", True), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_who_notes_decisions_and_ends_the_meeting(
    request, visit, member, meeting, screen_url, end_url, who, allowed
):
    visitor = visit(request.getfixturevalue(who))
    assert (b"Save decision" in visitor.get(screen_url).content) is allowed
    visitor.send(screen_url, {**DECIDED, "who": member.pk})
    assert Decision.objects.exists() is allowed
    visitor.send(end_url, {"version": "1"})
    meeting.refresh_from_db()
    assert meeting.is_open is not allowed


# -- change what was noted ---------------------------------------------------------------------


def url_of(decision, verb):
    return reverse(f"checkins:{verb}_decision", args=[decision.pk])


def test_what_was_noted_is_changed_while_the_meeting_lasts(
    visit, leader, member, meeting, far_behind, screen_url, end_url
):
    decision = note(meeting, far_behind, member, leader)
    visitor = visit(leader)
    for page in [screen_url, end_url]:
        assertContains(visitor.get(page), url_of(decision, "edit"))
    assertContains(visitor.get(url_of(decision, "edit")), decision.what)
    typed = {"what": "Ask both banks.", "who": leader.pk, "by_when": "2026-12-04", "version": "1"}

    assertRedirects(visitor.send(url_of(decision, "edit"), typed), end_url)

    decision.refresh_from_db()
    assert (decision.what, decision.who, decision.by_when) == (
        "Ask both banks.", leader, date(2026, 12, 4),
    )  # fmt: skip
    assertContains(visitor.get(end_url), "Ask both banks.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"what": " "}, "Say in a sentence what was decided."),
        ({"what": "x" * 10_000}, "at most 500"),
        ({"who": ""}, "Choose who does it."),
        ({"by_when": "2026-11-19"}, "Choose today or a later day."),
    ],
)
def test_a_change_is_asked_for_the_same(
    visit, leader, member, meeting, far_behind, typed, sentence
):
    decision = note(meeting, far_behind, member, leader)
    body = {"what": "Else.", "who": member.pk, "by_when": "2026-11-27", "version": "1", **typed}
    response = visit(leader).send(url_of(decision, "edit"), body)
    assertContains(response, sentence, status_code=422)
    decision.refresh_from_db()
    assert decision.version == 1


def test_two_who_change_it_see_each_other(visit, leader, member, meeting, far_behind):
    decision = note(meeting, far_behind, member, leader)
    typed = {"who": member.pk, "by_when": "2026-11-27", "version": "1"}
    visit(member).send(url_of(decision, "edit"), {**typed, "what": "The first word."})
    response = visit(leader).send(url_of(decision, "edit"), {**typed, "what": "The second."})
    assertContains(response, "The first word.", status_code=409)
    assertContains(response, "The second.", status_code=409)


def test_what_was_noted_by_mistake_is_removed(visit, leader, member, meeting, far_behind, end_url):
    decision = note(meeting, far_behind, member, leader)
    visitor = visit(leader)
    assertContains(visitor.get(url_of(decision, "edit")), url_of(decision, "remove"))
    assertContains(visitor.get(url_of(decision, "remove")), "Nobody has been told of it yet.")
    assertRedirects(visitor.send(url_of(decision, "remove"), {"version": "1"}), end_url)
    assert not Decision.objects.exists()
    assert visitor.send(url_of(decision, "remove"), {"version": "1"}).status_code == 404


@pytest.mark.parametrize("verb", ["edit", "remove"])
@pytest.mark.parametrize("who", ["neighbour", "observer", "administrator"])
def test_who_can_not_run_it_changes_nothing(
    request, visit, member, leader, meeting, far_behind, end_url, verb, who
):
    decision = note(meeting, far_behind, member, leader)
    visitor = visit(request.getfixturevalue(who))
    typed = {"what": "Else.", "who": member.pk, "by_when": "2026-11-27", "version": "1"}
    assert visitor.send(url_of(decision, verb), typed).status_code == 403
    assertNotContains(visitor.get(end_url), url_of(decision, "edit"))
    decision.refresh_from_db()
    assert decision.what != "Else."


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_what_was_mailed_or_done_stands(visit, leader, member, meeting, far_behind, verb):
    done, mailed = (note(meeting, far_behind, member, leader) for _n in range(2))
    typed = {"what": "Else.", "who": member.pk, "by_when": "2026-11-27"}
    actions.finish_decision(done, by=member, now=NOW)
    response = visit(leader).send(url_of(done, verb), {**typed, "version": "2"})
    assertContains(response, "has done this already", status_code=422)
    actions.end_review(meeting, by=leader, now=NOW)
    response = visit(leader).send(url_of(mailed, verb), {**typed, "version": "1"})
    assertContains(response, "have been mailed", status_code=422)
    assert Decision.objects.filter(what=mailed.what).count() == 2


def test_nobody_outside_can_be_named(meeting, far_behind, leader, neighbour):
    with pytest.raises(ValidationError, match="Choose who does it"):
        note(meeting, far_behind, neighbour, leader)


# -- end, and follow up ------------------------------------------------------------------------


def test_the_list_is_mailed_once_and_waits_for_whom_it_names(
    visit, leader, member, meeting, far_behind, screen_url, end_url
):
    note(meeting, far_behind, member, leader)
    assertNotContains(visit(member).get("/"), "Decided in the review meeting of Checkout.")
    visitor = visit(leader)
    for _time in range(2):
        visitor.send(end_url, {"version": "1"})
    mailed = OutboxMessage.objects.filter(kind="review.decisions")
    assert {message.person for message in mailed} == {member, leader}
    assertContains(visit(member).get("/"), "Decided in the review meeting of Checkout.")
    assertNotContains(visit(leader).get("/"), "Decided in the review meeting of Checkout.")
    response = visitor.send(screen_url, {**DECIDED, "who": member.pk})
    assertContains(response, "This meeting has ended", status_code=422)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", True), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_it_waits_until_it_is_done(
    request, visit, member, leader, meeting, far_behind, who, allowed
):
    decision = note(meeting, far_behind, member, leader)
    actions.end_review(meeting, by=leader, now=NOW)
    visitor = visit(request.getfixturevalue(who))
    visitor.send(reverse("checkins:finish_decision", args=[decision.pk]), {"version": "1"})
    decision.refresh_from_db()
    assert decision.is_done is allowed
    waits = b"Decided in the review meeting" in visit(member).get("/").content
    assert waits is not allowed


def test_whom_it_names_does_it_wherever_he_or_she_works_by_then(
    visit, leader, area, meeting, far_behind
):
    person = UserFactory(leads=area)
    decision = note(meeting, far_behind, person, leader)
    person.teamgrant_set.all().delete()
    url = reverse("checkins:finish_decision", args=[decision.pk])
    visit(person).send(url, {"version": "1"})
    decision.refresh_from_db()
    assert decision.done_by == person
    with pytest.raises(ValidationError, match="has done this already"):
        actions.finish_decision(decision, by=leader, now=NOW + timedelta(hours=1))


def test_the_list_of_meetings(visit, observer, leader, meeting, far_behind, member):
    note(meeting, far_behind, member, leader)
    page = visit(observer).get(reverse("dashboards:reviews"))
    assertContains(page, "Checkout, 20 November 2026")
    assertContains(page, "1 decision.")
    assertContains(page, "Still open.")
    assertNotContains(page, "Open one for")
    assertContains(visit(leader).get(reverse("dashboards:reviews")), "Open one for Checkout")
    agenda = visit(observer).get(meeting.get_absolute_url())
    assertContains(agenda, "Far behind")
    assertContains(agenda, "Satisfaction")
