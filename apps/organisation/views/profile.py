"""What a person says about himself or herself."""

from functools import partial

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.organisation import actions
from apps.organisation.forms import OtherPasswordForm, ProfileForm
from apps.organisation.http import Request
from apps.organisation.once import once
from apps.organisation.writes import carry_out, form_status


@require_http_methods(["GET", "POST"])
@once
def profile(request: Request) -> HttpResponse:
    person = request.user
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        version=person.version,
        initial={"name": person.name, "language": person.language, "theme": person.theme},
    )
    if form.is_bound and carry_out(form, partial(actions.edit_profile, person)):
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("organisation:profile")
    return TemplateResponse(
        request, "organisation/profile.html", {"form": form}, status=form_status(form)
    )


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@rate_limit(action="change_password")
def change_password(request: Request) -> HttpResponse:
    """Without a one-time key: a second try meets the present password, which is another by then."""
    form = OtherPasswordForm(
        data=request.POST if request.method == "POST" else None, user=request.user
    )
    if form.is_valid():
        actions.change_password(request.user, password=form.cleaned_data["password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The new password is set. Elsewhere you have been signed out."))
        return redirect("organisation:profile")
    return TemplateResponse(
        request, "account/password_change.html", {"form": form}, status=form_status(form)
    )
