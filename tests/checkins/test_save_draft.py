import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins import actions
from apps.checkins.drafts import Typed
from apps.checkins.models import CheckIn
from apps.objectives.models import Measurement
from tests.checkins.making import LAST_WEEK, WEEK, make_sent, of, typed
from tests.factories import NOW, KeyResultFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


def seen_in(response):
    """What the answer tells the page to remember."""
    found = re.search(r'id="id_seen" value="([^"]*)" hx-swap-oob', response.content.decode())
    return json.loads(found[1].replace("&quot;", '"'))


def autosave(visitor, url, body):
    """As htmx does, without a one-time key."""
    return visitor.post(url, body, headers={"HX-Request": "true"})


def test_what_is_typed_is_saved_and_only_the_status_comes_back(
    visit, member, reported, draft_url, url
):
    visitor = visit(member)
    response = autosave(visitor, draft_url, typed(reported, value="56,4", in_the_way="Holidays"))

    assertContains(response, "Draft saved at 13:00.")
    assertContains(response, "“56,4” read as 56.4%.")
    assertNotContains(response, "<form")
    assert seen_in(response)["in_the_way"] == "Holidays"
    check_in = CheckIn.objects.get(team=reported.team, week=WEEK)
    assert (check_in.is_sent, check_in.saved_by, check_in.version) == (False, member, 1)
    page = visitor.get(url)
    assertContains(page, "Holidays")
    assertContains(page, 'value="56.4"')


def test_without_htmx_one_lands_back_on_the_form(visit, member, reported, draft_url, url):
    response = visit(member).post(draft_url, typed(reported, in_the_way="Holidays"))
    assertRedirects(response, url)


def test_a_draft_may_hold_what_cannot_be_sent(visit, member, reported, draft_url, url):
    visitor = visit(member)
    response = autosave(visitor, draft_url, typed(reported, value="about 56"))
    assertContains(response, "Draft saved")
    assertContains(visitor.get(url), 'value="about 56"')


def test_a_draft_measures_nothing(visit, member, reported, draft_url):
    autosave(visit(member), draft_url, typed(reported, value="56.4", confidence="7"))
    assert not Measurement.objects.exists()


def test_the_same_draft_twice_is_the_same_draft(visit, member, reported, draft_url):
    visitor = visit(member)
    for _time in range(2):
        autosave(visitor, draft_url, typed(reported, value="56.4"))
    assert CheckIn.objects.get().draft_fields[f"value-{reported.pk}"] == "56.4"


def test_the_team_shares_its_draft(visit, member, leader, reported, draft_url, url):
    autosave(visit(member), draft_url, typed(reported, in_the_way="Holidays"))
    page = visit(leader).get(url)
    assertContains(page, "Holidays")
    assertContains(page, "Draft saved at 13:00 by Tom Richter.")


def test_one_draft_in_two_notations(visit, member, leader, reported, draft_url, url):
    leader.language = "de"
    leader.save()
    autosave(visit(leader), draft_url, typed(reported, value="56,4"))
    assertContains(visit(member).get(url), 'value="56.4"')
    assertContains(visit(leader).get(url), 'value="56,4"')


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"in_the_way": "a\x00b"}, "“What is in the way?” holds a character"),
        ({"in_the_way": "x" * 20_001}, "“What is in the way?” is too long"),
        ({"seen": "no json"}, "This page is out of order."),
        ({"seen": "9" * 10_000}, "This page is out of order."),
        ({"seen": "[" * 100_000}, "This page is out of order."),
        ({"seen": "[1]"}, "This page is out of order."),
        ({"seen": '{"in_the_way": 1}'}, "This page is out of order."),
        ({"version": "x"}, "This page is out of order."),
        ({"version": ""}, "This page is out of order."),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_cannot_even_be_saved_is_said(
    visit, member, reported, draft_url, given, sentence, htmx
):
    headers = {"HX-Request": "true"} if htmx else {}
    body = typed(reported, sentence="Kept") | given
    response = visit(member).post(draft_url, body, headers=headers)
    assertContains(response, escape(sentence), status_code=422)
    if not htmx:
        assertContains(response, "Kept", status_code=422)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("leader", True), ("leader_above", False), ("neighbour", False),
     ("observer", False), ("administrator", False)],
)  # fmt: skip
def test_only_the_team_writes_its_draft(request, visit, reported, draft_url, who, allowed):
    response = visit(request.getfixturevalue(who)).post(draft_url, typed(reported, value="1"))
    assert (response.status_code == 302) is allowed
    assert CheckIn.objects.exists() is allowed


