from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.actions import Said, Word
from apps.checkins.models import CheckIn, HelpRequest, KeyResultReport
from apps.initiatives.actions import kill
from apps.objectives.models import Cycle, KeyResult, Measurement
from apps.organisation.models import TeamGrant
from tests.checkins.making import LAST_WEEK, WEEK, make_sent, of, typed
from tests.factories import NOW, TODAY, KeyResultFactory, at, bring
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db

GIVEN = {"value": "56.4", "confidence": "7", "sentence": "Sign-in went live on Monday."}


def values(key_result):
    return [row.value for row in key_result.measurements.effective()]


def test_a_member_sends_number_confidence_and_sentence(visit, member, reported, url):
    response = visit(member).send(url, typed(reported, **GIVEN, in_the_way="Holidays."))

    assertRedirects(response, reported.team.get_absolute_url(), fetch_redirect_response=False)
    check_in = CheckIn.objects.get(team=reported.team, week=WEEK)
    assert (check_in.is_sent, check_in.submitted_by, check_in.revision) == (True, member, 1)
    assert check_in.in_the_way == "Holidays."
    report = check_in.key_results.get()
    assert (report.confidence, report.sentence) == (7, GIVEN["sentence"])
    assert (report.measurement.value, report.measurement.day) == (Decimal("56.4"), TODAY)
    assert report.measurement.source == Measurement.Source.CHECK_IN
    assert report.measurement.entered_by == member


def test_whoever_has_sent_is_told_until_when_it_can_be_changed(visit, member, reported, url):
    visitor = visit(member)
    visitor.send(url, typed(reported, value="56,4", confidence="7"))
    page = visitor.get(url)
    assertContains(page, "Sent. Change it until Sunday.")
    assertContains(page, "Checkout conversion rate: “56,4” read as 56.4%.")


def test_a_word_on_each_initiative_goes_along(visit, member, reported, url):
    bet = make_active(reported.team, member, reported)
    body = typed(reported, **GIVEN) | {f"moved-{bet.pk}": "Live.", f"next-{bet.pk}": "Widen it."}
    visit(member).send(url, body)
    report = CheckIn.objects.get(week=WEEK).initiatives.get()
    assert (report.initiative, report.moved, report.next) == (bet, "Live.", "Widen it.")


def test_a_word_is_on_an_initiative_of_the_team_that_was_live_in_the_week(
    member, neighbour, other_team, reported
):
    own = make_active(reported.team, member, reported)
    theirs = make_active(other_team, neighbour, reported)
    long_over = make_active(reported.team, member, reported)
    long_over_at = at(WEEK - timedelta(days=3))
    kill(long_over, reason="cost", learning="Too dear.", by=member, now=long_over_at)
    for stranger in (theirs, long_over):
        with pytest.raises(ValidationError, match="is not among the initiatives of Checkout"):
            make_sent(reported, member, initiatives={own: Word("Live."), stranger: Word("Live.")})
    assert not CheckIn.objects.exists()
    sent = make_sent(reported, member, initiatives={own: Word("Live."), theirs: Word()})
    assert [report.initiative for report in sent.initiatives.all()] == [own]


