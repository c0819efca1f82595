"""Who has gone may be erased: the name and the address, not what was written."""

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.initiatives.models import InitiativeMove
from apps.organisation import actions, outbox
from apps.organisation import invitation_actions as invitations
from apps.organisation.invited import Invitation
from apps.organisation.models import OneTimeKey, OutboxMessage, TeamGrant, User
from tests.factories import NOW, UserFactory
from tests.initiatives.making import make_active

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(visit, team, leader, administrator, key_result) -> User:
    """Invited, at work, and deactivated."""
    [invitation] = invitations.invite(
        emails=["aylin@example.org"], role="member", team=team, by=leader, now=NOW
    )
    aylin = invitations.accept_invitation(invitation, name="Aylin Sommer", password=None, now=NOW)
    make_active(team, aylin, key_result, title="Guest checkout")
    visit(aylin).send(
        "/profile/", {"name": "Aylin Sommer", "language": "de", "theme": "dark", "version": "1"}
    )
    outbox.put("help.answered", to=[aylin, "aylin@example.org"], about=team, now=NOW)
    actions.deactivate_person(aylin, by=administrator, now=NOW)
    return User.objects.get(pk=aylin.pk)


def url(person: User) -> str:
    return f"/people/{person.pk}/erase/"


def test_everything_that_names_or_reaches_the_person_goes(visit, gone, administrator, team):
    assert OneTimeKey.objects.filter(user=gone).exists()
    visitor = visit(administrator)
    assertContains(visitor.get(url(gone)), "Nothing brings it back.")
    response = visitor.send(url(gone), {"confirmed": " aylin sommer "})
    assertRedirects(response, "/people/", fetch_redirect_response=False)

    gone.refresh_from_db()
    assert gone.name == "A former colleague"
    assert gone.email == f"erased-{gone.pk}@erased.invalid"
    assert (gone.language, gone.theme, gone.erased_at) == ("en", "", NOW)
    assert not TeamGrant.objects.filter(user=gone).exists()
    assert not Invitation.objects.filter(email="aylin@example.org").exists()
    assert not OutboxMessage.objects.filter(person=gone).exists()
    assert not OutboxMessage.objects.filter(address="aylin@example.org").exists()
    assert not OneTimeKey.objects.filter(user=gone).exists()
    assert str(gone.pk) not in {
        session.get_decoded().get("_auth_user_id") for session in Session.objects.all()
    }
    assert InitiativeMove.objects.filter(by=gone).exists()  # what was done stays done
    assertNotContains(visitor.get("/people/", {"q": "former"}), "erased-")
    assertContains(visitor.get(f"/people/{gone.pk}/"), "Name and address were erased.")
    assert visitor.get(url(gone)).status_code == 404


@pytest.mark.parametrize("typed", ["", "Aylin", "aylin@example.org", "Aylin Sommer\x00", "x" * 99])
def test_it_is_confirmed_in_words(visit, gone, administrator, typed):
    response = visit(administrator).send(url(gone), {"confirmed": typed})
    assert response.status_code == 422
    gone.refresh_from_db()
    assert gone.name == "Aylin Sommer"


@pytest.mark.parametrize("who", ["member", "leader", "leader_above", "observer"])
def test_others_may_not(request, visit, gone, who):
    response = visit(request.getfixturevalue(who)).send(url(gone), {"confirmed": gone.name})
    assertContains(response, "Only an administrator", status_code=403)
    gone.refresh_from_db()
    assert gone.name == "Aylin Sommer"


def test_nobody_who_is_still_here_is_erased(visit, member, administrator):
    assert visit(administrator).send(url(member), {"confirmed": member.name}).status_code == 404
    with pytest.raises(actions.ValidationError, match="Deactivate Tom Richter first"):
        actions.erase_person(member, by=administrator, now=NOW)


def test_the_address_may_come_again(visit, gone, administrator, team):
    actions.erase_person(gone, by=administrator, now=NOW)
    [again] = invitations.invite(emails=["aylin@example.org"], role="", by=administrator, now=NOW)
    assert invitations.accept_invitation(again, name="A", password=None, now=NOW).pk != gone.pk


def test_the_database_lets_nobody_erased_be_active(gone, administrator):
    actions.erase_person(gone, by=administrator, now=NOW)
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=gone.pk).update(is_active=True)


# -- administrators


def test_an_administrator_is_appointed_and_dismissed(visit, member, administrator):
    visitor = visit(administrator)
    visitor.send(f"/people/{member.pk}/administrator/appoint/")
    page = visitor.get(f"/people/{member.pk}/")
    assertContains(page, "Tom Richter is an administrator now.")
    assertContains(page, "Dismiss as administrator")
    assertNotContains(page, "Appoint as administrator")
    assert visitor.get(f"/people/{member.pk}/administrator/appoint/").status_code == 404
    visitor.send(f"/people/{member.pk}/administrator/dismiss/")
    member.refresh_from_db()
    assert not member.is_administrator


def test_nobody_appoints_or_dismisses_himself_or_herself(visit, administrator):
    other = UserFactory(is_administrator=True)
    url = f"/people/{administrator.pk}/administrator/dismiss/"
    for response in [visit(administrator).get(url), visit(administrator).send(url)]:
        assertContains(response, "Nobody", status_code=403)
    for act in [actions.dismiss_administrator, actions.appoint_administrator]:
        with pytest.raises(actions.PermissionDenied):
            act(administrator, by=administrator)
    with pytest.raises(actions.PermissionDenied):
        actions.appoint_administrator(UserFactory(), by=UserFactory())
    assert set(User.objects.administrators()) == {administrator, other}


def test_who_goes_administers_no_more(visit, administrator):
    other = UserFactory(name="Bea Roth", is_administrator=True)
    actions.deactivate_person(other, by=administrator, now=NOW)
    other.refresh_from_db()
    assert not other.is_administrator
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=other.pk).update(is_administrator=True)
