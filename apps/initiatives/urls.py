from django.urls import path

from apps.initiatives import views

app_name = "initiatives"

urlpatterns = [
    path("teams/<slug:slug>/initiatives/", views.board, name="board"),
    path("teams/<slug:slug>/initiatives/propose/", views.propose, name="propose"),
    path("teams/<slug:slug>/initiatives/suggest/", views.suggest, name="suggest"),
    path("teams/<slug:slug>/initiatives/beside/", views.beside, name="beside"),
    path("teams/<slug:slug>/learnings/", views.team_learnings, name="team_learnings"),
    path("learnings/", views.learnings, name="learnings"),
    path("teams/<slug:slug>/figures/", views.team_figures, name="team_figures"),
    path("figures/", views.figures, name="figures"),
    path("teams/<slug:slug>/archive/", views.archive_team, name="archive_team"),
    path("initiatives/<int:pk>-<slug:slug>/", views.initiative, name="initiative"),
    path("initiatives/<int:pk>/edit/", views.edit, name="edit"),
    path("initiatives/<int:pk>/take-over/", views.take_over, name="take_over"),
    path("initiatives/<int:pk>/start/", views.start, name="start"),
    path("initiatives/<int:pk>/pause/", views.pause, name="pause"),
    path("initiatives/<int:pk>/resume/", views.resume, name="resume"),
    path("initiatives/<int:pk>/swap/", views.swap, name="swap"),
    path("initiatives/<int:pk>/kill/", views.kill, name="kill"),
    path("initiatives/<int:pk>/finish/", views.finish, name="finish"),
    path("initiatives/<int:pk>/decline/", views.decline, name="decline"),
    path("initiatives/<int:pk>/object/", views.object_to, name="object_to"),
    path("objections/<int:pk>/answer/", views.answer_objection, name="answer_objection"),
    path("objections/<int:pk>/meet/", views.meet_objection, name="meet_objection"),
    path("objections/<int:pk>/withdraw/", views.withdraw_objection, name="withdraw_objection"),
    path("initiatives/<int:pk>/add-evidence/", views.add_evidence, name="add_evidence"),
    path("initiatives/stop-marks/<int:pk>/go-on/", views.go_on, name="go_on"),
    path("initiatives/key-results/<int:pk>/give-verdict/", views.give_verdict, name="give_verdict"),
]
