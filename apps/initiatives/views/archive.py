from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.initiatives import actions
from apps.initiatives.archiving import LeftToDecide
from apps.organisation.http import Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import VersionedForm, carry_out, form_status


@require_http_methods(["GET", "POST"])
@once
def archive_team(request: Request, slug: str) -> HttpResponse:
    """What still lives in it, each with the way to where it is answered; then the button."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.ARCHIVE_TEAM, team)
    form = VersionedForm(request.POST if request.method == "POST" else None, version=team.version)
    archive = partial(actions.archive_team, team, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, archive):
        messages.success(request, _("%(team)s is archived. It can be read.") % {"team": team.name})
        return redirect(team)
    left = LeftToDecide.of(team)
    context = {"form": form, "team": team, "left": left}
    return render(request, "initiatives/archive_team.html", context, status=form_status(form))
