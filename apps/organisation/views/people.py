"""Who is here, who belongs to which team, and who leads it."""

from functools import partial

from allauth.core.context import request_context
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.organisation import actions
from apps.organisation.forms import (
    AddMemberForm,
    AddPersonForm,
    ForgottenPasswordForm,
    PersonForm,
)
from apps.organisation.http import Request
from apps.organisation.models import Team, TeamGrant, User
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, never_oneself, permit
from apps.organisation.tree import along, branches
from apps.organisation.writes import carry_out, form_status

# A larger tree is open only around the team that is shown.
WHOLE = 150
# Of longer lists; whoever is not among these is searched for.
SHOWN = 50


@require_safe
def people(request: Request) -> HttpResponse:
    teams = list(Team.objects.visible_to(request.user).standing())
    team = _chosen(teams, request.GET.get("team", ""))
    above = [other for other in teams if other.pk in team.ancestor_ids]
    grants = TeamGrant.objects.for_teams(team, *above).for_roster()
    is_administrator = may(request.user, Do.MANAGE_PEOPLE, team)
    tree = branches(teams, TeamGrant.objects.places())
    unplaced = User.objects.active().unplaced() if is_administrator else User.objects.none()
    sought = request.GET.get("q", "").replace("\x00", "").strip()
    return TemplateResponse(
        request,
        "organisation/people.html",
        {
            "branches": along([*team.ancestor_ids, team.pk], tree) if len(teams) > WHOLE else tree,
            "sought": sought,
            "found": list(User.objects.sought(sought)[: SHOWN + 1]) if sought else [],
            "shown": SHOWN,
            "team": team,
            "grants": [grant for grant in grants if grant.content_object_id == team.pk],
            "leaders_above": [
                grant.user
                for grant in grants
                if grant.content_object_id != team.pk and grant.is_lead and grant.user.is_active
            ],
            "can_add": may(request.user, Do.ADD_MEMBER, team),
            "can_remove": may(request.user, Do.REMOVE_MEMBER, team),
            "can_appoint": may(request.user, Do.APPOINT_LEADER, team),
            "can_dismiss": may(request.user, Do.DISMISS_LEADER, team),
            "can_create": may(request.user, Do.CREATE_TEAM, team),
            "can_rename": may(request.user, Do.RENAME_TEAM, team),
            "can_move": may(request.user, Do.MOVE_TEAM, team) and not team.is_root,
            "can_archive": may(request.user, Do.ARCHIVE_TEAM, team) and not team.is_root,
            "can_set_rhythm": may(request.user, Do.SET_RHYTHM, team),
            "is_administrator": is_administrator,
            "unplaced": [] if sought else list(unplaced[: SHOWN + 1]),
        },
    )


@require_http_methods(["GET", "POST"])
@once
def add_member(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.ADD_MEMBER, team)
    form = AddMemberForm(request.POST if request.method == "POST" else None)

    def act(person: User, role: str) -> None:
        add = actions.add_member if role == "member" else actions.add_observer
        add(team, person=person, by=request.user, now=request.now)

    if form.is_bound and carry_out(form, act):
        added = {"name": form.cleaned_data["person"].name, "team": team.name}
        messages.success(request, _("%(name)s is in %(team)s now.") % added)
        return _to_team(team)
    return TemplateResponse(
        request,
        "organisation/add_member.html",
        {"team": team, "form": form},
        status=form_status(form),
    )


@require_http_methods(["GET", "POST"])
@once
def remove_member(request: Request, slug: str, pk: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.REMOVE_MEMBER, team)
    grants = TeamGrant.objects.for_teams(team).reads_or_belongs()
    person = get_object_or_404(User, pk__in=grants.values("user"), pk=pk)
    never_oneself(request.user, person)
    form = Form(request.POST if request.method == "POST" else None)
    remove = partial(actions.remove_member, team, person=person, by=request.user)
    if form.is_bound and carry_out(form, remove):
        removed = {"name": person.name, "team": team.name}
        messages.success(request, _("%(name)s is no longer in %(team)s.") % removed)
        return _to_team(team)
    return TemplateResponse(
        request,
        "organisation/remove_member.html",
        {"team": team, "person": person, "form": form},
        status=form_status(form),
    )


@require_http_methods(["GET", "POST"])
@once
def appoint_leader(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.APPOINT_LEADER, team)
    form = PersonForm(request.POST if request.method == "POST" else None)
    appoint = partial(actions.appoint_leader, team, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, appoint):
        appointed = {"name": form.cleaned_data["person"].name, "team": team.name}
        messages.success(request, _("%(name)s leads %(team)s now.") % appointed)
        return _to_team(team)
    return TemplateResponse(
        request,
        "organisation/appoint_leader.html",
        {"team": team, "form": form},
        status=form_status(form),
    )


@require_http_methods(["GET", "POST"])
@once
def dismiss_leader(request: Request, slug: str, pk: int) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.DISMISS_LEADER, team)
    grants = TeamGrant.objects.for_teams(team).leads()
    person = get_object_or_404(User, pk__in=grants.values("user"), pk=pk)
    never_oneself(request.user, person)
    form = Form(request.POST if request.method == "POST" else None)
    dismiss = partial(actions.dismiss_leader, team, person=person, by=request.user)
    if form.is_bound and carry_out(form, dismiss):
        dismissed = {"name": person.name, "team": team.name}
        messages.success(request, _("%(name)s no longer leads %(team)s.") % dismissed)
        return _to_team(team)
    return TemplateResponse(
        request,
        "organisation/dismiss_leader.html",
        {"team": team, "person": person, "form": form},
        status=form_status(form),
    )


@require_http_methods(["GET", "POST"])
@once
def add_person(request: Request) -> HttpResponse:
    permit(request.user, Do.MANAGE_PEOPLE, actions.root_team())
    form = AddPersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and carry_out(form, partial(actions.add_person, by=request.user)):
        _invite(request, form.cleaned_data["email"])
        messages.success(
            request,
            _("%(name)s is here now. A message with a link to set a password is on its way.")
            % form.cleaned_data,
        )
        return redirect("organisation:people")
    return TemplateResponse(
        request, "organisation/add_person.html", {"form": form}, status=form_status(form)
    )


@require_http_methods(["GET", "POST"])
@once
def deactivate_person(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.active(), pk=pk)
    permit(request.user, Do.MANAGE_PEOPLE, actions.root_team())
    never_oneself(request.user, person)
    form = Form(request.POST if request.method == "POST" else None)
    deactivate = partial(actions.deactivate_person, person, by=request.user)
    if form.is_bound and carry_out(form, deactivate):
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
        return redirect("organisation:people")
    return TemplateResponse(
        request,
        "organisation/deactivate_person.html",
        {"person": person, "form": form},
        status=form_status(form),
    )


def _invite(request: Request, email: str) -> None:
    """Once the person is stored. Should the mail fail, “Forgot your password?” sends another."""

    def send() -> None:
        mail = ForgottenPasswordForm({"email": email})
        mail.full_clean()
        with request_context(request):
            mail.save(request)

    transaction.on_commit(send, robust=True)


def _chosen(teams: list[Team], slug: str) -> Team:
    """The team that was asked for, else the root."""
    for team in teams:
        if team.slug == slug or (not slug and team.is_root):
            return team
    raise Http404


def _to_team(team: Team) -> HttpResponse:
    return redirect(f"{reverse('organisation:people')}?team={team.slug}")
