"""One click in a mail stops its kind (RFC 8058); a page turns kinds on again."""

import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.notices.models import StoppedTopic, Topic
from apps.notices.stopping import SALT, link_to_stop
from apps.organisation.models import OutboxMessage, User
from tests.checkins.making import make_asked
from tests.factories import NOW
from tests.notices.making import deliver

pytestmark = pytest.mark.django_db

URL = reverse("notices:choose_mails")


@pytest.fixture
def mail(team, member, leader):
    make_asked(team, member, leader)
    [mail] = deliver()
    return mail


def link_in(mail) -> str:
    [link] = re.findall(r"<http://127.0.0.1:8000(/\S+)>", mail.extra_headers["List-Unsubscribe"])
    return link


def test_a_mail_program_stops_it_with_one_post_and_no_session(mail, leader, team, member):
    """Without a cookie, a token or a redirect."""
    program = Client(enforce_csrf_checks=True)
    response = program.post(link_in(mail), {"List-Unsubscribe": "One-Click"})
    assertContains(response, "You get no more of these mails")
    assert StoppedTopic.objects.get().topic == Topic.ASKED
    assert StoppedTopic.objects.get().person == leader
    make_asked(team, member, leader, text="Another wish.")
    assert deliver() == []
    assert OutboxMessage.objects.latest("pk").dropped_because == "stopped"


def test_it_stops_this_kind_and_no_other(mail, leader, visit):
    Client().post(link_in(mail))
    visit(None).post("/password/forgotten/", {"email": leader.email})
    [other] = deliver()
    assert other.subject == "Set a new password"
    assert "List-Unsubscribe" not in other.extra_headers


def test_looking_changes_nothing_and_offers_a_button(mail):
    for method in ("get", "head", "options"):
        response = getattr(Client(), method)(link_in(mail))
        assert response.status_code in {200, 405}
    assert not StoppedTopic.objects.exists()
    page = Client().get(link_in(mail))
    assertContains(page, "When somebody asks you for something")
    assertContains(page, 'method="post"')


def test_twice_is_once(mail):
    for _n in range(2):
        assert Client().post(link_in(mail)).status_code == 200
    assert StoppedTopic.objects.count() == 1


@pytest.mark.parametrize(
    "word",
    [
        "1-asked", "1-asked:x", "x", "0", "..%2f",
        signing.Signer(salt="another").sign("1-asked"),
        signing.Signer(salt=SALT).sign("1-everything"),
        signing.Signer(salt=SALT).sign("x-asked"),
        signing.Signer(salt=SALT).sign("999999999999-asked"),
    ],
)  # fmt: skip
def test_what_nobody_signed_is_not_there(organisation, word):
    for method in ("get", "post"):
        response = getattr(Client(), method)(f"/mails/stop/{word}/")
        assert response.status_code == 404
    assert not StoppedTopic.objects.exists()


def test_a_link_for_one_person_stops_nothing_of_another(mail, leader, member):
    signed = link_in(mail)
    theirs = signed.replace(f"/{leader.pk}-", f"/{member.pk}-")
    assert Client().post(theirs).status_code == 404


def test_it_speaks_the_language_of_the_person(organisation, member):
    User.objects.filter(pk=member.pk).update(language="de")
    response = Client().get(link_to_stop(member, Topic.DIGEST))
    assertContains(response, '<html lang="de">')


def test_the_page_turns_kinds_off_and_on_again(visit, member):
    visitor = visit(member)
    page = visitor.get(URL)
    assertContains(page, "checked", count=len(Topic))
    assertContains(visitor.get("/profile/"), URL)
    typed = {"version": "1", "topics": ["reminder", "told"]}
    assertRedirects(visitor.send(URL, typed), URL)
    off = set(StoppedTopic.objects.filter(person=member).values_list("topic", flat=True))
    assert off == {"digest", "due", "asked", "answered"}
    assertContains(visitor.get(URL), "checked", count=2)
    assertRedirects(visitor.send(URL, {"version": "2", "topics": list(Topic.values)}), URL)
    assert not StoppedTopic.objects.exists()


def test_a_click_in_a_mail_meanwhile_is_not_undone_by_a_page_that_was_open(visit, member):
    visitor = visit(member)
    visitor.get(URL)
    Client().post(link_to_stop(member, Topic.DIGEST))
    response = visitor.send(URL, {"version": "1", "topics": list(Topic.values)})
    assertContains(response, "Someone changed this", status_code=409)
    assert StoppedTopic.objects.filter(person=member, topic=Topic.DIGEST).exists()


def test_nonsense_is_refused_with_the_choice_kept(visit, member):
    response = visit(member).send(URL, {"version": "1", "topics": ["everything"]})
    assert response.status_code == 422
    assert not StoppedTopic.objects.exists()


def test_choosing_changes_ones_own_and_no_others(visit, member, leader):
    visit(member).send(URL, {"version": "1", "topics": []})
    assert {row.person for row in StoppedTopic.objects.all()} == {member}
    assert StoppedTopic.objects.first().stopped_at == NOW


def test_the_choice_of_one_is_not_told_to_others(visit, member, leader):
    visit(member).send(URL, {"version": "1", "topics": []})
    assertNotContains(visit(leader).get(URL), member.email)
