"""Administrators say what holds for everyone."""

import pytest
from pytest_django.asserts import assertContains

from apps.organisation.models import Organisation

pytestmark = pytest.mark.django_db

URL = "/organisation/"
TYPED = {
    "name": "Lindenmarkt Gruppe", "language": "de", "time_zone": "Asia/Tokyo",
    "checkin_weekday": "4", "version": "1",
}  # fmt: skip


def stored() -> tuple[object, ...]:
    fields = ["name", "language", "time_zone", "checkin_weekday", "version"]
    return Organisation.objects.values_list(*fields).get()


@pytest.mark.parametrize("htmx", [False, True])
def test_an_administrator_sets_it(visit, root, administrator, htmx):
    visitor = visit(administrator)
    saved = visitor.send(URL, TYPED, htmx=htmx)
    assertContains(visitor.get(saved["Location"]), "It holds for everyone")
    assert stored() == ("Lindenmarkt Gruppe", "de", "Asia/Tokyo", 4, 2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Say how your organisation is called."),
        ({"name": "x" * 10_000}, "80"),
        ({"name": "Linden\x00markt"}, "Null"),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"time_zone": "posix/Europe/Berlin"}, "valid choice"),
        ({"checkin_weekday": "8"}, "valid choice"),
        ({"language": "tlh"}, "valid choice"),
    ],
)
def test_what_is_wrong_changes_nothing_and_the_rest_is_kept(
    visit, root, administrator, wrong, says
):
    before = stored()
    response = visit(administrator).send(URL, TYPED | wrong)
    assertContains(response, says, status_code=422)
    assertContains(response, "checked" if "name" in wrong else "Gruppe", status_code=422)
    assert stored() == before


def test_two_who_write_see_each_other(visit, root, administrator):
    visitor = visit(administrator)
    key = visitor.new_key(URL)
    for _again in range(2):
        assert visitor.send(URL, TYPED | {"once": key}).status_code == 302
    assert stored()[-1] == 2
    response = visitor.send(URL, TYPED | {"name": "Late"})
    assertContains(response, "Stored now: Lindenmarkt Gruppe", status_code=409)
    assertContains(response, 'value="Late"', status_code=409)
    assert stored()[0] == "Lindenmarkt Gruppe"


@pytest.mark.parametrize("who", ["member", "leader", "leader_above", "neighbour", "observer"])
def test_nobody_else_does(request, visit, root, who):
    visitor, before = visit(request.getfixturevalue(who)), stored()
    for response in [visitor.get(URL), visitor.send(URL, TYPED)]:
        assertContains(response, "Only an administrator can do this.", status_code=403)
    assert stored() == before
