from django.urls import path

from apps.alignment import views

app_name = "alignment"

urlpatterns = [
    path("pulse/", views.pulse_rounds, name="pulse_rounds"),
    path("pulse/open/", views.open_pulse, name="open_pulse"),
    path("pulse/<int:pk>/close/", views.close_pulse, name="close_pulse"),
    path("pulse/<str:token>/answer/", views.answer_pulse_by_link, name="answer_pulse_by_link"),
    path("teams/<slug:slug>/pulse/", views.answer_pulse, name="answer_pulse"),
    path("objectives/<int:pk>/briefing/", views.issue_briefing, name="issue_briefing"),
    path("objectives/<int:pk>/briefing/revisions/", views.revisions, name="revisions"),
    path("objectives/<int:pk>/backbriefs/", views.backbriefs, name="backbriefs"),
    path(
        "objectives/<int:pk>/backbriefs/<slug:slug>/",
        views.give_backbrief,
        name="give_backbrief",
    ),
    path("backbriefs/<int:pk>/accept/", views.accept_backbrief, name="accept_backbrief"),
    path("backbriefs/<int:pk>/return/", views.return_backbrief, name="return_backbrief"),
    path("objectives/<int:pk>/contributions/new/", views.contribute, name="contribute"),
    path("contributions/<int:pk>/end/", views.end_contribution, name="end_contribution"),
    path(
        "teams/<slug:slug>/contributions/ask/",
        views.ask_for_contribution,
        name="ask_for_contribution",
    ),
    path(
        "contribution-requests/<int:pk>/",
        views.contribution_request,
        name="contribution_request",
    ),
    path(
        "contribution-requests/<int:pk>/accept/",
        views.accept_contribution,
        name="accept_contribution",
    ),
    path(
        "contribution-requests/<int:pk>/decline/",
        views.decline_contribution,
        name="decline_contribution",
    ),
]
