from datetime import date

from django.urls import path, register_converter

from apps.checkins import views
from apps.checkins.cadence import read_week, week_slug

app_name = "checkins"


class Week:
    """A week in an address: 2026-w47 there, its Monday here."""

    regex = "[0-9]{4}-w[0-9]{2}"

    def to_python(self, text: str) -> date:
        return read_week(text)

    def to_url(self, week: date) -> str:
        return week_slug(week)


register_converter(Week, "week")

urlpatterns = [
    path("teams/<slug:slug>/check-ins/", views.history, name="history"),
    path("teams/<slug:slug>/check-in/", views.now, name="now"),
    path("teams/<slug:slug>/check-in/<week:week>/", views.check_in, name="check_in"),
    path("teams/<slug:slug>/check-in/<week:week>/draft/", views.save_draft, name="save_draft"),
    path("teams/<slug:slug>/check-in/<week:week>/watch/", views.watch, name="watch"),
    path("teams/<slug:slug>/check-in/<week:week>/sent/", views.sent, name="sent"),
    path("teams/<slug:slug>/check-in/<week:week>/correct/", views.correct, name="correct"),
    path("teams/<slug:slug>/weeks-off/", views.mark_weeks_off, name="mark_weeks_off"),
    path("teams/<slug:slug>/help/ask/", views.ask_for_help, name="ask_for_help"),
    path("teams/<slug:slug>/review/", views.open_review, name="open_review"),
    path("decisions/<int:pk>/finish/", views.finish_decision, name="finish_decision"),
    path("help/<int:pk>/", views.help, name="help"),
    path("help/<int:pk>/answer/", views.answer_help, name="answer_help"),
    path("help/<int:pk>/withdraw/", views.withdraw_help, name="withdraw_help"),
]
