"""Administrators grow and move the tree; a team says itself what it decides alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from pytest_django.asserts import assertContains

from apps.organisation import actions
from apps.organisation.models import Team
from tests.factories import NOW, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

GERMAN = "Lieferantenbeziehungsmanagementabteilung für Süddeutschland"
STEPS = {
    "teams/new": ({"name": GERMAN}, {"administrator"}),
    "rename": ({"name": GERMAN, "version": "1"}, {"administrator"}),
    "move": ({"version": "1"}, {"administrator"}),
    "rhythm": (
        {"decides_alone": "Every colour.", "active_limit": "3", "version": "1"},
        {"member", "leader"},
    ),
}
CAST = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]


def stored() -> list[object]:
    return list(Team.objects.order_by("pk").values_list())


def are_true() -> bool:
    """Whether each team's ancestors are those of its parent, and the parent."""
    teams = Team.objects.in_bulk()
    return all(
        t.ancestor_ids == [*teams[t.parent_id].ancestor_ids, t.parent_id] if t.parent_id
        else t.ancestor_ids == []
        for t in teams.values()
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", CAST)
def test_each_step_is_open_to_those_it_belongs_to(request, visit, team, other_team, step, who):
    visitor, url = visit(request.getfixturevalue(who)), f"/teams/{team.slug}/{step}/"
    typed, allowed = STEPS[step]
    typed = typed | {"to": other_team.pk}
    before = stored()
    for htmx in [True, False]:
        form, response = visitor.get(url), visitor.send(url, typed, htmx=htmx)
        if who in allowed:
            assertContains(form, "<form")
            assert response.status_code == 302
            assert stored() != before
            break
        assertContains(form, "Only", status_code=403)
        assertContains(response, "Only", status_code=403)
        assert stored() == before


def test_a_team_is_made_below_another(visit, team, administrator):
    answer = visit(administrator).send(f"/teams/{team.slug}/teams/new/", {"name": GERMAN})
    made = Team.objects.get(name=GERMAN)
    assert (made.parent, made.ancestor_ids) == (team, [*team.ancestor_ids, team.pk])
    assertContains(visit(administrator).get(answer["Location"]), GERMAN)
    assertContains(visit(administrator).get(made.get_absolute_url()), GERMAN)


def test_a_renamed_team_keeps_its_address(visit, team, administrator):
    page = visit(administrator).get(f"/teams/{team.slug}/rename/")
    assertContains(page, "Its address stays /teams/checkout/")
    visit(administrator).send("/teams/checkout/rename/", {"name": "Till", "version": "1"})
    assertContains(visit(administrator).get("/teams/checkout/"), "Till")


def test_a_team_says_what_it_decides_alone(visit, team, member):
    visit(member).send("/teams/checkout/rhythm/", STEPS["rhythm"][0])
    team.refresh_from_db()
    assert (team.decides_alone, team.active_limit) == ("Every colour.", 3)
    assertContains(visit(member).get("/teams/checkout/"), "Every colour.")
    visit(member).send("/teams/checkout/rhythm/", {"decides_alone": "All", "version": "2"})
    team.refresh_from_db()
    assert team.active_limit is None


@pytest.mark.parametrize(
    ("step", "wrong", "says"),
    [
        ("teams/new", {"name": ""}, "Give the team a name."),
        ("teams/new", {"name": "x" * 10_000}, "80"),
        ("rename", {"name": "T\x00"}, "Null"),
        ("rhythm", {"active_limit": "0", "decides_alone": "Kept"}, "Kept"),
        ("rhythm", {"active_limit": "many", "decides_alone": "Kept"}, "Kept"),
        ("rhythm", {"active_limit": "", "decides_alone": "x" * 10_000}, "5000"),
        ("move", {"to": ""}, "Choose a team."),
        ("move", {"to": "\x00"}, "There is a problem"),
    ],
)
def test_what_is_wrong_changes_nothing(visit, team, member, administrator, step, wrong, says):
    person = member if step == "rhythm" else administrator
    before = stored()
    response = visit(person).send(f"/teams/checkout/{step}/", {"version": "1", **wrong})
    assertContains(response, says, status_code=422)
    assert stored() == before


@pytest.mark.parametrize("step", ["rename", "rhythm", "move"])
def test_an_older_form_overwrites_nothing(visit, team, other_team, member, administrator, step):
    person = member if step == "rhythm" else administrator
    Team.objects.filter(pk=team.pk).update(version=2, name="Renamed", decides_alone="Theirs")
    before = stored()
    response = visit(person).send(
        f"/teams/checkout/{step}/", STEPS[step][0] | {"to": other_team.pk}
    )
    assertContains(response, "Someone changed this", status_code=409)
    assert stored() == before


def test_the_preview_names_who_gains_and_who_loses(
    visit, area, team, other_team, administrator, neighbour, leader_above
):
    below = TeamFactory(parent=team)
    actions.appoint_leader(
        area, person=(leyla := UserFactory(name="Leyla Demir")), by=administrator, now=NOW
    )
    page = visit(administrator).get(f"/teams/checkout/move/?to={other_team.pk}")
    changes = page.context["changes"]
    assert (changes.gain, changes.lose) == ([neighbour], [leyla])
    assertContains(page, "Karim Haddad")
    typed = {"to": other_team.pk, "version": "1"}
    visitor = visit(administrator)
    key = visitor.new_key("/teams/checkout/move/")
    for _again in range(2):
        assert visitor.send("/teams/checkout/move/", typed | {"once": key}).status_code == 302
    below.refresh_from_db()
    assert below.ancestor_ids == [*other_team.ancestor_ids, other_team.pk, team.pk]
    assert are_true()


def test_there_is_no_circle_and_the_root_stays(root, area, team, other_team, administrator):
    for moved, to in [(area, team), (area, area), (root, other_team), (team, area)]:
        with pytest.raises(ValidationError):
            actions.move_team(moved, to=to, by=administrator)
    assert are_true()


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_no_circle(root, administrator):
    left, right = TeamFactory(parent=root), TeamFactory(parent=root)
    TeamFactory(parent=left), TeamFactory(parent=right)

    def move(pair: tuple[Team, Team]) -> bool:
        try:
            actions.move_team(
                Team.objects.get(pk=pair[0].pk), to=Team.objects.get(pk=pair[1].pk),
                by=type(administrator).objects.get(pk=administrator.pk),
            )  # fmt: skip
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, [(left, right), (right, left)])) == [False, True]
    assert are_true()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"rhythm": "two-weeks"}, [["two-weeks", "2026-11-16"]]),
        ({"rhythm": "two-weeks", "first_week": "2026-11-23"}, [["two-weeks", "2026-11-23"]]),
        ({"rhythm": "monthly", "first_week": "2026-11-23"}, [["monthly", "2026-11-16"]]),
        ({"rhythm": "weekly"}, []),
        ({}, []),
    ],
)
def test_a_team_sets_how_often_it_checks_in(visit, team, member, typed, kept):
    url = f"/teams/{team.slug}/rhythm/"
    visit(member).send(url, {"decides_alone": "", "version": "1", **typed})
    team.refresh_from_db()
    assert team.rhythms == kept
    assert team.rhythm == (kept[0][0] if kept else "weekly")
    assertContains(visit(member).get(url), f'value="{team.rhythm}" ')


def test_the_weeks_of_a_rhythm_go_on_until_another_is_chosen(visit, team, member):
    team.rhythm, team.rhythms = "two-weeks", [["two-weeks", "2026-11-09"]]
    team.save()
    url = f"/teams/{team.slug}/rhythm/"
    same = {"decides_alone": "", "rhythm": "two-weeks", "first_week": "2026-11-23", "version": "1"}
    visit(member).send(url, same)
    team.refresh_from_db()
    assert team.rhythms == [["two-weeks", "2026-11-09"]]
    visit(member).send(url, same | {"first_week": "2026-11-16", "version": "2"})
    team.refresh_from_db()
    assert team.rhythms == [["two-weeks", "2026-11-09"], ["two-weeks", "2026-11-16"]]


@pytest.mark.parametrize(
    "typed", [{"rhythm": "daily"}, {"rhythm": "two-weeks", "first_week": "2026-11-30"}]
)
def test_no_other_rhythm_is_taken(visit, team, member, typed):
    url = f"/teams/{team.slug}/rhythm/"
    response = visit(member).send(url, {"decides_alone": "", "version": "1", **typed})
    assert response.status_code == 422
    team.refresh_from_db()
    assert team.rhythms == []
