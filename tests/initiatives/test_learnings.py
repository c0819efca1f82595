"""The library of what was learned: searched, filtered, opened."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from apps.initiatives import actions
from apps.initiatives.learnings import excerpt, marked
from apps.initiatives.models import LearningOpened, Verdict
from tests.factories import NOW, CycleFactory, KeyResultFactory, UserFactory, at
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db
LIBRARY = "/learnings/"
GERMAN = "Zahlungsausfallwahrscheinlichkeitsprüfung vor dem Rechnungskauf"


@pytest.fixture
def learn(team, member, key_result):
    """Kill one that was active, with what it taught."""

    def learn(title, learning, *, where=team, by=member, on=key_result, now=NOW, **words):
        initiative = make_active(where, by, on, title=title, **words)
        actions.kill(initiative, reason="no-effect", learning=learning, by=by, now=now)
        return initiative

    return learn


@pytest.fixture
def three(learn):
    return [
        learn("Guest prompt", "Guests leave at the password, not at the address."),
        learn("Sign-in by mail link", "Mail takes 40 seconds; people are gone by then."),
        learn(GERMAN, "Die Prüfung dauert vier Sekunden."),
    ]


def titles(page):
    return [learning.initiative.title for learning in page.context["found"]]


def test_everyone_reads_what_each_taught_expected_and_saw(visit, neighbour, three):
    page = visit(neighbour).get(LIBRARY)
    assert titles(page) == [GERMAN, "Sign-in by mail link", "Guest prompt"]
    for words in (
        "What 3 ended initiatives taught us.", three[0].get_absolute_url(),
        "Guests leave at the password", "+2 points on", "no number while it ran", "not given",
        "Killed: It did not move the key result",
    ):  # fmt: skip
        assertContains(page, words)


def test_what_lives_or_taught_nothing_is_no_learning(visit, member, active, proposed):
    actions.finish(active, delivered="Live.", by=member, now=NOW)
    actions.decline(proposed, word="No.", by=member, now=NOW)
    page = visit(member).get(LIBRARY)
    assert titles(page) == []
    assertContains(page, "Nothing has ended yet.")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("password", ["Guest prompt"]),
        ("PASSWORD", ["Guest prompt"]),
        ("pasword", ["Guest prompt"]),  # a slip
        ("passw", ["Guest prompt"]),  # a part
        ("sign-in password", ["Guest prompt", "Sign-in by mail link"]),
        ("wahrscheinlichkeit", [GERMAN]),
        ("PRÜFUNG", [GERMAN]),
        ("rechnungskäufe", [GERMAN]),
        ("xylophone", []),
        ("100%", []),
        ("' OR 1=1 --", []),
        ("_", []),
    ],
)
def test_it_is_searched_by_words_their_parts_and_nearly_so(visit, member, three, typed, found):
    page = visit(member).get(LIBRARY, {"q": typed})
    assert sorted(titles(page)) == sorted(found)
    if not found:
        assertContains(page, "Nothing learned so far speaks of this.")
    else:
        assertContains(page, f"{len(found)} of 3")


def test_arabic_and_emoji_are_found_and_marked(visit, member, learn):
    learn("مفتاح المرور للضيوف", "الضيوف يغادرون عند كلمة المرور")
    learn("🎉 Party", "Nobody came 🎈")
    page = visit(member).get(LIBRARY, {"q": "المرور"})
    assert titles(page) == ["مفتاح المرور للضيوف"]
    assertContains(page, "<mark>المرور</mark>")
    assertContains(page, 'dir="auto"')
    assert titles(visit(member).get(LIBRARY, {"q": "🎈"})) == ["🎉 Party"]


def test_what_was_typed_is_marked_and_never_run(visit, member, learn):
    learn("<b>Bold</b> prompt", "It <script>ran</script> prompt & quick")
    page = visit(member).get(LIBRARY, {"q": "prompt <script>"})
    assertContains(page, "&lt;b&gt;Bold&lt;/b&gt; <mark>prompt</mark>")
    assertNotContains(page, "<script>ran")


def test_a_learning_of_ten_thousand_letters_begins_near_the_word():
    text = "x " * 4000 + "password " + "y " * 1000
    assert len(excerpt(text, ["password"])) < 430
    assert "password" in excerpt(text, ["password"])
    assert excerpt("short", ["password"]) == "short"
    assert marked("a<b", ["<"]) == "a<mark>&lt;</mark>b"


def test_filters(visit, member, neighbour, other_team, objective, three, learn, key_result):
    past = CycleFactory(
        slug="past", name="Third quarter", state="closed", starts=date(2026, 7, 1),
        ends=date(2026, 10, 4),
    )  # fmt: skip
    other = KeyResultFactory(
        objective=objective, title="Late parcels", metric="Parcels after the promised day"
    )
    lockers = learn("Lockers", "Nobody walks.", where=other_team, by=neighbour, on=other)
    Verdict.objects.create(
        link=lockers.links.get(), kind="did-not", evidence="Counted.", by=neighbour, at=NOW
    )
    for query, found in (
        ({"team": "deliv"}, {"Lockers"}),
        ({"key_result": "late"}, {"Lockers"}),
        ({"metric": "promised day"}, {"Lockers"}),
        ({"verdict": "did-not"}, {"Lockers"}),
        ({"verdict": "less"}, set()),
        ({"ended": "killed"}, {"Lockers", *(initiative.title for initiative in three)}),
        ({"ended": "done"}, set()),
        ({"cycle": past.slug}, set()),
        ({"cycle": "2026-q4", "team": "Delivery", "q": "nobody"}, {"Lockers"}),
    ):
        page = visit(member).get(LIBRARY, query)
        assert set(titles(page)) == found, query
    assertContains(visit(member).get(LIBRARY, {"team": "deliv"}), "<dd>Did not move it</dd>")


@pytest.mark.parametrize(
    "query", [{"cycle": "never"}, {"verdict": "good"}, {"ended": "x"}, {"q": "x" * 201},
              {"q": "\x00"}]
)  # fmt: skip
def test_a_filter_that_is_none_says_so(visit, member, three, query):
    response = visit(member).get(LIBRARY, query)
    assert response.status_code == 422
    assert "errsum" in response.content.decode()


def test_that_of_a_team_and_of_those_below(visit, member, neighbour, other_team, three, learn):
    learn("Lockers", "Nobody walks.", where=other_team, by=neighbour)
    of = {
        slug: titles(visit(member).get(reverse("initiatives:team_learnings", args=[slug])))
        for slug in ("checkout", "shop", "delivery", "lindenmarkt")
    }
    assert [len(of[slug]) for slug in of] == [3, 3, 1, 4]


def test_many_are_paged_at_the_same_price(visit, member, learn, django_assert_max_num_queries):
    for n in range(25):
        learn(f"Bet {n}", f"Learned {n}")
    visitor = visit(member)
    visitor.get(LIBRARY)
    for query in ({}, {"q": "learned"}, {"page": 2}):
        with django_assert_max_num_queries(12):
            page = visitor.get(LIBRARY, query)
    assert len(titles(page)) == 5
    assertContains(page, "Page 2 of 2")


# -- opened by another team


def opened(initiative):
    return [row.team for row in LearningOpened.objects.filter(initiative=initiative)]


def test_that_another_team_opened_it_is_kept_once_without_a_name(
    visit, neighbour, other_team, three
):
    other = UserFactory(works_in=other_team)
    for person in (neighbour, neighbour, other):
        visit(person).get(three[0].get_absolute_url())
    assert opened(three[0]) == [other_team]
    assert {field.name for field in LearningOpened._meta.fields} == {"id", "initiative", "team"}


def test_ones_own_team_nobody_without_a_team_and_no_head_count(
    visit, member, administrator, observer, neighbour, three, active
):
    for person in (member, administrator, observer):
        visit(person).get(three[0].get_absolute_url())
    visit(neighbour).head(three[0].get_absolute_url())
    visit(neighbour).get(active.get_absolute_url())  # it teaches nothing yet
    assert not LearningOpened.objects.exists()


# -- figures


def test_figures_of_a_team_and_of_everyone(visit, member, neighbour, other_team, three, active):
    swapped = actions.swap(
        active, reason="better-idea", learning="Slow.", title="Faster", by=member, now=NOW
    )
    assert swapped.is_proposed
    visit(neighbour).get(three[0].get_absolute_url())
    for url in ("/figures/", "/teams/checkout/figures/", "/teams/shop/figures/"):
        page = visit(member).get(url)
        for words in (
            "4 initiatives ran. Swaps and kills per started initiative: 1.", "3 of 4",
            "were killed within 24 days of their start", "No verdict was given",
            "Of 4 that ended, 1 left a learning that another team opened.", "<svg",
            'role="img"', "<table",
        ):  # fmt: skip
            assertContains(page, words)
    assertContains(visit(member).get("/teams/delivery/figures/"), "No initiative ran")


def test_figures_of_a_cycle_that_is_none(visit, member, cycle):
    assert visit(member).get("/figures/?cycle=never").status_code == 404
    assertContains(visit(member).get("/figures/?cycle=2026-q4"), "No initiative ran")


def test_figures_before_the_first_cycle(visit, member):
    assertContains(visit(member).get("/figures/"), "No cycle has begun yet.")


def test_figures_cost_the_same_for_many(visit, member, learn, django_assert_max_num_queries):
    for n in range(15):
        learn(f"Bet {n}", f"Learned {n}", now=at(date(2026, 11, 10)))
    visitor = visit(member)
    visitor.get("/figures/")
    with django_assert_max_num_queries(12):
        assertContains(visitor.get("/figures/"), "15 initiatives ran.")


def test_the_search_uses_its_index(three):
    """Else a large library would be read whole for each word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'initiative_told'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]
