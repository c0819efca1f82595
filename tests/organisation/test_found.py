"""The first administrator is made by a command on the server, and by nothing else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.organisation.models import Organisation, Team, User

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Lindenmarkt", "email": "Hanna@Example.org", "person": "Hanna Weiss"}


def found(monkeypatch, *passwords: str, **given: str) -> str:
    typed = iter(passwords)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    out = StringIO()
    call_command("found_organisation", **(GIVEN | given), stdout=out)
    return out.getvalue()


def test_it_makes_the_organisation_its_root_and_someone_who_can_sign_in(monkeypatch):
    said = found(monkeypatch, "nine wooden herons", "nine wooden herons")
    assert "hanna@example.org" in said
    assert "herons" not in said
    assert Team.objects.get().is_root
    assert User.objects.get().is_administrator
    answer = Client().post(
        "/sign-in/", {"login": "hanna@example.org", "password": "nine wooden herons"}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("passwords", "given"),
    [
        (["nine wooden herons", "ten wooden herons"], {}),
        (["short", "short"], {}),
        (["nine wooden herons"] * 2, {"email": "not an address"}),
        (["nine wooden herons"] * 2, {"name": "L" * 81}),
        (["nine wooden herons"] * 2, {"name": " "}),
    ],
)
def test_what_will_not_do_makes_nothing(monkeypatch, passwords, given):
    with pytest.raises(CommandError):
        found(monkeypatch, *passwords, **given)
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_a_name_without_latin_letters_has_an_address_too(monkeypatch):
    found(monkeypatch, "nine wooden herons", "nine wooden herons", name="株式会社")
    assert Team.objects.get().slug == "team"


def test_a_second_time_is_refused(monkeypatch, organisation, member):
    with pytest.raises(CommandError, match="holds an organisation already"):
        found(monkeypatch, "nine wooden herons", "nine wooden herons")
    assert not User.objects.filter(is_administrator=True).exists()


def test_before_that_every_page_says_so(db):
    for path in ["/", "/sign-in/", "/people/"]:
        response = Client().get(path)
        assert response.status_code == 503
        assert b"No organisation yet" in response.content