def test_a_request_for_help_goes_along(visit, member, leader_above, reported, url):
    wish = {"help": "Decline codes.", "asked": str(leader_above.pk), "by_when": "2026-11-27"}
    visit(member).send(url, typed(reported, **GIVEN, **wish))
    asked = HelpRequest.objects.get()
    assert (asked.text, asked.asked, asked.by_when) == (
        "Decline codes.", leader_above, date(2026, 11, 27),
    )  # fmt: skip
    assert asked.asked_as_leader_of.is_root
    assert asked.check_in == CheckIn.objects.get(week=WEEK)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": "75x", "confidence": "7"}, "must be a number from 0 to 100, like 65."),
        ({"value": "101", "confidence": "7"}, "must be a number from 0 to 100, like 65."),
        ({"value": "56.4"}, "Say from 0 to 10 how sure you are about “Checkout conversion rate”."),
        ({"confidence": "11"}, "Select a valid choice"),
        ({"confidence": "6.5"}, "Select a valid choice"),
        ({"in_the_way": "a\x00b"}, "Null characters are not allowed."),
        ({"in_the_way": "x" * 10_000}, "at most 2000 characters"),
        ({"help": "Codes."}, "Choose who can give it."),
        ({"help": "Codes."}, "Say by when you need it."),
        ({"by_when": "2026-11-27"}, "Say what you need, or clear the day."),
        ({}, "Nothing is filled in yet."),
    ],
)
def test_what_cannot_be_sent_is_kept_and_said(visit, member, reported, url, given, sentence):
    response = visit(member).send(url, typed(reported, **given))

    assertContains(response, escape(sentence), status_code=422)
    assertContains(response, 'id="errsum"', status_code=422)
    for text in given.values():
        assertContains(response, escape(text), status_code=422)
    assert not Measurement.objects.exists()
    assert not CheckIn.objects.submitted().exists()


def test_a_number_may_be_missing(visit, member, reported, url):
    visit(member).send(url, typed(reported, confidence="6", sentence="The dashboard is down."))
    report = KeyResultReport.objects.get()
    assert (report.measurement, report.confidence) == (None, 6)
    assert not Measurement.objects.exists()


def test_an_empty_row_leaves_no_report(visit, member, reported, url):
    other = KeyResultFactory(objective=reported.objective, title="Customer satisfaction")
    visit(member).send(url, typed(reported, **GIVEN))
    assert KeyResultReport.objects.get().key_result == reported
    assert not other.measurements.exists()


@pytest.mark.parametrize(("language", "text"), [("en", "1,171.5"), ("de", "1.171,5")])
def test_numbers_are_read_in_the_notation_of_the_person(
    visit, member, reported, url, language, text
):
    KeyResult.objects.update(bound_high=None)
    member.language = language
    member.save()
    visit(member).send(url, typed(reported, value=text, confidence="7"))
    assert values(reported) == [Decimal("1171.5")]


def test_a_milestone_asks_yes_or_no_and_stages_which_one(visit, member, reported, url):
    milestone = KeyResultFactory(
        objective=reported.objective, kind="milestone", unit="", baseline=None, target=None
    )
    stages = KeyResultFactory(
        objective=reported.objective, kind="stages", unit="", baseline=None, target=None,
        stage_commit="One country", stage_target="Three countries", stage_stretch="All of them",
    )  # fmt: skip
    page = visit(member).get(url)
    assertContains(page, "Is it reached?")
    assertContains(page, "Three countries")

    answers = of(milestone, value="1", confidence="9") | of(stages, value="0.3", confidence="5")
    visit(member).send(url, typed(reported) | answers)
    assert (values(milestone), values(stages)) == ([Decimal(1)], [Decimal("0.3")])


# -- who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
        ("observer", False), ("administrator", False),
    ],
)  # fmt: skip
def test_only_the_team_checks_in(request, visit, reported, url, who, allowed):
    visitor = visit(request.getfixturevalue(who))
    assert (visitor.get(url).status_code == 200) is allowed
    response = visitor.send(url, typed(reported, **GIVEN))
    assert CheckIn.objects.submitted().exists() is allowed
    assert Measurement.objects.exists() is allowed
    if not allowed:
        assertContains(response, "Only Checkout can do this", status_code=403)


@pytest.mark.parametrize("state", ["nothing", "draft"])
def test_others_learn_nothing_of_a_draft(visit, observer, member, reported, url, draft_url, state):
    if state == "draft":
        visit(member).post(draft_url, typed(reported, in_the_way="The audit."))
    page = visit(observer).get(url)
    assertContains(page, "Only Checkout can do this", status_code=403)
    assertNotContains(page, "The audit.", status_code=403)


def test_whoever_was_removed_meanwhile_is_refused_under_the_lock(reported, member):
    assert reported.team.pk in member.standing.works_in  # asked before the removal
    TeamGrant.objects.filter(user=member).delete()
    with pytest.raises(PermissionDenied):
        make_sent(reported, member)
    assert not CheckIn.objects.exists()


