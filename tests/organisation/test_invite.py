"""Somebody is invited by mail: once, for seven days, by those who may put people there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from apps.organisation import actions
from apps.organisation import invitation_actions as invitations
from apps.organisation.invited import Invitation
from apps.organisation.models import OutboxMessage, TeamGrant, User
from tests.factories import NOW, UserFactory
from tests.notices.making import deliver

pytestmark = pytest.mark.django_db

MIRO = "miro@example.org"
ACCOUNT = {
    "name": "Miro Vasić", "password1": "nine wooden herons", "password2": "nine wooden herons",
}  # fmt: skip
CAST = ["member", "leader", "leader_above", "neighbour", "observer", "administrator"]
LEADING = {"leader", "leader_above", "administrator"}


@pytest.fixture
def invitation(organisation, team, leader) -> Invitation:
    [made] = invitations.invite(emails=[MIRO], role="member", team=team, by=leader, now=NOW)
    return made


def test_from_the_form_to_the_first_page(visit, team, leader):
    visitor = visit(leader)
    response = visitor.send(
        "/teams/checkout/invite/",
        {"emails": "Miro@Example.org\n\n lena@example.org ", "role": "member"},
    )
    assertContains(visitor.get(response["Location"]), "2 invitations are on their way.")
    first, second = deliver()
    assert (first.to, second.to) == ([MIRO], ["lena@example.org"])
    assert first.subject == "Ines Kaya invites you to Lindenmarkt"
    assert "to Checkout as: Member" in first.body
    [link] = re.findall(r"http://127.0.0.1:8000(/invitation/\S+)", first.body)

    browser = visit(None)
    assertContains(browser.get(link), "Ines Kaya invites you to Checkout.")
    assert not User.objects.filter(email=MIRO).exists()  # looking changes nothing
    assertRedirects(browser.post(link, ACCOUNT), "/", fetch_redirect_response=False)
    assertContains(browser.get("/"), "Welcome. This is your week.")
    miro = User.objects.get(email=MIRO)
    assert miro.check_password("nine wooden herons")
    grant = TeamGrant.objects.get(user=miro)
    assert (grant.content_object, grant.role, grant.granted_by) == (team, "Member", leader)

    assertContains(visit(None).get(link), "It was used already.", status_code=410)
    assertContains(visit(None).post(link, ACCOUNT), "It was used already.", status_code=410)
    assert User.objects.filter(email=MIRO).count() == 1


@pytest.mark.parametrize("role", ["member", "observer", "leader"])
@pytest.mark.parametrize("who", CAST)
def test_whoever_may_put_people_there_may_invite_them_there(request, visit, team, who, role):
    may = who in LEADING if role != "leader" else who == "administrator"
    visitor = visit(request.getfixturevalue(who))
    response = visitor.send("/teams/checkout/invite/", {"emails": MIRO, "role": role})
    if may:
        assert response.status_code == 302
        assert Invitation.objects.get().role == role
    else:
        assert response.status_code == (422 if who in LEADING else 403)
        assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "none"])
@pytest.mark.parametrize("who", CAST)
def test_only_administrators_invite_to_no_team(request, visit, team, who, role):
    response = visit(request.getfixturevalue(who)).send(
        "/people/invite/", {"emails": MIRO, "role": role}
    )
    assert response.status_code == (302 if who == "administrator" else 403)
    assert Invitation.objects.count() == (who == "administrator")
    assert {row.role for row in Invitation.objects.all()} <= {role.replace("none", "")}


def test_an_administrator_comes_in_as_one(visit, root, administrator):
    visit(administrator).send("/people/invite/", {"emails": MIRO, "role": "administrator"})
    visit(None).post(Invitation.objects.get().link, ACCOUNT)
    miro = User.objects.get(email=MIRO)
    assert miro.is_administrator
    assert not TeamGrant.objects.filter(user=miro).exists()


@pytest.mark.parametrize(
    ("emails", "says"),
    [
        ("", "Give at least one address."),
        (" \n ; ,", "Give at least one address."),
        ("miro", "“miro” is no address like name@example.org."),
        ("miro@example.org\nBcc: all@example.org", "“Bcc: all@example.org” is no address"),
        ("x" * 300 + "@example.org", "is no address"),
        ("\n".join(f"a{n}@example.org" for n in range(101)), "Not more than 100 at once."),
        ("tom@example.org", "tom@example.org is here already."),
        ("TOM@Example.org", "tom@example.org is here already."),
        ("ines@example.org", "Nobody invites himself or herself."),
        ("known@example.org", "known@example.org is invited already, by Mara Petersen."),
        ("x" * 20_001, "20000"),
        ("a\x00b@example.org", "Null"),
    ],
)
def test_one_wrong_address_and_nobody_is_invited(visit, team, leader_above, emails, says):
    UserFactory(name="Tom", email="tom@example.org")
    ines = UserFactory(name="Ines", email="ines@example.org", leads=team)
    invitations.invite(
        emails=["known@example.org"], role="member", team=team, by=leader_above, now=NOW
    )
    typed = f"fine@example.org\n{emails}" if emails.strip(" \n;,") else emails
    response = visit(ines).send("/teams/checkout/invite/", {"emails": typed, "role": "member"})
    assertContains(response, says, status_code=422)
    assert Invitation.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Say by which name"),
        ({"name": "x" * 81}, "80"),
        ({"name": "Miro\x00"}, "Null"),
        ({"password2": "another one here"}, "The two passwords differ."),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "1234567890", "password2": "1234567890"}, "entirely numeric"),
        ({"password1": MIRO, "password2": MIRO}, "too similar"),
        ({"password1": "", "password2": ""}, "Choose a password."),
    ],
)
def test_an_account_needs_a_name_and_a_good_password(visit, invitation, changed, says):
    response = visit(None).post(invitation.link, ACCOUNT | changed)
    assertContains(response, says, status_code=422)
    assert "nine wooden herons" not in response.content.decode()
    assert not User.objects.filter(email=MIRO).exists()


def spoil_used(invitation, **cast):
    invitations.accept_invitation(invitation, name="Miro", password=None, now=NOW)


def spoil_withdrawn(invitation, leader_above, **cast):
    invitations.withdraw_invitation(invitation, by=leader_above, now=NOW)


def spoil_sent_again(invitation, leader_above, **cast):
    invitations.send_invitation_again(invitation, by=leader_above, now=NOW)


def spoil_dismissed(invitation, administrator, **cast):
    actions.dismiss_leader(invitation.team, person=invitation.invited_by, by=administrator)


def spoil_archived(invitation, **cast):
    invitation.team.archived_at = NOW
    invitation.team.save(update_fields=["archived_at"])


def spoil_known(**cast):
    UserFactory(email=MIRO)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_used, "It was used already."),
        (spoil_withdrawn, "It was withdrawn, or a newer one was sent"),
        (spoil_sent_again, "It was withdrawn, or a newer one was sent"),
        (spoil_dismissed, "Ines Kaya, who invited you, can invite you no longer."),
        (spoil_archived, "can invite you no longer."),
        (spoil_known, "There is an account with this address already."),
    ],
)
def test_a_link_that_counts_no_more_says_why(
    visit, invitation, leader_above, administrator, spoil, says
):
    spoil(invitation=invitation, leader_above=leader_above, administrator=administrator)
    before = User.objects.count()
    assertContains(visit(None).get(invitation.link), says, status_code=410)
    assertContains(visit(None).post(invitation.link, ACCOUNT), says, status_code=410)
    assert User.objects.count() == before


def test_a_link_counts_for_seven_days(visit, invitation):
    link = invitation.link
    with time_machine.travel(NOW + timedelta(days=7, seconds=-1), tick=False):
        assert visit(None).get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assertContains(visit(None).get(link), "It counted until 27 Nov", status_code=410)
        assertContains(visit(None).post(link, ACCOUNT), "Ask Ines Kaya", status_code=410)


def test_whoever_goes_takes_open_invitations_along(visit, invitation, administrator, leader):
    actions.deactivate_person(leader, by=administrator, now=NOW)
    assertContains(visit(None).get(invitation.link), "It was withdrawn", status_code=410)
    assert not OutboxMessage.objects.filter(kind="invitation").exists()


def test_a_right_that_ends_between_looking_and_sending_counts(invitation, administrator):
    stale = Invitation.objects.get(pk=invitation.pk)
    assert stale.invited_by.standing.leads  # asked once, and kept for this request
    actions.dismiss_leader(invitation.team, person=invitation.invited_by, by=administrator)
    with pytest.raises(ValidationError, match="no longer"):
        invitations.accept_invitation(stale, name="Miro", password=None, now=NOW)


@pytest.mark.parametrize("token", ["1", "1.", "x", "%00", "1.AAAA", "999.x", "a" * 3000])
def test_a_link_cannot_be_made_up(visit, organisation, token):
    assertContains(visit(None).get(f"/invitation/{token}/"), "not whole", status_code=404)


def test_a_signature_of_another_kind_is_no_invitation(visit, invitation):
    for salt in ["once", "invitations", ""]:
        forged = Signer(salt=salt or None, sep=".").sign(str(invitation.pk))
        assert visit(None).get(f"/invitation/{forged}/").status_code == 404


def test_nothing_stored_is_enough_to_accept(invitation):
    """Neither the row nor the outbox holds the link."""
    token = invitation.link.rstrip("/").rpartition("/")[2]
    stored = [*Invitation.objects.values(), *OutboxMessage.objects.values()]
    assert token not in repr(stored)


def test_whoever_is_signed_in_is_not_made_another(visit, invitation, member):
    visitor = visit(member)
    assertContains(visitor.get(invitation.link), "you are signed in as Tom Richter")
    assert visitor.post(invitation.link, ACCOUNT).status_code == 403
    assert not User.objects.filter(email=MIRO).exists()


def test_sent_again_it_is_that_person_s_and_counts_from_then(visit, invitation, leader_above):
    visitor = visit(leader_above)
    page = visitor.get("/people/?team=checkout")
    assertContains(page, "Invited by Ines Kaya; the link counts until")
    url = f"/people/invitations/{invitation.pk}/again/"
    assertContains(page, url)
    visitor.send(url)
    [message] = deliver()
    again = Invitation.objects.open().get()
    assert again.link in message.body
    assert (again.invited_by, again.role, again.team) == (leader_above, "member", invitation.team)
    assert visit(None).get(again.link).status_code == 200
    assert visitor.send(url).status_code == 404


def test_withdrawn_it_leaves_the_list_and_makes_room(visit, invitation, leader):
    visitor = visit(leader)
    response = visitor.send(f"/people/invitations/{invitation.pk}/withdraw/")
    page = visitor.get(response["Location"])
    assertContains(page, "The invitation of miro@example.org is withdrawn.")
    assertNotContains(page, "Invited by Ines Kaya")
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    assert visitor.send(
        "/teams/checkout/invite/", {"emails": MIRO, "role": "observer"}
    ).status_code == 302  # fmt: skip


def test_what_ran_out_stays_listed_and_makes_room(visit, invitation, leader):
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        visitor = visit(leader)
        assertContains(visitor.get("/people/?team=checkout"), "the link counted until")
        visitor.send("/teams/checkout/invite/", {"emails": MIRO, "role": "observer"})
    assert Invitation.objects.open().get().role == "observer"


@pytest.mark.parametrize("who", CAST)
def test_everyone_sees_who_is_invited_and_some_can_answer(request, visit, invitation, who):
    visitor = visit(request.getfixturevalue(who))
    page = visitor.get("/people/?team=checkout").content.decode()
    assert MIRO in page
    for verb in ["withdraw", "again"]:
        url = f"/people/invitations/{invitation.pk}/{verb}/"
        assert (url in page) is (visitor.get(url).status_code == 200) is (who in LEADING)


def test_invitations_to_no_team_are_for_administrators_to_see(visit, leader, administrator):
    invitations.invite(emails=[MIRO], role="administrator", by=administrator, now=NOW)
    assertContains(visit(administrator).get("/people/"), MIRO)
    assertNotContains(visit(leader).get("/people/"), MIRO)


def test_the_mail_speaks_the_organisation_s_language_and_one_line_has_one_subject(
    visit, organisation, leader, team
):
    organisation.language = "de"
    organisation.name = "Linden\nmarkt <b>"
    organisation.save()
    visit(leader).send("/teams/checkout/invite/", {"emails": MIRO, "role": "member"})
    [message] = deliver()
    assert "\n" not in message.subject
    assert '<html lang="de">' in message.alternatives[0].content
    assert "Freitag, 27 November" in message.body
    assert "Lindenmarkt <b>" in message.body.replace("\n", "")


@pytest.mark.parametrize("spoil", ["withdrawn", "used", "dismissed"])
def test_a_mail_whose_link_would_not_count_does_not_go(
    invitation, leader, member, leader_above, administrator, spoil
):
    match spoil:
        case "withdrawn":
            invitations.withdraw_invitation(invitation, by=leader_above, now=NOW)
        case "used":
            invitations.accept_invitation(invitation, name="Miro", password=None, now=NOW)
        case "dismissed":
            actions.dismiss_leader(invitation.team, person=leader, by=administrator)
    assert MIRO not in [message.to[0] for message in deliver()]


def test_the_database_keeps_an_address_to_one_open_invitation(invitation, team, leader):
    with pytest.raises(IntegrityError):
        Invitation.objects.create(
            email=MIRO, team=team, role="member", invited_by=leader, invited_at=NOW, expires_at=NOW
        )
