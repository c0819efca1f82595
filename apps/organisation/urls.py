from django.urls import path

from apps.organisation.views import invitations, organisation, people, profile, team

app_name = "organisation"

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("organisation/", organisation.set_organisation, name="set_organisation"),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path(
        "people/invitations/<int:pk>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(
        "people/invitations/<int:pk>/again/",
        invitations.send_invitation_again,
        name="send_invitation_again",
    ),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("people/<int:pk>/", people.person, name="person"),
    path(
        "people/<int:pk>/administrator/appoint/",
        people.appoint_administrator,
        name="appoint_administrator",
    ),
    path(
        "people/<int:pk>/administrator/dismiss/",
        people.dismiss_administrator,
        name="dismiss_administrator",
    ),
    path("people/<int:pk>/erase/", people.erase_person, name="erase_person"),
    path("teams/<slug:slug>/branch/", people.branch, name="branch"),
    path("teams/<slug:slug>/teams/new/", team.create_team, name="create_team"),
    path("teams/<slug:slug>/rename/", team.rename_team, name="rename_team"),
    path("teams/<slug:slug>/rhythm/", team.set_rhythm, name="set_rhythm"),
    path("teams/<slug:slug>/move/", team.move_team, name="move_team"),
    path("teams/<slug:slug>/invite/", invitations.invite_to_team, name="invite_to_team"),
    path("teams/<slug:slug>/members/add/", people.add_member, name="add_member"),
    path("teams/<slug:slug>/members/<int:pk>/remove/", people.remove_member, name="remove_member"),
    path("teams/<slug:slug>/leaders/appoint/", people.appoint_leader, name="appoint_leader"),
    path(
        "teams/<slug:slug>/leaders/<int:pk>/dismiss/", people.dismiss_leader, name="dismiss_leader"
    ),
]
