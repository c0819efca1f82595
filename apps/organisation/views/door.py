"""The few pages that answer without a session: allauth's, refusing as all our pages refuse."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetFromKeyView, PasswordResetView
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.organisation import kept


class RefuseWith422:
    def form_invalid(self: Any, form: Form) -> HttpResponse:
        throttled = form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts")
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=429 if throttled else 422)


class SignIn(RefuseWith422, LoginView):
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        kept.forget_others(self.request)
        return response


class AskForPassword(RefuseWith422, PasswordResetView):
    pass


class SetPassword(RefuseWith422, PasswordResetFromKeyView):
    pass


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without a valid CSRF token: most often a page that was open too long."""
    context = {"typed": kept.typed_texts(request), "page": kept.keep(request)}
    return render(request, "403_csrf.html", context, status=403)
