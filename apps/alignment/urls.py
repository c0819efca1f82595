from django.urls import path

from apps.alignment import views

app_name = "alignment"

urlpatterns = [
    path("pulse/", views.pulse_rounds, name="pulse_rounds"),
    path("pulse/open/", views.open_pulse, name="open_pulse"),
    path("pulse/<int:pk>/close/", views.close_pulse, name="close_pulse"),
    path("pulse/<str:token>/answer/", views.answer_pulse_by_link, name="answer_pulse_by_link"),
    path("teams/<slug:slug>/pulse/", views.answer_pulse, name="answer_pulse"),
]