def test_the_draft_cannot_be_fetched(visit, member, reported, draft_url):
    assert visit(member).get(draft_url).status_code == 405


def test_what_a_page_claims_to_have_seen_is_never_stored(visit, member, reported, draft_url):
    body = typed(reported, in_the_way="Audit") | {"seen": '{"other": "a\\u0000b"}'}
    autosave(visit(member), draft_url, body)
    assert "other" not in CheckIn.objects.get().draft_fields


# -- two at once -------------------------------------------------------------------------------


def test_two_who_write_in_different_fields_both_keep_their_words(
    visit, member, leader, reported, draft_url
):
    autosave(visit(leader), draft_url, typed(reported, in_the_way="Audit"))
    response = autosave(visit(member), draft_url, typed(reported, value="56.4"))
    assertContains(response, "Draft saved")
    draft = CheckIn.objects.get().draft_fields
    assert (draft["in_the_way"], draft[f"value-{reported.pk}"]) == ("Audit", "56.4")


def test_two_who_write_in_one_field_are_shown_both(visit, member, leader, reported, draft_url):
    autosave(visit(leader), draft_url, typed(reported, value="56.8"))
    response = autosave(visit(member), draft_url, typed(reported, value="56.4"))

    assertContains(response, "Not saved: a colleague wrote here too.", status_code=409)
    assertContains(response, "Checkout conversion rate: This week.", status_code=409)
    assertContains(response, "Ines Kaya changed this at 13:00.", status_code=409)
    assertContains(response, "Yours: 56.4", status_code=409)
    assertContains(response, "Theirs: 56.8", status_code=409)
    assertNotContains(response, "hx-swap-oob", status_code=409)
    assert CheckIn.objects.get().draft_fields[f"value-{reported.pk}"] == "56.8"


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(
    visit, member, reported, draft_url, url
):
    visitor = visit(member)
    autosave(visitor, draft_url, typed(reported, sentence="Hel"))
    autosave(visitor, draft_url, typed(reported, sentence="Hello"))  # has not seen the first
    assert CheckIn.objects.get().draft_fields[f"sentence-{reported.pk}"] == "Hello"
    visitor.send(url, typed(reported, sentence="Hello."))
    assert CheckIn.objects.get().is_sent


def chosen(key_result, which, theirs, name="value"):
    """What the two radios at a field send, with the text that stood beside them."""
    field = f"{name}-{key_result.pk}"
    return {f"keep-{field}": which, f"theirs-{field}": theirs}


@pytest.mark.parametrize(("keep", "kept"), [("mine", "56.4"), ("theirs", "56.8")])
def test_the_second_chooses_which_to_keep(
    visit, member, leader, reported, draft_url, url, keep, kept
):
    autosave(visit(leader), draft_url, typed(reported, value="56.8", in_the_way="Audit"))
    visitor = visit(member)
    body = typed(reported, value="56.4") | chosen(reported, keep, "56.8")
    assertRedirects(visitor.post(draft_url, body), url)
    page = visitor.get(url)
    assertContains(page, f'value="{kept}"')
    assertContains(page, "Audit")


def test_one_chooses_field_by_field(visit, member, leader, reported, draft_url, url):
    theirs = {"value": "56.8", "sentence": "Theirs."}
    autosave(visit(leader), draft_url, typed(reported, **theirs))
    visitor = visit(member)
    body = typed(reported, value="56.4", sentence="Mine.")
    body |= chosen(reported, "theirs", "56.8") | chosen(reported, "mine", "Theirs.", "sentence")
    visitor.post(draft_url, body)
    draft = CheckIn.objects.get().draft_fields
    assert (draft[f"value-{reported.pk}"], draft[f"sentence-{reported.pk}"]) == ("56.8", "Mine.")


