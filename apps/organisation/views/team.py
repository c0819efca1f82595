"""The tree of teams, and what a team says about itself."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.organisation import actions
from apps.organisation.forms import MoveTeamForm, PlaceForm, RenameTeamForm, RhythmForm, TeamForm
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team, TeamGrant, User
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def create_team(request: Request, slug: str) -> HttpResponse:
    parent = _find(request, slug)
    permit(request.user, Do.CREATE_TEAM, parent)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and carry_out(
        form, partial(actions.create_team, parent=parent, by=request.user)
    ):
        messages.success(request, _("%(name)s is there. Appoint a leader.") % form.cleaned_data)
        return _to_people(parent)
    return _page(request, "organisation/create_team.html", {"team": parent, "form": form})


@require_http_methods(GET_OR_POST)
@once
def rename_team(request: Request, slug: str) -> HttpResponse:
    team = _find(request, slug)
    permit(request.user, Do.RENAME_TEAM, team)
    form = RenameTeamForm(
        request.POST if request.method == "POST" else None,
        version=team.version,
        initial={"name": team.name},
    )
    if form.is_bound and carry_out(form, partial(actions.rename_team, team, by=request.user)):
        messages.success(request, _("The team is called %(name)s now.") % form.cleaned_data)
        return _to_people(team)
    return _page(request, "organisation/rename_team.html", {"team": team, "form": form})


@require_http_methods(GET_OR_POST)
@once
def set_rhythm(request: Request, slug: str) -> HttpResponse:
    team = _find(request, slug)
    permit(request.user, Do.SET_RHYTHM, team)
    form = RhythmForm(
        request.POST if request.method == "POST" else None, team=team, today=request.today
    )
    if form.is_bound and carry_out(form, partial(actions.set_rhythm, team, by=request.user)):
        messages.success(request, _("Saved. Everyone reads it on the team’s page."))
        return redirect(team)
    return _page(request, "organisation/set_rhythm.html", {"team": team, "form": form})


@require_http_methods(GET_OR_POST)
@once
def move_team(request: Request, slug: str) -> HttpResponse:
    """First where to, then what that changes, and only then the button."""
    team = _find(request, slug)
    permit(request.user, Do.MOVE_TEAM, team)
    sent = request.POST if request.method == "POST" else None
    standing = list(Team.objects.visible_to(request.user).standing())
    below = [other for other in standing if team.pk in other.ancestor_ids]
    places = [t for t in standing if t not in below and t.pk not in {team.pk, team.parent_id}]
    place = PlaceForm(sent or request.GET or None, places=places)
    to = place.cleaned_data.get("to") if place.is_valid() else None
    form = MoveTeamForm(sent, places=places, version=team.version, initial={"to": to})
    if form.is_bound and carry_out(form, partial(actions.move_team, team, by=request.user)):
        moved = {"team": team.name, "to": form.cleaned_data["to"].name}
        messages.success(request, _("%(team)s is below %(to)s now.") % moved)
        return _to_people(team)
    context = {
        "team": team,
        "place": place,
        "form": form,
        "to": to,
        "changes": Changes.of(team, to) if to else None,
        "below": len(below),
    }
    return _page(request, "organisation/move_team.html", context)


@dataclass(frozen=True)
class Changes:
    """Who leads above a team once it has moved, and who does no more."""

    gain: list[User]
    lose: list[User]

    @classmethod
    def of(cls, team: Team, to: Team) -> "Changes":
        now, then = set(team.ancestor_ids), {*to.ancestor_ids, to.pk}
        grants = TeamGrant.objects.leads().filter(content_object__in=now | then)
        grants = grants.filter(user__is_active=True).select_related("user").order_by("user__name")
        before = {grant.user for grant in grants if grant.content_object_id in now}
        after = {grant.user for grant in grants if grant.content_object_id in then}
        everyone = list(dict.fromkeys(grant.user for grant in grants))
        return cls(
            gain=[person for person in everyone if person in after - before],
            lose=[person for person in everyone if person in before - after],
        )


def _find(request: Request, slug: str) -> Team:
    team: Team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    return team


def _page(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    return TemplateResponse(request, template, context, status=form_status(context["form"]))  # type: ignore[arg-type]


def _to_people(team: Team) -> HttpResponse:
    return redirect(f"{reverse('organisation:people')}?team={team.slug}")
