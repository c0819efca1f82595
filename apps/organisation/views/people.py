"""Who is here, who belongs to which team, and who leads it."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.organisation import actions
from apps.organisation.forms import AddMemberForm, EraseForm, PersonForm
from apps.organisation.http import Request
from apps.organisation.invitation_actions import right_to
from apps.organisation.invited import Invitation
from apps.organisation.models import Team, TeamGrant, User
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, never_oneself, permit
from apps.organisation.tree import branches, shown_around
from apps.organisation.writes import carry_out, form_status

# Of longer lists; whoever is not among these stands on a further page, or is searched for.
SHOWN = 50
LONGEST_NUMBER = 6


@require_safe
def people(request: Request) -> HttpResponse:
    standing = Team.objects.visible_to(request.user).standing()
    slug = request.GET.get("team", "").replace("\x00", "")
    shown = shown_around(slug, standing)
    team = _chosen(shown, slug)
    sought = request.GET.get("q", "").replace("\x00", "").strip()
    return TemplateResponse(
        request,
        "organisation/people.html",
        {
            "branches": branches(shown),
            "sought": sought,
            "shown": SHOWN,
            "team": team,
            "is_administrator": may(request.user, Do.MANAGE_PEOPLE, team),
            **(_found(request, sought) if sought else _of_team(request, team, shown)),
        },
    )


def _found(request: Request, sought: str) -> dict[str, Any]:
    return {"found": Leaf.of(User.objects.sought(sought), request, "page")}


def _of_team(request: Request, team: Team, shown: list[Team]) -> dict[str, Any]:
    """Who is in it, and what can be done about that; beside the root stand those in no team."""
    user = request.user
    above = [other for other in shown if other.pk in team.ancestor_ids]
    sees_unplaced = team.is_root and may(user, Do.MANAGE_PEOPLE, team)
    return {
        "grants": Leaf.of(TeamGrant.objects.for_teams(team).for_roster(), request, "page"),
        "leaders_above": User.objects.leading(*above),
        "invitations": _invited(request, team),
        "unplaced": list(User.objects.active().unplaced()[: SHOWN + 1]) if sees_unplaced else [],
        "can_add": may(user, Do.ADD_MEMBER, team),
        "can_remove": may(user, Do.REMOVE_MEMBER, team),
        "can_appoint": may(user, Do.APPOINT_LEADER, team),
        "can_dismiss": may(user, Do.DISMISS_LEADER, team),
        "can_create": may(user, Do.CREATE_TEAM, team),
        "can_rename": may(user, Do.RENAME_TEAM, team),
        "can_move": may(user, Do.MOVE_TEAM, team) and not team.is_root,
        "can_archive": may(user, Do.ARCHIVE_TEAM, team) and not team.is_root,
        "can_set_rhythm": may(user, Do.SET_RHYTHM, team),
    }


@require_safe
def branch(request: Request, slug: str) -> HttpResponse:
    """A branch of the tree, opened in its place; `closed` for the other way round."""
    standing = Team.objects.visible_to(request.user).standing()
    team = get_object_or_404(standing, slug=slug)
    wanted = Q(pk=team.pk) if "closed" in request.GET else Q(pk=team.pk) | Q(parent=team)
    [grown] = branches(standing.with_below().filter(wanted))
    context = {"branch": grown, "can_fold": True}
    return TemplateResponse(request, "organisation/_branch.html", context)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Where somebody is, and what can be done about it."""
    shown = get_object_or_404(User, pk=pk)
    can_manage = may(request.user, Do.MANAGE_PEOPLE, actions.root_team()) and shown != request.user
    return TemplateResponse(
        request,
        "organisation/person.html",
        {
            "person": shown,
            "grants": TeamGrant.objects.filter(user=shown).for_person(),
            "can_deactivate": can_manage and shown.is_active,
            "can_erase": can_manage and not shown.is_active and not shown.is_erased,
            "can_appoint": can_manage and shown.is_active and not shown.is_administrator,
            "can_dismiss": can_manage and shown.is_active and shown.is_administrator,
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
def appoint_administrator(request: Request, pk: int) -> HttpResponse:
    return _administrator(
        request,
        get_object_or_404(User.objects.active().filter(is_administrator=False), pk=pk),
        actions.appoint_administrator,
        "organisation/appoint_administrator.html",
        _("%(name)s is an administrator now."),
    )


@require_http_methods(["GET", "POST"])
@once
def dismiss_administrator(request: Request, pk: int) -> HttpResponse:
    return _administrator(
        request,
        get_object_or_404(User.objects.active().filter(is_administrator=True), pk=pk),
        actions.dismiss_administrator,
        "organisation/dismiss_administrator.html",
        _("%(name)s is no administrator any more."),
    )


def _administrator(
    request: Request, person: User, act: Callable[..., None], template: str, said: str
) -> HttpResponse:
    permit(request.user, Do.MANAGE_PEOPLE, actions.root_team())
    never_oneself(request.user, person)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound and carry_out(form, partial(act, person, by=request.user)):
        messages.success(request, said % {"name": person.name})
        return redirect("organisation:person", person.pk)
    return TemplateResponse(
        request, template, {"person": person, "form": form}, status=form_status(form)
    )


@require_http_methods(["GET", "POST"])
@once
def erase_person(request: Request, pk: int) -> HttpResponse:
    permit(request.user, Do.MANAGE_PEOPLE, actions.root_team())
    person = get_object_or_404(User.objects.erasable(), pk=pk)
    form = EraseForm(request.POST if request.method == "POST" else None, name=person.name)

    def erase(confirmed: str) -> None:
        actions.erase_person(person, by=request.user, now=request.now)

    if form.is_bound and carry_out(form, erase):
        messages.success(request, _("Name and address are erased. What was written stays."))
        return redirect("organisation:people")
    return TemplateResponse(
        request,
        "organisation/erase_person.html",
        {"person": person, "form": form},
        status=form_status(form),
    )


class Leaf(NamedTuple):
    """A page of a list that nobody counted: only whether there is another one."""

    rows: list[Any]
    number: int
    back: str
    on: str

    @classmethod
    def of(cls, rows: "QuerySet[Any]", request: Request, name: str) -> "Leaf":
        said = request.GET.get(name, "")
        number = int(said) if said.isdecimal() and len(said) < LONGEST_NUMBER else 1
        start = max(number - 1, 0) * SHOWN
        found = list(rows[start : start + SHOWN + 1])

        def link(other: int) -> str:
            query = request.GET.copy()
            query[name] = str(other)
            return f"?{query.urlencode()}"

        return cls(
            rows=found[:SHOWN],
            number=number,
            back=link(number - 1) if number > 1 else "",
            on=link(number + 1) if len(found) > SHOWN else "",
        )


class Invited(NamedTuple):
    invitation: Invitation
    has_run_out: bool
    can_answer: bool  # withdraw it, or send it again


def _chosen(teams: list[Team], slug: str) -> Team:
    """The team that was asked for, else the root."""
    for team in teams:
        if team.slug == slug or (not slug and team.is_root):
            return team
    raise Http404


def _invited(request: Request, team: Team) -> list[Invited]:
    """To this team; beside the root stand those to none, which are an administrator's matter."""
    here = Invitation.objects.open().for_team(team)
    if team.is_root and may(request.user, Do.MANAGE_PEOPLE, team):
        here = here | Invitation.objects.open().for_team(None)
    return [
        Invited(
            invitation,
            has_run_out=invitation.has_run_out(request.now),
            can_answer=may(request.user, right_to(invitation), team),
        )
        for invitation in here.for_lines()[: SHOWN + 1]
    ]


def _to_team(team: Team) -> HttpResponse:
    return redirect(f"{reverse('organisation:people')}?team={team.slug}")