def test_until_something_is_chosen_nothing_is_lost(visit, member, leader, reported, draft_url, url):
    autosave(visit(leader), draft_url, typed(reported, value="56.8"))
    visitor = visit(member)
    for send in (visitor.post, visitor.send):
        address = draft_url if send == visitor.post else url
        response = send(address, typed(reported, value="56.4", confidence="7"))
        assertContains(response, "Theirs: 56.8", status_code=409)
        assertContains(response, 'value="56.4"', status_code=409)
    assert CheckIn.objects.get().draft_fields[f"value-{reported.pk}"] == "56.8"


def test_what_changed_again_since_is_asked_again(visit, member, leader, reported, draft_url):
    autosave(visit(leader), draft_url, typed(reported, value="57"))
    body = typed(reported, value="56.4") | chosen(reported, "mine", "56.8")
    assertContains(visit(member).post(draft_url, body), "Theirs: 57", status_code=409)


def test_a_choice_is_named_by_its_words(visit, member, leader, reported, draft_url):
    bet = make_active(reported.team, member, reported)
    autosave(visit(leader), draft_url, typed(reported) | {f"move-{bet.pk}": "kill"})
    body = typed(reported) | {f"move-{bet.pk}": "pause"}
    response = autosave(visit(member), draft_url, body)
    assertContains(response, "Yours: Pause", status_code=409)
    assertContains(response, "Theirs: Kill", status_code=409)


def test_who_touches_no_initiative_is_in_nobody_s_way(visit, member, leader, reported, draft_url):
    bet = make_active(reported.team, member, reported)
    autosave(visit(leader), draft_url, typed(reported) | {f"move-{bet.pk}": "kill"})
    body = typed(reported, in_the_way="Audit") | {f"move-{bet.pk}": ""}
    assertContains(autosave(visit(member), draft_url, body), "Draft saved")
    assert CheckIn.objects.get().draft_fields[f"move-{bet.pk}"] == "kill"


def test_without_htmx_both_stand_on_the_page(visit, member, leader, reported, draft_url):
    visit(leader).post(draft_url, typed(reported, value="56.8", in_the_way="Audit"))
    response = visit(member).post(draft_url, typed(reported, value="56.4"))
    assertContains(response, 'value="56.4"', status_code=409)
    assertContains(response, "Theirs: 56.8", status_code=409)
    assertContains(response, "Audit", status_code=409)


def test_a_draft_of_a_page_drawn_before_the_sending_is_refused(
    visit, member, leader, reported, draft_url
):
    make_sent(reported, leader)
    response = autosave(visit(member), draft_url, typed(reported, value="50"))
    assertContains(response, "Ines Kaya sent this check-in at 13:00.", status_code=409)
    assert CheckIn.objects.get().draft == {}


# -- around it ---------------------------------------------------------------------------------


def test_what_was_sent_is_read_by_others_until_the_new_draft_is_sent(
    visit, member, observer, reported, draft_url, url
):
    make_sent(reported, member, sentence="As sent.")
    body = typed(reported, version=2, seen={"sentence": "As sent."}, sentence="Better words.")
    autosave(visit(member), draft_url, body)
    assertContains(visit(member).get(url), "Better words.")
    page = visit(observer).get(url)
    assertContains(page, "As sent.")
    assertNotContains(page, "Better words.")


def test_a_way_to_move_an_initiative_saves_the_draft_first(visit, member, reported, draft_url):
    bet = make_active(reported.team, member, reported)
    body = typed(reported, in_the_way="Holidays", then=f"kill-{bet.pk}")
    response = visit(member).post(draft_url, body)
    assert response["Location"] == reverse("initiatives:kill", args=[bet.pk])
    assert CheckIn.objects.get().draft_fields["in_the_way"] == "Holidays"


