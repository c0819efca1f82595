"""Who is in which team: seen by everyone, changed by leaders and administrators."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from apps.organisation.models import TeamGrant, User
from tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

GERMAN = "Friederike Wörner-Schattenberg von der Lieferantenbeziehungsmanagementabteilung"


@pytest.fixture
def aylin(team) -> User:
    return UserFactory(name="Aylin Sommer", email="aylin@example.org")


def roles(person: User, team) -> set[str]:
    grants = TeamGrant.objects.for_teams(team).filter(user=person)
    return set(grants.values_list("permission__codename", flat=True))


class Step:
    """A form page: its address, what is typed, and who may send it."""

    def __init__(self, name: str, typed: dict[str, str], who: set[str], says: str) -> None:
        self.name, self.typed, self.who, self.says = name, typed, who, says

    def url(self, team, member, leader, aylin) -> str:
        args = {
            "add_member": [team.slug], "appoint_leader": [team.slug],
            "remove_member": [team.slug, member.pk], "dismiss_leader": [team.slug, leader.pk],
            "appoint_administrator": [aylin.pk], "deactivate_person": [aylin.pk],
        }[self.name]  # fmt: skip
        app = "dashboards" if self.name == "deactivate_person" else "organisation"
        return reverse(f"{app}:{self.name}", args=args)


LEADING = {"leader", "leader_above", "administrator"}
STEPS = [
    Step("add_member", {"person": "aylin@example.org", "role": "member"}, LEADING,
         "Aylin Sommer is in Checkout now."),
    Step("remove_member", {}, LEADING, "Tom Richter is no longer in Checkout."),
    Step("appoint_leader", {"person": "aylin sommer"}, {"administrator"},
         "Aylin Sommer leads Checkout now."),
    Step("dismiss_leader", {}, {"administrator"}, "Ines Kaya no longer leads Checkout."),
    Step("appoint_administrator", {}, {"administrator"},
         "Aylin Sommer is an administrator now."),
    Step("deactivate_person", {}, {"administrator"}, "Aylin Sommer can no longer sign in."),
]  # fmt: skip
CAST = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("who", CAST)
def test_each_step_is_open_to_those_it_belongs_to(
    request, visit, team, member, leader, aylin, step, who
):
    person = request.getfixturevalue(who)
    visitor, url = visit(person), step.url(team, member, leader, aylin)
    before = set(TeamGrant.objects.values_list()), set(User.objects.values_list())

    form = visitor.get(url)
    response = visitor.send(url, step.typed)

    if who in step.who and not (who == "leader" and step.name == "dismiss_leader"):
        assertContains(form, "<form")
        assertContains(visitor.get(response["Location"]), step.says)
    else:
        assert form.status_code == response.status_code == 403
        assert re.search(r"Only|Nobody", response.content.decode())
        assert before == (set(TeamGrant.objects.values_list()), set(User.objects.values_list()))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_it_works_under_htmx_too(visit, team, member, leader, administrator, aylin, step):
    url = step.url(team, member, leader, aylin)
    visitor = visit(administrator)
    response = visitor.send(url, step.typed, htmx=True)
    assertContains(visitor.get(response["Location"]), step.says)


def test_a_member_is_added_by_someone_on_a_day(visit, team, leader, aylin):
    visit(leader).send(f"/teams/{team.slug}/members/add/", {"person": aylin.name, "role": "member"})
    page = visit(leader).get("/people/?team=checkout")
    assertContains(page, "added by Ines Kaya")
    assert roles(aylin, team) == {"belong_to_team"}


def test_an_observer_is_added_and_removed(visit, team, leader, aylin):
    visit(leader).send(
        f"/teams/{team.slug}/members/add/", {"person": aylin.name, "role": "observer"}
    )
    assert roles(aylin, team) == {"observe_team"}
    visit(leader).send(f"/teams/{team.slug}/members/{aylin.pk}/remove/")
    assert roles(aylin, team) == set()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Say who it is."),
        ("Nobody At All", "Nobody here has this name"),
        ("Tom Richter", "already"),
        ("Two Of Us", "Several people have this name"),
        ("Gone Away", "Nobody here has this name"),
        ("x" * 10_000, "254"),
        ("Aylin\x00", "Null"),
    ],
)
def test_who_is_meant_must_be_clear(visit, team, leader, member, deactivated, typed, says):
    UserFactory(name="Two Of Us")
    UserFactory(name="Two Of Us")
    response = visit(leader).send(
        f"/teams/{team.slug}/members/add/", {"person": typed, "role": "member"}
    )
    assertContains(response, says, status_code=422)
    assert typed.replace("\x00", "") in response.content.decode().replace("\x00", "")


def test_nobody_changes_his_or_her_own_place(visit, team, leader, administrator):
    own = [
        (leader, f"/teams/{team.slug}/members/add/", {"person": leader.email, "role": "member"}),
        (administrator, f"/teams/{team.slug}/leaders/appoint/", {"person": administrator.name}),
        (administrator, f"/people/{administrator.pk}/deactivate/", {}),
    ]
    for person, url, typed in own:
        response = visit(person).send(url, typed)
        assertContains(response, "Nobody", status_code=403)
    assert roles(leader, team) == {"lead_team"}
    assert roles(administrator, team) == set()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_nobody_leaves_by_himself_or_herself(visit, team, leader):
    from tests.factories import grant

    grant("belong_to_team", leader, team)
    response = visit(leader).send(f"/teams/{team.slug}/members/{leader.pk}/remove/")
    assertContains(response, "Nobody", status_code=403)
    assert roles(leader, team) == {"lead_team", "belong_to_team"}


def test_people_of_another_team_are_not_found_there(visit, other_team, team, administrator, member):
    for url in [
        f"/teams/{other_team.slug}/members/{member.pk}/remove/",
        f"/teams/{other_team.slug}/leaders/{member.pk}/dismiss/",
        f"/teams/{team.slug}/leaders/{member.pk}/dismiss/",  # a member is no leader
        "/people/999999999999999999999/deactivate/",
        "/people/999999999999999999999/erase/",
    ]:
        assert visit(administrator).get(url).status_code == 404
        assert visit(administrator).send(url).status_code == 404
    assert roles(member, team) == {"belong_to_team"}


@pytest.mark.parametrize("who", CAST)
def test_a_button_stands_where_its_form_would_be_accepted(
    request, visit, team, member, leader, observer, who
):
    visitor = visit(request.getfixturevalue(who))
    page = visitor.get("/people/?team=checkout").content.decode()
    page += visitor.get(f"/people/{member.pk}/").content.decode()
    urls = [
        f"/teams/{team.slug}/members/add/", f"/teams/{team.slug}/members/{member.pk}/remove/",
        f"/teams/{team.slug}/leaders/appoint/", f"/teams/{team.slug}/leaders/{leader.pk}/dismiss/",
        "/people/invite/", f"/teams/{team.slug}/invite/", f"/people/{member.pk}/deactivate/",
        f"/people/{member.pk}/administrator/appoint/",
    ]  # fmt: skip
    for url in urls:
        assert (url in page) is (visitor.get(url).status_code == 200), url


def test_the_tree_counts_each_person_once_on_every_level(visit, area, team, member, leader):
    from tests.factories import grant

    grant("belong_to_team", member, area)
    page = visit(member).get("/people/").content.decode()
    counts = re.findall(r"<span>([^<]+)</span>\s*<small>([^<]+)</small>", page)
    assert counts == [("Lindenmarkt", "2 people"), ("Shop", "2 people"), ("Checkout", "2 people")]


def test_a_team_that_is_not_there_is_not_found(visit, member, team):
    team.archived_at = "2026-11-01T00:00Z"
    team.save(update_fields=["archived_at"])
    assert visit(member).get("/people/?team=checkout").status_code == 404
    assert visit(member).get("/people/?team=nowhere").status_code == 404


def test_the_page_asks_the_database_the_same_for_one_and_for_many(
    visit, team, administrator, django_assert_max_num_queries
):
    visitor = visit(administrator)

    def queries() -> int:
        with django_assert_max_num_queries(12) as asked:
            assert visitor.get("/people/?team=checkout").status_code == 200
        return len(asked)

    UserFactory(works_in=team)
    one = queries()
    for _ in range(10):
        UserFactory(works_in=TeamFactory(parent=team))
        UserFactory(works_in=team)
        UserFactory()
    assert queries() == one


def test_a_profile_is_one_s_own_and_speaks_one_s_language(visit, member):
    response = visit(member).send(
        "/profile/", {"name": GERMAN, "language": "de", "theme": "dark", "version": "1"}
    )
    assertRedirects(response, "/profile/", fetch_redirect_response=False)
    page = visit(User.objects.get(pk=member.pk)).get("/profile/").content.decode()
    assert '<html lang="de" data-theme="dark">' in page
    assert GERMAN in page


@pytest.mark.parametrize(
    ("field", "wrong"), [("language", "xx"), ("theme", "pink"), ("language", "")]
)
def test_a_profile_takes_only_what_there_is(visit, member, field, wrong):
    typed = {"name": "Tom", "language": "en", "theme": "", "version": "1", field: wrong}
    assert visit(member).send("/profile/", typed).status_code == 422
    member.refresh_from_db()
    assert member.name == "Tom Richter"
