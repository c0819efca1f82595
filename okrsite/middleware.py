"""What every request knows: its moment, its organisation, the person and the person's language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRefresh, HttpResponseStopPolling

from apps.organisation import kept
from apps.organisation.http import Request
from apps.organisation.models import Organisation

GetResponse = Callable[[HttpRequest], HttpResponse]


class Health:
    """/healthz: does the database answer? Asked by machines, so before hosts, TLS and sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/healthz":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except OperationalError:
            return HttpResponse("the database does not answer", "text/plain", status=503)
        return HttpResponse("ok", "text/plain")


class RequestOrganisation:
    """One instant per request, the organisation's day at it, and times of day as it reads them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        organisation = Organisation.objects.first()
        if organisation is None:
            return render(request, "not_founded.html", status=503)
        request.now = timezone.now()
        request.organisation = organisation
        request.today = organisation.today(request.now)
        with timezone.override(organisation.time_zone):
            return self.get_response(request)


class ShutOut:
    """A session whose person was deactivated ends here, and does not wait for a return."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated and SESSION_KEY in request.session:
            request.session.flush()
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
        response.headers.setdefault("Cache-Control", "private")
        return response


class SignInFirst(LoginRequiredMiddleware):
    """Every page is private. What somebody typed while signed out waits in the form (kept.py)."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method == "POST" and request.user.is_authenticated:
            kept.forget_sent(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: Request, view_func: Any
    ) -> HttpResponseBase:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        page = kept.keep(request)
        back = page if page and page != request.path else request.get_full_path()
        sign_in = redirect_to_login(back, resolve_url(settings.LOGIN_URL))
        context = {"typed": kept.typed_texts(request), "page": page, "sign_in": sign_in.url}
        if page and request.htmx.target == "save-status":
            return render(request, "account/_not_saved.html", context, status=422)
        return render(request, "account/signed_out.html", context, status=403)


class HtmxLogin:
    """When the session ends mid-page, reload the page; don't swap a login form into a card."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        to_login = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if to_login and request.htmx.target == "theirs":
            return HttpResponseStopPolling()  # it asks by itself: leave the page to its writer
        if request.htmx and to_login:
            return HttpResponseClientRefresh()
        return response