def test_nothing_new_repeats_confidence_and_means_and_no_number(
    visit, member, reported, draft_url, url
):
    make_sent(reported, member, week=LAST_WEEK, value="56", confidence=8)
    bet = make_active(reported.team, member, reported)
    visitor = visit(member)
    assertContains(visitor.get(url), "Nothing new")
    body = typed(reported, nothing_new="1", in_the_way="Audit") | {f"move-{bet.pk}": "kill"}
    assertRedirects(visitor.post(draft_url, body), url, fetch_redirect_response=False)
    draft = CheckIn.objects.get(week=WEEK).draft_fields
    assert draft[f"confidence-{reported.pk}"] == "8"
    assert (draft[f"value-{reported.pk}"], draft[f"move-{bet.pk}"]) == ("", "")
    assert draft["in_the_way"] == "Audit"
    assertContains(visitor.get(url), "Numbers stay empty: add what you know.")


def test_nothing_new_leaves_what_one_has_said_already(visit, member, reported, draft_url):
    make_sent(reported, member, week=LAST_WEEK, confidence=8)
    visit(member).post(draft_url, typed(reported, nothing_new="1", value="57", confidence="3"))
    draft = CheckIn.objects.get(week=WEEK).draft_fields
    assert draft[f"confidence-{reported.pk}"] == "3"
    assert draft[f"value-{reported.pk}"] == "57"


def test_another_pace_is_asked_about_and_not_forced(visit, member, reported, draft_url):
    make_sent(reported, member, week=LAST_WEEK, value="58")
    asked = "It went from “On pace” to “Far behind”. What happened?"
    assertContains(autosave(visit(member), draft_url, typed(reported, value="52")), asked)


def test_the_same_pace_is_not_asked_about(visit, member, reported, draft_url):
    make_sent(reported, member, week=LAST_WEEK, value="58")
    response = autosave(visit(member), draft_url, typed(reported, value="58.6", confidence="7"))
    assertNotContains(response, "What happened?")


@pytest.mark.parametrize("then", ["", "kill", "burn-1", "kill-x", "//elsewhere.example"])
def test_it_leads_nowhere_else(visit, member, reported, draft_url, url, then):
    response = visit(member).post(draft_url, typed(reported, then=then))
    assertRedirects(response, url)


def test_less_confidence_is_asked_about_and_not_forced(visit, member, reported, draft_url, url):
    make_sent(reported, member, week=LAST_WEEK, confidence=8)
    asked = "Confidence went from high to low. What happened?"
    response = autosave(visit(member), draft_url, typed(reported, confidence="3"))
    assertContains(response, asked)
    assertContains(visit(member).get(url), asked)
    visit(member).send(url, typed(reported, confidence="3"))
    assert CheckIn.objects.get(week=WEEK).is_sent


def test_a_week_that_is_over_keeps_its_words(reported, member, cycle):
    make_sent(reported, member, week=LAST_WEEK)
    with pytest.raises(ValidationError, match="This week is over"):
        actions.save_draft(
            team=reported.team, week=LAST_WEEK, cycle=cycle, typed=Typed({"a": "1"}, {}),
            by=member, now=NOW,
        )  # fmt: skip


def test_long_words_fit_and_forty_rows_too(visit, member, reported, draft_url, url):
    text = "Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 200
    others = [KeyResultFactory(objective=reported.objective) for _n in range(39)]
    body = typed(reported, in_the_way=text)
    for key_result in others:
        body |= of(key_result, value="57", sentence=text[:500])
    assertContains(autosave(visit(member), draft_url, body), "Draft saved")
    assertContains(visit(member).get(url), 'value="57"', count=39)


def test_the_day_of_a_wish_is_kept(visit, member, leader_above, reported, draft_url, url):
    body = typed(reported, help="Codes", asked=str(leader_above.pk), by_when="2026-11-27")
    autosave(visit(member), draft_url, body)
    page = visit(member).get(url)
    assertContains(page, 'value="2026-11-27"')
    assertContains(page, f'<option value="{leader_above.pk}" selected>')
