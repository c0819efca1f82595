import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.initiatives.models import Initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team):
    return reverse("initiatives:suggest", args=[team.slug])


@pytest.fixture
def typed(key_result):
    return {"title": "Show the delivery date", "key_result_0": key_result.pk}


@pytest.mark.parametrize("who", ["leader_above", "neighbour", "observer", "administrator"])
def test_anyone_outside_suggests_and_it_is_marked(request, visit, member, who, url, typed):
    person = request.getfixturevalue(who)
    assertContains(visit(person).get(url), "Suggest an initiative to Checkout")
    response = visit(person).send(url, typed)
    initiative = Initiative.objects.get()
    assert (initiative.status, initiative.from_outside) == ("proposed", True)
    assertRedirects(response, initiative.get_absolute_url(), fetch_redirect_response=False)
    board = visit(member).get(reverse("initiatives:board", args=["checkout"]))
    assertContains(board, f"Suggested from outside: {person.name}")
    assert initiative.moves.get().verb == "suggest"


def test_who_suggests_may_not_go_on_with_it(visit, neighbour, url, typed):
    visitor = visit(neighbour)
    visitor.send(url, typed)
    initiative = Initiative.objects.get()
    for verb in ("edit", "start", "decline"):
        answer = visitor.send(reverse(f"initiatives:{verb}", args=[initiative.pk]))
        assertContains(answer, "Only Checkout can do this", status_code=403)


def test_ones_own_team_gets_no_suggestion_but_a_proposal(visit, member, url, typed):
    propose = reverse("initiatives:propose", args=["checkout"])
    assertRedirects(visit(member).get(url), propose)


def test_bad_input_is_kept(visit, neighbour, url, typed):
    response = visit(neighbour).send(url, typed | {"title": "", "will": "help people decide"})
    assertContains(response, "Say in a few words what you want to try.", status_code=422)
    assertContains(response, "help people decide", status_code=422)
    assert not Initiative.objects.exists()


def test_the_same_form_twice_suggests_once(visit, neighbour, url, typed):
    visitor = visit(neighbour)
    key = visitor.new_key(url)
    for _time in range(2):
        assert visitor.post(url, {"once": key, **typed}).status_code == 302
    assert Initiative.objects.count() == 1
