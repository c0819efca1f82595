"""The site's addresses, and one with nothing on it: what a page costs before it says a word."""

from django.http import HttpResponse
from django.urls import path

from apps.organisation.http import Request
from okrsite.urls import urlpatterns as site


def nothing(request: Request) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("nothing/", nothing), *site]
