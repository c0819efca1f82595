"""Two people at once see each other's values: told beside each item, and no field is touched."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.checkins.making import typed
from tests.factories import NOW

pytestmark = pytest.mark.django_db
AT = int(NOW.timestamp())


@pytest.fixture
def watch(url):
    return f"{url}watch/?since={AT}&told={AT}"


@pytest.fixture
def later():
    with time_machine.travel(NOW + timedelta(seconds=20), tick=False):
        yield


def test_the_form_asks_by_itself_and_only_while_it_can_be_written(
    visit, member, observer, reported, url
):
    page = visit(member).get(url)
    assertContains(page, f'hx-get="{url}watch/?since={AT}&amp;told={AT}"')
    assertContains(page, 'hx-trigger="every 15s"')


def test_a_colleague_s_value_stands_beside_its_item_and_in_no_field(
    visit, member, leader, reported, draft_url, watch, later
):
    assert visit(member).get_htmx(watch).status_code == 204
    visit(leader).post(draft_url, typed(reported, value="56.8", confidence="3"))
    answer = visit(member).get_htmx(watch)
    assertContains(answer, f'id="theirs-key-result-{reported.pk}" hx-swap-oob="true"')
    assertContains(answer, "<li>Ines Kaya, ")
    assertContains(answer, "This week: “56.8”")
    assertContains(answer, "reach it?: “3”")
    assertContains(answer, f"since={AT}&amp;told={AT + 20}")
    assertNotContains(answer, "<input")
    told = watch.replace(f"told={AT}", f"told={AT + 20}")
    assert visit(member).get_htmx(told).status_code == 204  # said once is enough


def test_one_s_own_words_are_no_news(visit, member, reported, draft_url, watch, later):
    visit(member).post(draft_url, typed(reported, value="56.8"))
    assert visit(member).get_htmx(watch).status_code == 204


def test_once_a_colleague_has_sent_it_the_page_asks_no_more(
    visit, member, leader, reported, url, watch, later
):
    visit(leader).send(url, typed(reported, value="56.8", confidence="3"))
    answer = visit(member).get_htmx(watch)
    assertContains(answer, "Ines Kaya sent this check-in at")
    assertNotContains(answer, "hx-get")


def test_to_ask_costs_little(visit, member, reported, watch, django_assert_max_num_queries):
    visitor = visit(member)
    visitor.get_htmx(watch)
    with django_assert_max_num_queries(6):
        visitor.get_htmx(watch)


@pytest.mark.parametrize("moment", ["", "x", "-1", "9" * 11, "٣"])
def test_nonsense_is_no_moment(visit, member, reported, url, moment):
    path = f"{url}watch/?since={moment}&told={moment}"
    assert visit(member).get_htmx(path).status_code == 404


def test_without_htmx_it_is_the_form(visit, member, reported, url, watch):
    assertRedirects(visit(member).get(watch), url)


def test_a_session_that_ends_does_not_take_the_page_away(reported, watch):
    headers = {"HX-Request": "true", "HX-Target": "theirs"}
    answer = Client().get(watch, headers=headers)
    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (286, None)


def test_only_the_team_watches_its_draft(visit, member, observer, reported, watch):
    assert visit(member).get_htmx(watch).status_code == 204
    assert visit(observer).get_htmx(watch).status_code == 403
