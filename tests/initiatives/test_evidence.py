"""Notes along the way: with a day, perhaps with a link to the web and nowhere else."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.models import Evidence
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TYPED = {"text": "Three of five did not see the button.", "day": "2026-11-18", "url": ""}


@pytest.fixture
def url(active):
    return reverse("initiatives:add_evidence", args=[active.pk])


@pytest.mark.parametrize("htmx", [False, True])
def test_it_stands_beside_the_bet_with_its_day_and_its_link(visit, member, active, url, htmx):
    visitor = visit(member)
    assertContains(visitor.get(active.get_absolute_url()), url)
    link = "https://example.org/notes?a=1&b=2"
    assert visitor.send(url, TYPED | {"url": link}, htmx=htmx).status_code == 302
    note = Evidence.objects.get()
    assert (note.day, note.by, note.url) == (date(2026, 11, 18), member, link)
    page = visitor.get(active.get_absolute_url())
    assertContains(page, "Three of five did not see the button.")
    assertContains(page, "https://example.org/notes?a=1&amp;b=2")
    assertContains(page, 'rel="noopener noreferrer nofollow"')
    active.refresh_from_db()
    assert active.is_active


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,x",
        "ftp://example.org/a", "file:///etc/passwd", "//", "http://", "a b", "mailto:a@example.org",
        "https://exa mple.org", "x" * 600,
    ],
)  # fmt: skip
def test_a_link_leads_to_the_web_or_is_refused(visit, member, url, link):
    response = visit(member).send(url, TYPED | {"url": link})
    if response.status_code == 302:  # read as the name of a host on the web, at worst
        assert Evidence.objects.get().url.startswith("https://")
    else:
        assertContains(response, "Three of five", status_code=422)
        assert not Evidence.objects.exists()


def test_an_address_without_its_beginning_is_read_as_https(visit, member, url):
    visit(member).send(url, TYPED | {"url": "example.org/notes"})
    assert Evidence.objects.get().url == "https://example.org/notes"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "Say in one sentence what you saw."),
        ({"day": "2026-11-21"}, "This day is still to come."),
        ({"day": ""}, "Choose the day on which you saw it."),
        ({"day": "soon"}, "Enter a valid date."),
        ({"text": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_kept(visit, member, url, wrong, sentence):
    typed = TYPED | {"url": "https://example.org/kept"} | wrong
    response = visit(member).send(url, typed)
    assertContains(response, sentence, status_code=422)
    assertContains(response, "https://example.org/kept", status_code=422)
    assert not Evidence.objects.exists()


def test_html_is_text(visit, member, active, url):
    visit(member).send(url, TYPED | {"text": "<script>alert(1)</script>\nسلام"})
    page = visit(member).get(active.get_absolute_url())
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;<br>سلام")


def test_after_the_end_it_can_still_be_added(visit, member, active, url):
    actions.finish(active, delivered="Live.", by=member, now=NOW)
    visit(member).send(url, TYPED)
    assert Evidence.objects.count() == 1


def test_it_is_never_changed_and_the_database_knows_links_too(visit, member, url):
    visit(member).send(url, TYPED)
    note = Evidence.objects.get()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Evidence.objects.update(text="Other")
    note.pk, note.url = None, "javascript:alert(1)"
    with pytest.raises(IntegrityError, match="evidence_links_to_the_web"), transaction.atomic():
        note.save(force_insert=True)


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_nobody_outside_adds_any(request, visit, active, url, who):
    visitor = visit(request.getfixturevalue(who))
    for response in (visitor.get(url), visitor.send(url, TYPED)):
        assertContains(response, "Only Checkout can do this", status_code=403)
    assertNotContains(visitor.get(active.get_absolute_url()), url)
    assert not Evidence.objects.exists()
