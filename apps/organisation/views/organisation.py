"""What holds for everyone here."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.organisation import actions
from apps.organisation.forms import OrganisationForm
from apps.organisation.http import Request
from apps.organisation.models import Organisation, Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(["GET", "POST"])
@once
def set_organisation(request: Request) -> HttpResponse:
    permit(request.user, Do.SET_ORGANISATION, Team.objects.get(parent=None))
    organisation: Organisation = request.organisation
    asked = ("name", "language", "time_zone", "checkin_weekday")
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        version=organisation.version,
        initial={name: getattr(organisation, name) for name in asked},
    )
    act = partial(actions.set_organisation, organisation, by=request.user)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Saved. It holds for everyone from now on."))
        return redirect("organisation:set_organisation")
    return TemplateResponse(
        request, "organisation/set_organisation.html", {"form": form}, status=form_status(form)
    )
