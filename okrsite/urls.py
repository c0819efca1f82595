"""The table of contents."""

from django.urls import include, path

urlpatterns = [
    path("", include("apps.organisation.door_urls")),
    path("", include("apps.organisation.urls")),
    path("", include("apps.objectives.urls")),
    path("", include("apps.initiatives.urls")),
    path("", include("apps.checkins.urls")),
    path("", include("apps.alignment.urls")),
    path("", include("apps.notices.urls")),
    path("", include("apps.exchange.urls")),
    path("", include("apps.dashboards.urls")),
]

handler403 = "okrsite.refusals.not_yours"
