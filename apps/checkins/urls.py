from datetime import date

from django.urls import path, register_converter

from apps.checkins.cadence import read_week, week_slug
from apps.checkins.views import check_in, help_request, meetings, weeks_off

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
    path("teams/<slug:slug>/check-ins/", check_in.history, name="history"),
    path("teams/<slug:slug>/check-in/", check_in.now, name="now"),
    path("teams/<slug:slug>/check-in/<week:week>/", check_in.check_in, name="check_in"),
    path("teams/<slug:slug>/check-in/<week:week>/draft/", check_in.save_draft, name="save_draft"),
    path("teams/<slug:slug>/check-in/<week:week>/watch/", check_in.watch, name="watch"),
    path("teams/<slug:slug>/check-in/<week:week>/sent/", check_in.sent, name="sent"),
    path("teams/<slug:slug>/check-in/<week:week>/correct/", check_in.correct, name="correct"),
    path("teams/<slug:slug>/weeks-off/", weeks_off.mark_weeks_off, name="mark_weeks_off"),
    path("teams/<slug:slug>/help/ask/", help_request.ask_for_help, name="ask_for_help"),
    path("teams/<slug:slug>/review/", meetings.open_review, name="open_review"),
    path("decisions/<int:pk>/edit/", meetings.edit_decision, name="edit_decision"),
    path("decisions/<int:pk>/remove/", meetings.remove_decision, name="remove_decision"),
    path("decisions/<int:pk>/finish/", meetings.finish_decision, name="finish_decision"),
    path("help/<int:pk>/", help_request.help, name="help"),
    path("help/<int:pk>/answer/", help_request.answer_help, name="answer_help"),
    path("help/<int:pk>/withdraw/", help_request.withdraw_help, name="withdraw_help"),
]
