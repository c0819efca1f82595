"""The door: closed to strangers, and the same words for everyone it does not know."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.organisation import actions
from apps.organisation.models import User
from tests.factories import NOW, UserFactory
from tests.notices.making import deliver

pytestmark = pytest.mark.django_db

PASSWORD = "nine wooden herons"
SIGN_IN = "/sign-in/"
NOT_RIGHT = "The address or the password is not right."


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def ines(organisation, team) -> User:
    return UserFactory(
        name="Ines Kaya", email="ines@example.org", password=make_password(PASSWORD), leads=team
    )


@pytest.fixture
def browser(organisation) -> Client:
    return Client()


def sign_in(browser: Client, email: str = "ines@example.org", password: str = PASSWORD, **extra):
    return browser.post(SIGN_IN, {"login": email, "password": password, **extra})


def is_signed_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def test_the_address_counts_in_any_spelling(browser, ines):
    assertRedirects(sign_in(browser, "Ines@Example.ORG"), "/", fetch_redirect_response=False)
    assert is_signed_in(browser)


def test_an_address_is_kept_in_one_spelling(organisation):
    assert User.objects.create_user("Ines.Kaya@Example.org", name="Ines").email == (
        "ines.kaya@example.org"
    )


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ines@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("gone@example.org", PASSWORD),
    ],
)  # fmt: skip
def test_wrong_password_unknown_and_closed_hear_the_same(browser, ines, email, password):
    UserFactory(email="gone@example.org", password=make_password(PASSWORD), is_active=False)
    response = sign_in(browser, email, password)
    assertContains(response, NOT_RIGHT, status_code=422)
    assertContains(response, f'value="{email}"', status_code=422)
    assert password not in response.content.decode()
    assert not is_signed_in(browser)


@pytest.mark.parametrize("email", ["ines@example.org", "nobody@example.org", "new@example.org"])
def test_each_attempt_costs_one_hash(browser, ines, email, monkeypatch):
    """So the time an answer takes does not tell who is here, or who has no password yet."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    User.objects.create_user("new@example.org", name="New")
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k)
    )
    sign_in(browser, email, "wrong")
    assert len(hashed) == 1


def test_after_five_failures_the_account_waits_and_says_so(browser, ines):
    for _ in range(5):
        assert sign_in(browser, password="wrong").status_code == 422
    response = sign_in(browser)  # the right one, too
    assertContains(response, "Too many failed attempts", status_code=429)
    assert not is_signed_in(browser)


def test_ten_failures_from_one_place_make_it_wait_whatever_the_names(browser, ines):
    for n in range(10):
        browser.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{n}"  # what anyone can claim
        assert sign_in(browser, f"person{n}@example.org").status_code == 422
    assert sign_in(browser).status_code == 429


def test_thirty_sign_ins_a_minute_from_one_place_are_enough(browser, ines):
    for _ in range(30):
        browser.post(SIGN_IN, {"login": "", "password": ""})
    assertContains(sign_in(browser), "Too many attempts", status_code=429)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", r"/\evil.example", "javascript:alert(1)",
     "https:evil.example", "http:///evil.example"],
)  # fmt: skip
def test_signing_in_never_leads_off_this_site(browser, ines, elsewhere):
    for response in [
        browser.post(f"{SIGN_IN}?next={elsewhere}", {"login": ines.email, "password": PASSWORD}),
        sign_in(browser, next=elsewhere),
    ]:
        assertRedirects(response, "/", fetch_redirect_response=False)
        browser.logout()


def test_signing_in_leads_on_to_the_page_one_wanted(browser, ines):
    to_sign_in = browser.get("/people/?team=checkout")
    assertRedirects(to_sign_in, f"{SIGN_IN}?next=/people/%3Fteam%3Dcheckout")
    response = browser.post(to_sign_in["Location"], {"login": ines.email, "password": PASSWORD})
    assertRedirects(response, "/people/?team=checkout")


def test_nobody_signs_up(browser):
    for name in ["account_signup", "account_email", "account_inactive", "account_set_password"]:
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ["/sign-up/", "/signup/", "/accounts/signup/", "/admin/", "/accounts/email/"]:
        assert browser.get(path).status_code == 404


def test_asking_for_json_gets_the_page(browser, ines):
    response = browser.get(SIGN_IN, headers={"Accept": "application/json"})
    assert response["Content-Type"].startswith("text/html")


def test_the_session_gets_a_new_key_and_a_careful_cookie(browser, ines, settings):
    browser.get(SIGN_IN)
    browser.session["before"] = True
    browser.session.save()
    before = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    response = sign_in(browser)
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert before is None or before.value != cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_needs_a_post_and_ends_the_session(browser, ines, settings):
    sign_in(browser)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get("/sign-out/").status_code == 200
    assert is_signed_in(browser)
    browser.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert not is_signed_in(browser)


