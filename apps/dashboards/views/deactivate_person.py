from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.checkins import actions as checkins
from apps.dashboards.forms import HandOverForm
from apps.dashboards.handing_over import Hands, Thing, hands_of
from apps.dashboards.surroundings import surroundings
from apps.initiatives import actions as initiatives
from apps.objectives import actions as objectives
from apps.organisation import actions as people
from apps.organisation.http import Request
from apps.organisation.models import User
from apps.organisation.once import once
from apps.organisation.permissions import Do, never_oneself, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(["GET", "POST"])
@once
def deactivate_person(request: Request, pk: int) -> HttpResponse:
    """Somebody goes; before that, each thing he or she has in hand is asked about."""
    permit(request.user, Do.MANAGE_PEOPLE, surroundings(request).root)
    person = get_object_or_404(User.objects.active(), pk=pk)
    never_oneself(request.user, person)
    hands = hands_of(person, seen_by=request.user)
    form = HandOverForm(request.POST if request.method == "POST" else None, hands=hands)

    def act(taken: list[tuple[Thing, User | None]]) -> None:
        takers = [user for _thing, user in taken if user]
        people.deactivate_person(person, by=request.user, now=request.now, takers=takers)
        if hands_of(person, seen_by=request.user).names != hands.names:
            raise ValidationError(_("Meanwhile something else came into these hands. Look again."))
        _hand_over(request, hands, taken)

    if form.is_bound and carry_out(form, act):
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
        return redirect("organisation:person", person.pk)
    return TemplateResponse(
        request,
        "dashboards/deactivate_person.html",
        {"person": person, "hands": hands, "form": form},
        status=form_status(form),
    )


def _hand_over(request: Request, hands: Hands, taken: list[tuple[Thing, User | None]]) -> None:
    verbs: list[tuple[list[Thing], Callable[..., object]]] = [
        (hands.teams, lambda team, to, **rest: people.appoint_leader(team, person=to, **rest)),
        (hands.objectives, objectives.hand_over),
        (hands.initiatives, initiatives.hand_over),
        (hands.helps, checkins.hand_over_help),
        (hands.decisions, checkins.hand_over_decision),
    ]
    chosen = {thing.name: user for thing, user in taken if user}
    for things, verb in verbs:
        for thing in things:
            if thing.name in chosen:
                verb(thing.row, to=chosen[thing.name], by=request.user, now=request.now)
