"""Two tabs, one row: nothing that somebody stored is overwritten unseen, nothing typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django.asserts import assertContains

from apps.organisation import actions
from apps.organisation.models import User
from apps.organisation.writes import Conflict, carry_out, form_status, lock
from tests.factories import NOW

pytestmark = pytest.mark.django_db

URL = "/profile/"
MINE = {"name": "Tom R.", "language": "en", "theme": "dark"}


def test_the_second_tab_is_shown_what_the_first_one_stored(visit, member):
    first, second = visit(member), visit(member)
    first.send(URL, MINE | {"version": "1"})
    response = second.send(URL, MINE | {"name": "Tommy", "version": "1"})
    assertContains(response, "Tommy", status_code=409)  # what was typed stays
    assertContains(response, "Stored now: Tom R.", status_code=409)
    assertContains(response, 'name="version" value="2"', status_code=409)
    member.refresh_from_db()
    assert member.name == "Tom R."


def test_sending_again_replaces_it_knowingly(visit, member):
    visit(member).send(URL, MINE | {"version": "1"})
    visit(member).send(URL, MINE | {"name": "Tommy", "version": "2"})
    member.refresh_from_db()
    assert (member.name, member.version) == ("Tommy", 3)


@pytest.mark.parametrize("version", ["", "x", "1.5", "99999999999999999999", "-1", "\x00"])
def test_a_form_without_a_right_version_changes_nothing(visit, member, version):
    response = visit(member).send(URL, MINE | {"version": version})
    assert response.status_code in {409, 422}
    assert b"Tom R." in response.content
    member.refresh_from_db()
    assert member.name == "Tom Richter"


def test_a_refused_form_keeps_everything_typed(visit, member):
    long = "Z" * 10_000
    for name in ["", "   ", long, "Tom\x00"]:
        response = visit(member).send(URL, MINE | {"name": name, "version": "1"})
        assert response.status_code == 422
        assert b"errsum" in response.content
        assert 'value="dark"' in response.content.decode()
    assertContains(
        visit(member).send(URL, MINE | {"name": long, "version": "1"}), long, status_code=422
    )


def test_lock_reads_the_row_as_it_is_stored(member):
    stale = User.objects.get(pk=member.pk)
    actions.edit_profile(member, name="Tom R.", language="de", theme="", version=1)
    assert lock(stale).name == "Tom R."
    with pytest.raises(Conflict) as conflict:
        lock(stale, version=1)
    assert conflict.value.stored.version == 2


def test_what_an_action_refuses_stands_in_the_form_and_nothing_is_stored(member):
    from apps.organisation.forms import TeamForm

    def act(name: str) -> None:
        User.objects.create_user("aylin@example.org", name=name)
        raise ValidationError({"name": "Not this one."})

    form = TeamForm({"name": "Aylin"})
    assert not carry_out(form, act)
    assert form.errors == {"name": ["Not this one."]}
    assert form_status(form) == 422
    assert not User.objects.filter(email="aylin@example.org").exists()


def test_a_refusal_about_something_else_stands_above_the_form(member):
    from apps.organisation.forms import PersonForm

    def act(person: User) -> None:
        raise ValidationError({"elsewhere": "Not this way.", "person": "Not that one."})

    form = PersonForm({"person": member.email})
    assert not carry_out(form, act)
    assert form.errors == {"__all__": ["Not this way."], "person": ["Not that one."]}


def test_a_closed_account_saves_nothing_more(member, administrator):
    stale = User.objects.get(pk=member.pk)
    actions.deactivate_person(member, by=administrator, now=NOW)
    for act in [
        lambda: actions.edit_profile(stale, name="X", language="en", theme=""),
        lambda: actions.change_password(stale, password="X"),
    ]:
        with pytest.raises(PermissionDenied, match="closed"):
            act()