def test_deactivation_ends_the_session_for_good(browser, ines, administrator, settings):
    sign_in(browser)
    assert is_signed_in(browser)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    actions.deactivate_person(ines, by=administrator, now=NOW)
    assert not is_signed_in(browser)
    assert not Session.objects.filter(session_key=key).exists()
    User.objects.update(is_active=True)  # even if the account should reopen
    assert not is_signed_in(browser)
    assert sign_in(browser).status_code == 422


def test_a_changed_password_ends_the_other_sessions(browser, ines, settings):
    # Django reads a session once more to delete it, which is not once a row.
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
    sign_in(browser)
    elsewhere = Client()
    sign_in(elsewhere)
    new = "ten wooden herons"
    response = browser.post(
        "/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assertRedirects(response, "/profile/")
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere)
    assert sign_in(elsewhere, password=new).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", "ten wooden herons", "ten wooden herons", "not your present password"),
        (PASSWORD, "ten wooden herons", "eleven wooden herons", "same password"),
        (PASSWORD, "short", "short", "too short"),
        (PASSWORD, "ines@example.org", "ines@example.org", "too similar"),
        (PASSWORD, "a\x00bcdefghijk", "a\x00bcdefghijk", "Null"),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(browser, ines, old, new, again, says):
    sign_in(browser)
    response = browser.post(
        "/password/change/", {"oldpassword": old, "password1": new, "password2": again}
    )
    assertContains(response, says, status_code=422)
    assert f'value="{new}"' not in response.content.decode()
    ines.refresh_from_db()
    assert ines.check_password(PASSWORD)


def ask_for_password(browser: Client, email: str):
    answer = browser.post("/password/forgotten/", {"email": email}, follow=True)
    deliver()
    return answer


def test_a_forgotten_password_is_replaced_by_mail(browser, ines):
    ask_for_password(browser, "Ines@example.org")
    [message] = mail.outbox
    assert message.to == ["ines@example.org"]
    [link] = re.findall(r"http://127.0.0.1:8000(/password/new/\S+)", message.body)

    form = browser.get(link, follow=True)
    assert "ines" not in form.redirect_chain[-1][0]
    here = form.redirect_chain[-1][0]
    short = browser.post(here, {"password1": "short", "password2": "short"})
    assertContains(short, "too short", status_code=422)
    new = "ten wooden herons"
    browser.post(here, {"password1": new, "password2": new})
    assert sign_in(browser, password=new).status_code == 302

    assertContains(Client().get(link), "This link no longer counts")


def test_the_link_dies_with_the_account(browser, ines, administrator):
    ask_for_password(browser, ines.email)
    [link] = re.findall(r"http://127.0.0.1:8000(/password/new/\S+)", mail.outbox[0].body)
    actions.deactivate_person(ines, by=administrator, now=NOW)
    assertContains(browser.get(link), "This link no longer counts")


def test_asking_for_an_unknown_address_says_the_same_and_sends_as_many_mails(browser, ines):
    UserFactory(email="gone@example.org", is_active=False)
    answers = {
        ask_for_password(browser, email).content
        for email in ["ines@example.org", "nobody@example.org", "gone@example.org"]
    }
    assert len(answers) == 1
    assert len(mail.outbox) == 3
    assert "no account has it" in mail.outbox[1].body
    assert "no account has it" in mail.outbox[2].body


def test_nobody_is_flooded_with_mails(browser, ines):
    for email in ["ines@example.org", "nobody@example.org"]:
        statuses = [ask_for_password(browser, email).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


def test_the_mail_speaks_the_language_of_its_reader(browser, ines, settings):
    User.objects.filter(pk=ines.pk).update(language="de")
    ask_for_password(browser, ines.email)
    assert "/password/new/" in mail.outbox[0].body


def test_no_second_list_of_addresses_grows(browser, ines):
    from allauth.account.models import EmailAddress

    ask_for_password(browser, ines.email)
    sign_in(browser)
    assert not EmailAddress.objects.exists()


def test_whoever_was_signed_out_while_typing_gets_the_words_back(browser, ines):
    hidden = {"once": "x", "seen": "{}"}
    response = browser.post("/profile/", {"name": "A new name", "password": "secret", **hidden})
    assertContains(response, "A new name", status_code=403)
    assertContains(response, f"{SIGN_IN}?next=/profile/", status_code=403)
    assert b"secret" not in response.content
    assert b"{}" not in response.content


def test_a_form_without_its_token_is_refused_and_gives_the_words_back(ines):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ines)
    response = browser.post("/profile/", {"name": "A new name"})
    assertContains(response, "A new name", status_code=403)


def test_an_ended_session_reloads_the_page_under_htmx(browser, ines):
    response = browser.get("/people/", headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    assert b"<form" not in response.content


def test_health_is_asked_without_a_session_or_a_known_host(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/healthz", headers={"Host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok")
    assert not response.cookies
