from datetime import date

from django.urls import URLPattern, register_converter

app_name = "checkins"


class Week:
    """A week in an address: 2026-w47 there, its Monday here."""

    regex = "[0-9]{4}-w[0-9]{2}"

    def to_python(self, text: str) -> date:
        return date.fromisocalendar(int(text[:4]), int(text[6:]), 1)

    def to_url(self, week: date) -> str:
        return f"{week:%G-w%V}"


register_converter(Week, "week")

urlpatterns: list[URLPattern] = []
