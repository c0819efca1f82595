"""Similar earlier learnings, of all teams, while one types a proposal; never in the way."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.already_tried import already_tried, long_words
from tests.factories import NOW
from tests.initiatives.making import make_active
from tests.initiatives.objecting import make_constraint

pytestmark = pytest.mark.django_db


@pytest.fixture
def learnt(other_team, neighbour, key_result):
    """By a team on another branch: what others tried is what one would not know."""
    tried = {
        "Guest prompt": "guests who are told that they need no account pay instead of leaving",
        "Passkeys for members": "a fingerprint instead of a password",
        "Zahlungsausfallwahrscheinlichkeitsprüfung": "wer geprüft ist, zahlt",
        "مفتاح المرور للضيوف": "الضيوف",
        "Voice search": "people who cook or carry something search by talking",
    }
    for title, believe in tried.items():
        one = make_active(other_team, neighbour, key_result, title=title, believe=believe)
        actions.kill(one, reason="cost", learning=f"About {title}.", by=neighbour, now=NOW)


def titles(user, title, hypothesis=""):
    return [one.title for one in already_tried(user, title=title, hypothesis=hypothesis)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Passkey for guests", ["Guest prompt", "Passkeys for members"]),
        ("Paskeys", ["Passkeys for members"]),
        ("Ask guests", ["Guest prompt"]),
        ("Zahlungsausfallprüfung", ["Zahlungsausfallwahrscheinlichkeitsprüfung"]),
        ("Search by voice", ["Voice search"]),
        ("A smaller basket", []),
        ("Show the delivery day", []),
        ("a an to", []),
        ("", []),
        ("🎉", []),
        ("%_'; DROP TABLE", []),
    ],
)
def test_what_reads_alike_is_found_across_teams(member, learnt, typed, found):
    assert titles(member, typed) == found


def letters_are_known() -> bool:
    """pg_trgm asks the database's LC_CTYPE which characters are letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm('م')) > 0")
        return bool(cursor.fetchone()[0])


def test_in_arabic_too(member, learnt):
    if not letters_are_known():
        pytest.skip("in this database only English letters make trigrams")
    assert titles(member, "مفتاح المرور") == ["مفتاح المرور للضيوف"]


def test_a_hypothesis_lifts_and_alone_finds_nothing(member, learnt):
    assert titles(member, "Passkeys and prompts for all", "guests need no account")[0] == (
        "Guest prompt"
    )
    assert titles(member, "", "people who cook or carry something") == []


def test_three_at_most_and_no_more_words_than_are_compared(member, other_team, neighbour,
    key_result):  # fmt: skip
    for n in range(5):
        one = make_active(other_team, neighbour, key_result, title=f"Reminder mail {n}")
        actions.kill(one, reason="cost", learning="Few read it.", by=neighbour, now=NOW)
    assert len(titles(member, "Reminder mail")) == 3
    assert len(long_words("word " * 500 + "another sentence entirely different again here")) == 6


def test_what_lives_or_taught_nothing_is_not_shown(member, active):
    assert titles(member, active.title) == []
    actions.finish(active, delivered="Live.", by=member, now=NOW)
    assert titles(member, active.title) == []


def test_it_comes_while_one_types(visit, member, learnt):
    """Under htmx; the page asks with these names."""
    propose = reverse("initiatives:propose", args=["checkout"])
    beside = reverse("initiatives:beside", args=["checkout"])
    page = visit(member).get(propose)
    assertContains(page, f'hx-get="{beside}"')
    assertNotContains(page, "Guest prompt")
    part = visit(member).get_htmx(beside + "?title=Ask+guests&believe=&will=&key_result_0=")
    for words in ("Already tried", "Guest prompt", "About Guest prompt.", "Delivery",
                  "Search all learnings"):  # fmt: skip
        assertContains(part, words)
    assertNotContains(part, "<form")


@pytest.mark.parametrize("verb", ["propose", "suggest"])
def test_without_javascript_it_stands_on_the_page_that_comes_back(
    visit, member, neighbour, learnt, verb
):
    visitor = visit(member if verb == "propose" else neighbour)
    url = reverse(f"initiatives:{verb}", args=["checkout"])
    page = visitor.send(url, {"title": "Ask guests"})
    assertContains(page, "About Guest prompt.", status_code=422)
    assertContains(visitor.get(f"{url}?title=Ask+guests"), "About Guest prompt.")


@pytest.mark.parametrize(
    "query", ["title=%00", "key_result_0=x", "key_result_0=" + "9" * 40, "key_result_0=²",
              "title=" + "w%20" * 3000, ""]
)  # fmt: skip
def test_nonsense_is_no_matter(visit, member, learnt, query):
    url = reverse("initiatives:beside", args=["checkout"])
    assert visit(member).get(f"{url}?{query}").status_code == 200


def test_the_constraints_of_the_key_result_that_one_chooses_stand_beside_it(
    visit, neighbour, leader, leader_above, root, objective, key_result, other_team
):
    """Of a goal that the team does not report itself, as soon as it is chosen."""
    make_constraint(leader, objective=objective, sentence="No dark patterns")
    make_constraint(leader_above, team=root, sentence="No data leaves the Union")
    visitor, url = visit(neighbour), reverse("initiatives:beside", args=[other_team.slug])
    before = visitor.get(url)
    assertContains(before, "No data leaves the Union")
    assertNotContains(before, "No dark patterns")
    assertContains(visitor.get(f"{url}?key_result_0={key_result.pk}"), "No dark patterns")
    propose = reverse("initiatives:propose", args=[other_team.slug])
    page = visitor.send(propose, {"title": "", "key_result_0": key_result.pk})
    assertContains(page, "No dark patterns", status_code=422)
