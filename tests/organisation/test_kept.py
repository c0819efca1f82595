"""Signed out while typing: nothing typed is lost, nothing is carried out by itself, and nobody
else finds it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.checkins.models import CheckIn, HelpRequest, ReviewMeeting
from apps.organisation.models import OneTimeKey, User
from tests.checkins.making import WEEK, typed
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "nine wooden herons"
NOT_SENT = "This was not sent: you were signed out while you wrote it."


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def ines(team) -> User:
    return UserFactory(
        name="Ines Kaya", email="ines@example.org", password=make_password(PASSWORD), leads=team
    )


@pytest.fixture
def out(visit, ines):
    """Somebody whose session ends while a page is open: its keys are still those of the page."""
    visitor = visit(ines)
    visitor.logout()
    return visitor


@pytest.fixture
def url(team, key_result):
    return f"/teams/{team.slug}/help/ask/"


def sign_in(browser: Client, person: User, page: str):
    body = {"login": person.email, "password": PASSWORD}
    return browser.post(f"/sign-in/?next={page}", body)


def test_what_was_typed_stands_in_the_form_again_and_is_sent_by_the_person_only(
    out, ines, leader_above, url
):
    said = {"text": "The decline codes.", "asked": leader_above.pk, "by_when": "2026-11-27"}
    refused = out.send(url, said)
    assertContains(refused, "nothing is lost", status_code=403)
    assertContains(refused, f"/sign-in/?next={url}", status_code=403)
    assertContains(out.get(f"/sign-in/?next={url}"), "What you typed is kept.")
    assertRedirects(sign_in(out, ines, url), url, fetch_redirect_response=False)

    for _again in range(2):  # a reload loses nothing
        page = out.get(url)
        assertContains(page, NOT_SENT)
        assertContains(page, "The decline codes.")
        assertContains(page, 'value="2026-11-27"')
    assert not HelpRequest.objects.exists()
    assert not OneTimeKey.objects.exists()

    assert out.send(url, said).status_code == 302
    assert HelpRequest.objects.get().raised_by == ines
    assertNotContains(out.get(url), "The decline codes.")
    assertNotContains(out.get(url), NOT_SENT)


def test_a_check_in_is_kept_whole_by_whichever_button(out, ines, key_result, team):
    page = f"/teams/{team.slug}/check-in/{WEEK:%G-w%V}/"
    body = typed(key_result, value="56,4", confidence="7", sentence="It grew.")
    key = out.new_key(page)
    for where in (page, f"{page}draft/"):
        refused = out.post(where, body | {"once": key})
        assertContains(refused, f"/sign-in/?next={page}", status_code=403)
    sign_in(out, ines, page)
    form = out.get(page)
    assertContains(form, NOT_SENT)
    assertContains(form, 'value="56,4"')
    assertContains(form, "It grew.")
    assert not CheckIn.objects.exists()
    out.post(f"{page}draft/", body | {"once": key})
    assertNotContains(out.get(page), NOT_SENT)  # now it is the team's draft
    assertContains(out.get(page), "It grew.")


def test_while_it_is_typed_the_status_says_so_and_moves_no_focus(out, key_result, team):
    page = f"/teams/{team.slug}/check-in/{WEEK:%G-w%V}/"
    body = typed(key_result, sentence="It grew.") | {"once": out.new_key(page)}
    answer = out.post(
        f"{page}draft/", body, headers={"HX-Request": "true", "HX-Target": "save-status"}
    )
    assertContains(answer, "Not saved: you are signed out.", status_code=422)
    assertContains(answer, f'formaction="{page}"', status_code=422)
    assertNotContains(answer, "data-focus", status_code=422)
    assertNotContains(answer, "<html", status_code=422)


def test_whoever_else_signs_in_there_finds_nothing(out, ines, team, url):
    out.send(url, {"text": "The decline codes."})
    other = UserFactory(email="hanna@example.org", password=make_password(PASSWORD), leads=team)
    sign_in(out, other, "/profile/")
    assert "typed" not in out.session
    assertNotContains(out.get(url), "The decline codes.")
    out.logout()
    sign_in(out, ines, url)
    assertNotContains(out.get(url), "The decline codes.")


def test_it_is_kept_for_an_hour(out, ines, url):
    out.send(url, {"text": "The decline codes."})
    assert out.session.get_expiry_age() <= 3600
    sign_in(out, ines, url)
    assert out.session.get_expiry_age() > 3600  # as every session of somebody signed in
    assertContains(out.get(url), "The decline codes.")
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assertNotContains(out.get(url), "The decline codes.")


@pytest.mark.parametrize("kind", ["no key", "nonsense", "too long"])
def test_what_cannot_be_kept_is_shown_to_be_copied(out, url, kind):
    key = {"no key": "", "nonsense": "x", "too long": out.new_key(url)}[kind]
    text = "The decline codes." * (20_000 if kind == "too long" else 1)
    response = out.post(url, {"once": key, "text": text})
    assertContains(response, "Copy what you typed", status_code=403)
    assertContains(response, "The decline codes.", status_code=403)
    assert not Session.objects.exists()


def test_a_hundred_kilobytes_are_kept(out, ines, url):
    out.send(url, {"text": "x" * 100_000})
    sign_in(out, ines, url)
    assertContains(out.get(url), "x" * 100_000)


def test_no_password_and_no_key_is_kept(out, url):
    said = {"text": "Codes.", "password": "secret one", "password1": "secret two"}
    out.send(url, said | {"csrfmiddlewaretoken": "a token"})
    kept = str(out.session["typed"])
    assert "Codes." in kept
    for never in ("secret", "a token", "once"):
        assert never not in kept


def test_the_last_three_forms_are_kept(out, ines, url, team):
    for n in range(5):
        out.send(f"{url}{n}/" if n else url, {"text": f"Text {n}."})
    # Addresses that do not exist are never asked for a session: only the first one is a form.
    assert list(out.session["typed"]) == [url]
    for page in (f"/teams/{team.slug}/weeks-off/", "/profile/", f"/teams/{team.slug}/rhythm/"):
        out.send(page, {"text": "Another."})
    assert len(out.session["typed"]) == 3
    assert url not in out.session["typed"]


def test_somebody_signed_in_can_keep_nothing_in_another_name(visit, ines, leader_above, url):
    """A page that another one left open at this browser, sent without its token."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(leader_above)
    response = browser.post(url, {"once": visit(ines).new_key(url), "text": "Codes."})
    assertContains(response, "Codes.", status_code=403)
    assert "typed" not in browser.session


def test_a_page_that_was_open_across_a_sign_in_gives_back_its_words(visit, ines, url):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ines, backend="apps.organisation.sign_in.SignInBackend")
    response = browser.post(url, {"once": visit(ines).new_key(url), "text": "Codes."})
    assertContains(response, f'href="{url}"', status_code=403)
    assertContains(browser.get(url), "Codes.")


def test_a_view_that_would_act_by_itself_is_taken_back(out, ines, team, cycle, key_result):
    """Nothing typed at all, and a form of one button: it is shown, and nothing is opened."""
    page = f"/teams/{team.slug}/review/"
    out.send(page)
    sign_in(out, ines, page)
    assertContains(out.get(page), NOT_SENT)
    assert not ReviewMeeting.objects.exists()
    assert not OneTimeKey.objects.exists()
