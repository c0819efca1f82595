from django.urls import path

from apps.organisation.views import organisation, people, profile, team

app_name = "organisation"

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("organisation/", organisation.set_organisation, name="set_organisation"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/<int:pk>/deactivate/", people.deactivate_person, name="deactivate_person"),
    path("teams/<slug:slug>/teams/new/", team.create_team, name="create_team"),
    path("teams/<slug:slug>/rename/", team.rename_team, name="rename_team"),
    path("teams/<slug:slug>/rhythm/", team.set_rhythm, name="set_rhythm"),
    path("teams/<slug:slug>/move/", team.move_team, name="move_team"),
    path("teams/<slug:slug>/members/add/", people.add_member, name="add_member"),
    path("teams/<slug:slug>/members/<int:pk>/remove/", people.remove_member, name="remove_member"),
    path("teams/<slug:slug>/leaders/appoint/", people.appoint_leader, name="appoint_leader"),
    path(
        "teams/<slug:slug>/leaders/<int:pk>/dismiss/", people.dismiss_leader, name="dismiss_leader"
    ),
]
