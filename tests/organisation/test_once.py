"""A form counts once, whatever a browser, a network or an impatient person does with it."""

from threading import Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.db import connection
from django.http import HttpResponse
from pytest_django.asserts import assertContains

from apps.organisation.models import OneTimeKey, Organisation, TeamGrant, User
from apps.organisation.once import once
from tests.factories import NOW, TODAY, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team) -> str:
    return f"/teams/{team.slug}/members/add/"


@pytest.fixture
def newcomer(team) -> User:
    return UserFactory(name="Aylin Sommer", email="aylin@example.org")


def places(person: User) -> int:
    return TeamGrant.objects.filter(user=person).count()


def form(visitor, url: str, **typed: str) -> dict[str, str]:
    return {"once": visitor.new_key(url), "person": "aylin@example.org", "role": "member", **typed}


def test_the_same_form_again_gets_the_first_answer_again(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url)
    first, second = visitor.post(url, typed), visitor.post(url, typed)
    assert (first.status_code, first["Location"]) == (302, "/people/?team=checkout")
    assert (second.status_code, second["Location"]) == (302, "/people/?team=checkout")
    assert places(newcomer) == 1


def test_a_new_key_makes_it_a_new_form_and_the_action_decides(visit, leader, newcomer, url):
    visitor = visit(leader)
    visitor.send(url, {"person": "aylin@example.org", "role": "member"})
    response = visitor.send(url, {"person": "aylin@example.org", "role": "member"})
    assertContains(response, "already", status_code=422)
    assert places(newcomer) == 1


def test_other_words_under_a_used_key_are_kept_and_change_nothing(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url)
    visitor.post(url, typed)
    response = visitor.post(url, typed | {"person": "Somebody Else"})
    assertContains(response, "Somebody Else", status_code=409)
    assert places(newcomer) == 1


def test_another_question_after_the_address_is_another_form(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url)
    visitor.post(url, typed)
    assert visitor.post(f"{url}?other=1", typed).status_code == 409


def test_a_refused_form_consumes_nothing(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url, person="Nobody At All")
    assertContains(visitor.post(url, typed), "Nobody At All", status_code=422)
    assert not OneTimeKey.objects.exists()
    assert visitor.post(url, typed | {"person": newcomer.email}).status_code == 302
    assert places(newcomer) == 1


@pytest.mark.parametrize(
    "kind", ["none", "nonsense", "unsigned", "of-another", "for-elsewhere", "nul"]
)
def test_a_form_without_a_key_of_its_own_is_refused(visit, leader, member, newcomer, url, kind):
    visitor = visit(leader)
    key = {
        "none": "",
        "nonsense": "x",
        "unsigned": uuid4().hex,
        "of-another": visit(member).new_key(url),
        "for-elsewhere": visitor.new_key("/people/invite/"),
        "nul": visitor.new_key(url) + "\x00",
    }[kind]
    response = visitor.post(url, form(visitor, url, once=key))
    assertContains(response, "aylin@example.org", status_code=422)
    assert places(newcomer) == 0
    assert not OneTimeKey.objects.exists()


def test_a_key_signed_for_no_uuid_is_refused(visit, leader, newcomer, url):
    key = Signer(salt="once").sign(f"{leader.pk}:{url}:not a uuid")
    assert visit(leader).post(url, form(visit(leader), url, once=key)).status_code == 422


def test_a_refusal_for_rights_consumes_nothing(visit, neighbour, newcomer, url):
    response = visit(neighbour).send(url, {"person": newcomer.email, "role": "member"})
    assert response.status_code == 403
    assert not OneTimeKey.objects.exists()
    assert places(newcomer) == 0


def test_what_was_typed_can_not_be_guessed_from_the_table(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url)
    visitor.post(url, typed)
    kept = OneTimeKey.objects.get()
    assert "aylin" not in kept.content
    assert len(kept.body_digest) == 64


def test_another_file_is_another_form(rf, leader, url):
    read = []

    @once
    def take(request):
        read.append(request.FILES["list"].read())
        return HttpResponse("taken")

    key = Signer(salt="once").sign(f"{leader.pk}:{url}:{uuid4().hex}")
    for content in [b"one", b"one", b"two"]:
        request = rf.post(url, {"once": key, "list": SimpleUploadedFile("l.txt", content)})
        request.user, request.now, request.today, request.htmx = leader, NOW, TODAY, False
        request.organisation = Organisation.objects.first()
        response = take(request)
    assert read == [b"one"]
    assert response.status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_count_once(visit, leader, newcomer, url):
    visitor = visit(leader)
    typed = form(visitor, url)
    answers = []

    def click() -> None:
        twin = visit(None)
        twin.cookies = visitor.cookies
        answers.append(twin.post(url, typed))
        connection.close()

    clicks = [Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer["Location"] for answer in answers}) == 1
    assert places(newcomer) == 1
    assert OneTimeKey.objects.count() == 1
