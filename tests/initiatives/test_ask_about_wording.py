import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives.models import Initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team):
    return reverse("initiatives:propose", args=[team.slug])


def test_a_title_that_is_a_measure_is_asked_about_while_it_is_typed(visit, url, member):
    page = visit(member).get_htmx(f"{url}?title=Reduce+churn+from+5+to+2+%25")
    assertContains(page, "This reads like a key result. What would you do to move it?")
    page = visit(member).get_htmx(f"{url}?title=Build+a+cart+reminder")
    assertNotContains(page, "This reads like a key result")


def test_the_outcome_that_hides_in_it_is_offered(visit, url, member):
    page = visit(member).get_htmx(f"{url}?title=Add+sign-in+so+that+guests+need+no+password")
    assertContains(page, "“guests need no password” says how you will know")


def test_it_never_blocks(visit, url, member, key_result):
    typed = {"title": "Reduce churn from 5 to 2 %", "key_result_0": key_result.pk}
    visit(member).send(url, typed)
    assert Initiative.objects.get().title == typed["title"]


def test_what_was_typed_and_refused_is_asked_about_as_well(visit, url, member):
    response = visit(member).send(url, {"title": "Reduce churn from 5 to 2 %"})
    assertContains(response, "This reads like a key result.", status_code=422)
