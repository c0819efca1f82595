"""In the demo mails land in a folder, and a page shows them; elsewhere that page is not there."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from pytest_django.asserts import assertContains

from apps.notices.folder import EmailBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAIL_FOLDER = str(tmp_path / ".mail")
    return tmp_path / ".mail"


def write(subject: str) -> None:
    mail = EmailMultiAlternatives(
        subject, "Größe <b> & https://example.org/x", "a@example.org", ["b@example.org"]
    )
    mail.attach_alternative("<!doctype html><p>Größe</p>", "text/html")
    EmailBackend().send_messages([mail])


def test_mails_land_in_a_folder_and_a_page_shows_them(visit, member, folder):
    page = visit(member).get("/mails/")
    assertContains(page, "No mail yet.")
    write("First")
    [path] = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0 or folder.stat().st_mode & 0o077 == 0
    page = visit(member).get("/mails/")
    assertContains(page, f'<a href="/mails/{path.stem}/">First</a>')
    one = visit(member).get(f"/mails/{path.stem}/")
    assertContains(one, "Größe &lt;b&gt; &amp;")
    assertContains(one, "b@example.org")
    assertContains(visit(member).get(f"/mails/{path.stem}/html/"), "<p>Größe</p>")


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e", "20990101-000000-000000"])
def test_what_is_not_there_is_not_found(visit, member, folder, name):
    for url in (f"/mails/{name}/", f"/mails/{name}/html/"):
        assert visit(member).get(url).status_code == 404


@pytest.mark.parametrize("setting", [{"PUBLIC": True}, {"MAIL_FOLDER": ""}])
def test_elsewhere_the_page_is_not_there(visit, member, folder, setting):
    write("First")
    [path] = folder.iterdir()
    with override_settings(**setting):
        for url in ("/mails/", f"/mails/{path.stem}/", f"/mails/{path.stem}/html/"):
            assert visit(member).get(url).status_code == 404
