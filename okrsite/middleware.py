"""What every request knows: its moment, its organisation, the person's language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRefresh

from apps.organisation.models import Organisation

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestOrganisation:
    """One instant per request, and the organisation's day at it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        organisation = Organisation.objects.first()
        if organisation is None:
            return render(request, "not_founded.html", status=503)
        request.now = timezone.now()
        request.organisation = organisation
        request.today = organisation.today(request.now)
        return self.get_response(request)


class PersonLanguage:
    """The language of the person who is signed in; before that, the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = (
            user.language
            if user.is_authenticated
            else translation.get_language_from_request(request)
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HtmxLogin:
    """When the session ends mid-page, reload the page; don't swap a login form into a card."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        to_login = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if request.htmx and to_login:
            return HttpResponseClientRefresh()
        return response