# -- twice, and two at once --------------------------------------------------------------------


def test_the_same_form_sent_twice_counts_once(visit, member, reported, url):
    visitor = visit(member)
    body = typed(reported, **GIVEN) | {"once": visitor.new_key(url)}
    first, second = visitor.post(url, body), visitor.post(url, body)
    assert first["Location"] == second["Location"]
    assert CheckIn.objects.get(week=WEEK).revision == 1
    assert reported.measurements.count() == 1


def test_the_second_of_two_senders_is_shown_what_the_first_sent(
    visit, member, leader, reported, url
):
    visit(leader).send(url, typed(reported, value="56.8", confidence="6"))
    response = visit(member).send(url, typed(reported, **GIVEN))

    assertContains(response, "Ines Kaya sent this check-in at 13:00.", status_code=409)
    assertContains(response, 'value="56.4"', status_code=409)
    assertContains(response, "Ines Kaya changed this at 13:00.", status_code=409)
    assertContains(response, "Theirs: 56.8", status_code=409)
    assert values(reported) == [Decimal("56.8")]


def test_after_looking_at_both_the_second_sends_anew(visit, member, leader, reported, url):
    visit(leader).send(url, typed(reported, value="56.8", confidence="6"))
    theirs = {"value": "56.8", "confidence": "6", "sentence": ""}
    visit(member).send(url, typed(reported, version=2, seen=theirs, **GIVEN))
    assert values(reported) == [Decimal("56.4")]


def test_nobody_sends_a_colleague_s_newer_words_unseen(
    visit, member, leader, reported, url, draft_url
):
    visit(leader).post(draft_url, typed(reported, in_the_way="The audit."))
    response = visit(member).send(url, typed(reported, **GIVEN, in_the_way=""))

    assertContains(
        response, "Ines Kaya changed this draft while you were writing.", status_code=409
    )
    assertContains(response, "The audit.", status_code=409)
    assertContains(response, GIVEN["sentence"], status_code=409)
    assert not CheckIn.objects.submitted().exists()


# -- anew --------------------------------------------------------------------------------------


def test_another_number_corrects_the_first_one(visit, member, reported, url):
    make_sent(reported, member, now=at(date(2026, 11, 18)), value="56.0")
    page = visit(member).get(url)
    assertContains(page, 'value="56"')
    visit(member).send(url, typed(reported, version=2, **GIVEN))

    old, new = reported.measurements.order_by("pk")
    assert (new.supersedes, new.day, new.value) == (old, date(2026, 11, 18), Decimal("56.4"))
    assert new.reason == "The check-in was changed after it was sent."
    check_in = CheckIn.objects.get(week=WEEK)
    assert (check_in.revision, check_in.key_results.count()) == (2, 2)
    assert KeyResultReport.objects.current().get().measurement == new


def test_the_same_number_is_not_measured_again(visit, member, reported, url):
    make_sent(reported, member, value="56.4", confidence=7)
    visit(member).send(url, typed(reported, version=2, value="56.4", confidence="5"))
    assert reported.measurements.count() == 1
    assert KeyResultReport.objects.current().get().confidence == 5


def test_a_number_that_was_sent_is_not_taken_back(visit, member, reported, url):
    make_sent(reported, member)
    response = visit(member).send(url, typed(reported, version=2, value="", confidence="7"))
    assertContains(response, "It can be corrected, not taken back.", status_code=422)
    assert CheckIn.objects.get(week=WEEK).revision == 1


def test_whether_it_came_in_time_is_decided_by_the_first_sending(reported, member):
    first = make_sent(reported, member, now=at(date(2026, 11, 18)))
    again = make_sent(reported, member, now=at(date(2026, 11, 22)), confidence=5)
    assert again.first_submitted_at == first.submitted_at < again.submitted_at


# -- weeks -------------------------------------------------------------------------------------


