"""Every address × every method × everyone. Who may not changes nothing and is told why."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.organisation.models import User
from tests.conftest import Visitor
from tests.everywhere.reading import Page
from tests.everywhere.table import ADDRESSES, Address
from tests.everywhere.world import CAST, SIGNED_IN, SIGNED_OUT, World, build
from tests.factories import NOW

pytestmark = pytest.mark.django_db

# What a request may leave behind, whatever was asked.
NO_MATTER = {"django_session", "cache", "organisation_onetimekey", "django_migrations"}
SIGN_IN = "/sign-in/"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, around the transactions of the tests, each of which is undone."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[str, Visitor]:
    """Everybody at a browser; whoever is deactivated has signed in before that."""
    return {SIGNED_OUT: Visitor(None)} | {who: Visitor(p) for who, p in world.people.items()}


def digest() -> str:
    """Of all that is stored, but what NO_MATTER names."""
    tables = [t for t in connection.introspection.table_names() if t not in NO_MATTER]
    each = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return repr(sorted(cursor.fetchall()))


def addresses(*, door: bool = False, **wanted: bool) -> list[Any]:
    chosen = [a for a in ADDRESSES if a.open_door is door]
    if wanted.get("form"):
        chosen = [a for a in chosen if a.post]
    return [pytest.param(address, id=address.name) for address in chosen]


def walked(resolver: URLResolver, inside: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{inside}{pattern.name}"
        else:
            yield from walked(pattern, f"{pattern.namespace}:" if pattern.namespace else inside)


def is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(SIGN_IN)


def assert_refused(response: HttpResponse, address: Address, who: str, before: str) -> None:
    assert digest() == before, "something was changed"
    words = response.content.decode()
    if who not in SIGNED_IN:
        if response.wsgi_request.method == "POST":
            assert response.status_code == 403
            assert f'href="{SIGN_IN}' in words
        else:
            assert is_sign_in(response)
    elif address.hidden and who not in address.sees:
        assert response.status_code == 404
    else:
        assert response.status_code == 403
        assert "Only" in words or "Nobody" in words


def test_every_address_is_listed_once():
    there = sorted(walked(get_resolver()))
    assert sorted(address.name for address in ADDRESSES) == there


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("address", addresses())
def test_reading_changes_nothing_and_is_for_those_it_is_for(world, visitors, address, who):
    url, before = address.url(world), digest()
    response = visitors[who].get(url)
    if address.only_post and who in SIGNED_IN:
        assert response.status_code == 405
    elif who in address.leads_on:
        assert response.status_code == 302
        assert not is_sign_in(response)
    elif who in address.get:
        assert response.status_code == 200
        if not address.is_file:
            assert_is_a_whole_page(response, is_part=address.is_part)
    else:
        assert_refused(response, address, who, before)


@pytest.mark.parametrize("address", addresses())
def test_no_page_asks_the_database_more_often_than_it_may(
    world, visitors, address, django_assert_max_num_queries
):
    """How many rows there are makes no difference: each page has a test of that of its own."""
    if address.is_file:
        pytest.skip("it takes everything there is")
    who = "leader" if "leader" in address.get else min(address.get)
    with django_assert_max_num_queries(address.most_queries):
        visitors[who].get(address.url(world))


@pytest.mark.parametrize("address", addresses())
def test_every_page_speaks_german(world, visitors, address):
    who = "leader" if "leader" in address.get else min(address.get)
    User.objects.filter(pk=world.people[who].pk).update(language="de")
    response = visitors[who].get(address.url(world))
    if response.status_code == 200 and not address.is_file:
        assert_is_a_whole_page(response, lang="de", is_part=address.is_part)


@pytest.mark.parametrize("who", ["leader", SIGNED_OUT])
@pytest.mark.parametrize("address", addresses())
def test_head_and_options_change_nothing(world, visitors, address, who):
    url, before = address.url(world), digest()
    assert visitors[who].head(url).content == b""
    visitors[who].options(url)
    assert digest() == before


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("address", addresses(form=True))
def test_a_form_is_taken_from_those_it_is_for_and_nobody_else(world, visitors, address, who):
    url, visitor = address.url(world), visitors[who]
    before = digest()
    if who in address.post and not address.no_key:
        typed = Page(visitor.get(url).content.decode()).form_for(url) | address.typed(world)
        response = visitor.post(url, typed)
        assert response.status_code == 302, said(response)
        assert digest() != before
        connection.check_constraints()
        return
    if who in address.post:
        assert visitor.post(url, address.typed(world)).status_code in {200, 302, 422}
        return
    if who in address.leads_on:
        assert visitor.send(url, address.typed(world)).status_code == 302
        assert digest() == before
        return
    for htmx in (False, True):
        response = visitor.send(url, {"version": "1"} | address.typed(world), htmx=htmx)
        assert_refused(response, address, who, before)


@pytest.mark.parametrize("address", addresses(form=True))
def test_what_decides_is_held_before_the_first_word_is_written(world, visitors, address):
    """So that a removal that commits meanwhile holds; see tests/organisation/test_races.py."""
    if address.own_row:
        pytest.skip("nobody else's right decides about one's own row")
    who, url = min(address.post), address.url(world)
    typed = address.typed(world)
    if not address.no_key:
        typed = Page(visitors[who].get(url).content.decode()).form_for(url) | typed
    with CaptureQueriesContext(connection) as asked:
        visitors[who].post(url, typed)
    written = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) \"(?!organisation_onetimekey|django_)")
    statements = [query["sql"] for query in asked]
    first = next(place for place, sql in enumerate(statements) if written.match(sql))
    for table in ["organisation_user", "organisation_teamgrant", "organisation_team"]:
        held = f'FOR SHARE OF "{table}"'
        assert any(sql.endswith(held) for sql in statements[:first]), table


@pytest.mark.parametrize("address", addresses(form=True))
def test_a_form_without_its_one_time_key_is_refused(world, visitors, address):
    if address.no_key:
        pytest.skip("its view says why")
    who = min(address.post)
    url, before = address.url(world), digest()
    typed = Page(visitors[who].get(url).content.decode()).form_for(url) | address.typed(world)
    del typed["once"]
    response = visitors[who].post(url, typed)
    assert response.status_code == 422
    assert digest() == before


@pytest.mark.parametrize("address", addresses(form=True))
def test_a_form_works_under_htmx_as_well(world, visitors, address):
    if address.no_key:
        pytest.skip("autosave has tests of its own")
    who, before = min(address.post), digest()
    url = address.url(world)
    typed = Page(visitors[who].get(url).content.decode()).form_for(url) | address.typed(world)
    response = visitors[who].post(url, typed, headers={"HX-Request": "true"})
    assert response.status_code in {200, 204, 302}, said(response)
    assert digest() != before


@pytest.mark.parametrize(
    ("address", "foreign"),
    [
        pytest.param(address, foreign, id=f"{address.name}-{n}")
        for address in ADDRESSES
        for n, foreign in enumerate(address.foreign)
    ],
)
def test_what_belongs_to_others_cannot_be_named_in_a_form(world, visitors, address, foreign):
    who = "leader" if "leader" in address.post else min(address.post)
    url, before = address.url(world), digest()
    typed = Page(visitors[who].get(url).content.decode()).form_for(url)
    response = visitors[who].post(url, typed | address.typed(world) | foreign(world))
    assert response.status_code in {403, 404, 422}
    assert digest() == before


@pytest.mark.parametrize("address", addresses())
def test_there_are_no_other_methods(world, visitors, address):
    url, before = address.url(world), digest()
    for method in ["put", "patch", "delete"]:
        assert getattr(visitors["leader"], method)(url).status_code == 405
        assert is_sign_in(getattr(visitors[SIGNED_OUT], method)(url))
    assert digest() == before


@pytest.mark.parametrize("address", [p for p in addresses() if not p.values[0].post])
def test_a_page_without_a_form_takes_none(world, visitors, address):
    before = digest()
    assert visitors["leader"].send(address.url(world)).status_code == 405
    assert digest() == before


@pytest.mark.parametrize("address", addresses(door=True))
def test_the_door_answers_without_a_session_and_changes_nothing(world, address):
    before = digest()
    stranger = Visitor(None)
    response = stranger.get(address.url(world))
    if address.name == "account_logout":  # nothing to sign out of
        assert response.status_code == 302
    else:
        assert response.status_code == 200
        assert_is_a_whole_page(response)
    assert digest() == before


@pytest.mark.parametrize("address", addresses(form=True))
def test_nul_and_ten_thousand_digits_make_no_page_fall_over(world, visitors, address):
    """Whatever the field: refused, or harmless because the field is not a text."""
    who = min(address.post)
    url, visitor = address.url(world), visitors[min(address.post)]
    if address.no_key:
        typed = address.typed(world)
    else:
        typed = Page(visitor.get(url).content.decode()).form_for(url) | address.typed(world)
    for name in set(typed) - {"once", "csrfmiddlewaretoken", "people"}:
        for nonsense in ["\x00", "9" * 10_000]:
            body = typed | {name: nonsense, "once": visitor.new_key(url)}
            with transaction.atomic():
                response = visitor.post(url, body)
                transaction.set_rollback(True)
            assert response.status_code in {200, 302, 403, 404, 409, 422}, (who, name, nonsense)


@pytest.mark.parametrize("who", ["member", SIGNED_OUT])
def test_numbers_that_no_row_can_have_are_not_found(world, visitors, who):
    for address in ADDRESSES:
        args = address.args(world)
        if address.open_door or not any(isinstance(arg, int) for arg in args):
            continue
        huge = [10**30 if isinstance(arg, int) else arg for arg in args]
        response = visitors[who].get(reverse(address.name, args=huge))
        assert response.status_code in {404, 403, 302}, address.name


def said(response: HttpResponse) -> str:
    """Where a form was refused against the table: with which words."""
    words = response.content.decode()
    start = words.find("errsum")
    return f"{response.status_code}: {words[start : start + 800]}"


def assert_is_a_whole_page(
    response: HttpResponse, *, lang: str = "en", is_part: bool = False
) -> None:
    page = Page(response.content.decode())
    if is_part:
        assert not {"html", "h1", "main"} & page.counts.keys()
    else:
        assert page.title.strip()
        assert page.lang == lang
        assert page.counts["h1"] == 1
        assert page.counts["main"] == 1
    assert not page.inline
    assert not page.unclosed
    assert len(page.ids) == len(set(page.ids)), sorted(i for i in page.ids if page.ids.count(i) > 1)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
