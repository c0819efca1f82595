"""Ten thousand people and a thousand teams stay usable: search, and branches on demand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from apps.organisation.models import Team, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_a_part_of_name_or_address(visit, team, leader, member):
    UserFactory(name="Friederike Wörner-Schattenberg", email="fws@example.org", works_in=team)
    for words in ["wörner", "FWS@", "  schatten "]:
        page = visit(leader).get("/people/", {"q": words})
        assert [person.email for person in page.context["found"].rows] == ["fws@example.org"]
        assertContains(page, "(Member)")
    assertContains(visit(leader).get("/people/", {"q": "nobody\x00 like this"}), "Nobody here has")


def test_many_who_are_found_cost_as_much_as_one(visit, team, administrator):
    UserFactory(name="Aylin 0", works_in=team)
    visitor, counts = visit(administrator), []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            page = visitor.get("/people/", {"q": "aylin"})
        counts.append(len(asked))
        for n in range(1, 56):
            UserFactory(name=f"Aylin {n}", works_in=team)
    assertContains(page, "page=2")
    assertContains(visitor.get("/people/", {"q": "aylin", "page": "2"}), "Page 2")
    assert counts[0] == counts[1] <= 12


def test_of_many_without_a_team_the_first_are_shown(visit, root, administrator):
    User.objects.bulk_create(
        User(name=f"New {n:03}", email=f"new{n}@example.org") for n in range(200)
    )
    page = visit(administrator).get("/people/")
    assertContains(page, "Search for others by name.")
    assertNotContains(page, "New 060")


def test_a_large_tree_is_open_around_one_team(visit, root, team, other_team, leader):
    Team.objects.bulk_create(
        Team(name=f"T{n}", slug=f"t{n}", parent=other_team,
             ancestor_ids=[*other_team.ancestor_ids, other_team.pk])
        for n in range(200)
    )  # fmt: skip
    assertNotContains(visit(leader).get("/people/?team=checkout"), "?team=t17")
    assertContains(visit(leader).get(f"/people/?team={other_team.slug}"), "?team=t17")