def test_after_its_week_a_check_in_stands_as_it_was_sent(visit, member, reported):
    check_in = make_sent(reported, member, week=LAST_WEEK)
    url = check_in.get_absolute_url()
    page = visit(member).get(url)
    assertContains(page, "56.4%")
    assertNotContains(page, "Send anew")
    response = visit(member).send(url, typed(reported, version=2, value="50", confidence="7"))
    assertContains(response, "This week is over", status_code=422)
    assert values(reported) == [Decimal("56.4")]


def test_a_missing_week_can_be_sent_late_with_the_day_it_was_due(visit, member, reported):
    url = reverse("checkins:check_in", args=[reported.team.slug, LAST_WEEK])
    visit(member).send(url, typed(reported, **GIVEN))
    assert reported.measurements.get().day == date(2026, 11, 13)


def test_a_number_is_never_dated_after_the_cycle(reported, member, cycle):
    Cycle.objects.update(ends=date(2026, 11, 19))
    cycle.refresh_from_db()
    reported.objective.cycle = cycle
    make_sent(reported, member, now=NOW)
    assert reported.measurements.get().day == date(2026, 11, 19)


@pytest.mark.parametrize(
    "week",
    ["2026-w48", "2026-w40", "2026-w60", "2026-w4", "2026-11-16", "0000-w01", "soon"],
)
def test_other_weeks_do_not_exist(visit, member, reported, week):
    page = visit(member).get(f"/teams/checkout/check-in/{week}/")
    assert page.status_code == 404


def test_a_week_that_has_not_begun_cannot_be_sent(reported, member):
    with pytest.raises(ValidationError, match="has not begun"):
        make_sent(reported, member, week=WEEK + timedelta(weeks=1), now=NOW)


def test_a_closed_cycle_is_read_only(visit, member, reported, url, cycle):
    bring(Cycle.objects.get(), Cycle.State.CLOSED)
    page = visit(member).get(url)
    assertContains(page, "Checkout sent no check-in for this week.")
    response = visit(member).send(url, typed(reported, **GIVEN))
    assertContains(response, "is closed. It can be read, not changed.", status_code=422)
    assert not CheckIn.objects.exists()


def test_the_short_address_leads_to_this_week(visit, member, reported, url):
    response = visit(member).get(reverse("checkins:now", args=[reported.team.slug]))
    assertRedirects(response, url)


def test_a_team_without_key_results_reports_in_words(visit, leader, leader_above, team, cycle, url):
    assertContains(visit(leader).get(url), "reports no key result in this cycle")
    body = {"version": "1", "seen": "{}", "in_the_way": "We wait for a goal."}
    visit(leader).send(url, body)
    assert CheckIn.objects.submitted().get().in_the_way == "We wait for a goal."


def test_who_has_nobody_to_ask_can_still_report(visit, leader, cycle, key_result, url):
    page = visit(leader).get(url)
    assertContains(page, "there is no one to ask for help yet")
    visit(leader).send(url, typed(key_result, **GIVEN))
    assert CheckIn.objects.submitted().exists()


def test_forty_key_results(visit, member, reported, url):
    many = [reported] + [
        KeyResultFactory(objective=reported.objective, position=n) for n in range(39)
    ]
    assertContains(visit(member).get(url), "How sure are you that we reach it?", count=40)
    body = typed(reported)
    for key_result in many:
        body |= of(key_result, value="57", confidence="5")
    visit(member).send(url, body)
    assert KeyResultReport.objects.count() == Measurement.objects.count() == 40


def test_what_another_team_reports_is_refused(reported, member, other_team):
    stranger = KeyResultFactory(objective=reported.objective, team=other_team, title="Parcels")
    with pytest.raises(ValidationError, match="Checkout no longer reports “Parcels”"):
        actions.submit(
            team=reported.team, week=WEEK, cycle=reported.objective.cycle, by=member, now=NOW,
            key_results={stranger: Said(Decimal(1), 5)},
        )  # fmt: skip
    assert not CheckIn.objects.exists()
