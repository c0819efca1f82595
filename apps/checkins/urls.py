from datetime import date

from django.urls import URLPattern, register_converter

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

urlpatterns: list[URLPattern] = []
