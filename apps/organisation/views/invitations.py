"""How somebody gets a place here: invited by mail, once, for seven days."""

from functools import partial

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.organisation import invitation_actions as actions
from apps.organisation.actions import root_team
from apps.organisation.forms import AcceptInvitationForm, InviteForm
from apps.organisation.http import Request
from apps.organisation.invited import IN_NO_TEAM, IN_TEAM, Invitation
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(["GET", "POST"])
@once
def invite_to_team(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.ADD_MEMBER, team)
    return _invite(request, team)


@require_http_methods(["GET", "POST"])
@once
def invite(request: Request) -> HttpResponse:
    permit(request.user, Do.MANAGE_PEOPLE, root_team())
    return _invite(request, None)


def _invite(request: Request, team: Team | None) -> HttpResponse:
    place = team or root_team()
    rights = actions.RIGHT_TO_INVITE
    roles = [
        role for role in (IN_TEAM if team else IN_NO_TEAM) if may(request.user, rights[role], place)
    ]
    form = InviteForm(request.POST if request.method == "POST" else None, roles=roles)
    sent: list[Invitation] = []

    def act(emails: list[str], role: str) -> None:
        invited = actions.invite(
            emails=emails, role=role, team=team, by=request.user, now=request.now
        )
        sent.extend(invited)

    if form.is_bound and carry_out(form, act):
        messages.success(
            request,
            ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.",
                     len(sent)) % {"n": len(sent)},
        )  # fmt: skip
        return _to_list(place)
    return TemplateResponse(
        request, "organisation/invite.html", {"team": team, "form": form}, status=form_status(form)
    )


@require_http_methods(["GET", "POST"])
@once
def withdraw_invitation(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.open().for_lines(), pk=pk)
    place = invitation.team or root_team()
    permit(request.user, actions.right_to(invitation), place)
    form = Form(request.POST if request.method == "POST" else None)
    withdraw = partial(actions.withdraw_invitation, invitation, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, withdraw):
        withdrawn = {"email": invitation.email}
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % withdrawn)
        return _to_list(place)
    return TemplateResponse(
        request,
        "organisation/withdraw_invitation.html",
        {"invitation": invitation, "place": place, "form": form},
        status=form_status(form),
    )


@require_http_methods(["GET", "POST"])
@once
def send_invitation_again(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.open().for_lines(), pk=pk)
    place = invitation.team or root_team()
    permit(request.user, actions.right_to(invitation), place)
    form = Form(request.POST if request.method == "POST" else None)

    send = partial(actions.send_invitation_again, invitation, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, send):
        messages.success(
            request, _("A new link is on its way to %(email)s.") % {"email": invitation.email}
        )
        return _to_list(place)
    return TemplateResponse(
        request,
        "organisation/send_invitation_again.html",
        {"invitation": invitation, "place": place, "form": form},
        status=form_status(form),
    )


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept_invitation(request: Request, token: str) -> HttpResponse:
    """Without a one-time key: the link itself counts once, and nobody is signed in yet."""
    invitation = Invitation.objects.of_link(token).select_related("team", "invited_by").first()
    if invitation is None:
        return _gone(request, _("It is not whole: take all of the link in the mail."), status=404)
    if refused := actions.obstacle(invitation, now=request.now):
        return _gone(request, refused, status=410)
    if request.user.is_authenticated:
        status = 403 if request.method == "POST" else 200
        of_another = "organisation/invitation_of_another.html"
        return TemplateResponse(request, of_another, {"invitation": invitation}, status=status)
    form = AcceptInvitationForm(
        request.POST if request.method == "POST" else None, email=invitation.email
    )

    def act(name: str, password1: str) -> None:
        person = actions.accept_invitation(
            invitation, name=name, password=password1, now=request.now
        )
        login(request, person, backend="apps.organisation.sign_in.SignInBackend")

    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Welcome. This is your week."))
        return redirect("dashboards:my_week")
    return TemplateResponse(
        request,
        "organisation/accept_invitation.html",
        {"invitation": invitation, "form": form},
        status=form_status(form),
    )


def _gone(request: Request, why: str, *, status: int) -> HttpResponse:
    return TemplateResponse(
        request, "organisation/invitation_gone.html", {"why": why}, status=status
    )


def _to_list(place: Team) -> HttpResponse:
    return redirect(f"{reverse('organisation:people')}?team={place.slug}#invited")
