"""A leader objects; the team answers, meets it or goes on; the leader withdraws."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.initiatives import actions, forms
from apps.initiatives.boundaries import boundaries
from apps.initiatives.models import Initiative, Objection
from apps.initiatives.objections import told
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import VersionedForm, carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def object_to(request: Request, pk: int) -> HttpResponse:
    found = Initiative.objects.visible_to(request.user).for_page(request.today)
    initiative = get_object_or_404(found, pk=pk)
    permit(request.user, Do.OBJECT_TO_INITIATIVE, initiative.team)
    if request.method == "GET" and not initiative.is_live:
        return redirect(initiative)
    goals = [link.key_result for link in initiative.links.all()]
    constraints = list(boundaries(initiative.team, goals, today=request.today))
    form = forms.ObjectForm(request.POST or None, constraints=constraints)
    act = partial(actions.object_to, initiative, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(
            request,
            _("Your objection stands on this page. %(team)s answers it; nothing is stopped.")
            % {"team": initiative.team},
        )
        return redirect(initiative)
    context = {
        "initiative": initiative,
        "team": initiative.team,
        "form": form,
        "constraints": constraints,
    }
    return TemplateResponse(
        request, "initiatives/object_to.html", context, status=form_status(form)
    )


@require_http_methods(GET_OR_POST)
@once
def answer_objection(request: Request, pk: int) -> HttpResponse:
    objection = _find(request, pk)
    permit(request.user, Do.ANSWER_OBJECTION, objection.initiative.team)
    return _end(
        request, objection, "answer_objection", forms.AnswerObjectionForm, actions.answer_objection
    )


@require_http_methods(GET_OR_POST)
@once
def meet_objection(request: Request, pk: int) -> HttpResponse:
    objection = _find(request, pk)
    permit(request.user, Do.MEET_OBJECTION, objection.initiative.team)
    return _end(
        request, objection, "meet_objection", forms.MeetObjectionForm, actions.meet_objection
    )


@require_http_methods(GET_OR_POST)
@once
def withdraw_objection(request: Request, pk: int) -> HttpResponse:
    objection = _find(request, pk)
    permit(request.user, Do.WITHDRAW_OBJECTION, objection.initiative.team)
    if not objection.is_of(request.user):
        raise PermissionDenied(actions.not_ones_own(objection))
    return _end(
        request, objection, "withdraw_objection", forms.WithdrawObjectionForm,
        actions.withdraw_objection,
    )  # fmt: skip


def _find(request: Request, pk: int) -> Objection:
    visible = Initiative.objects.visible_to(request.user)
    found = Objection.objects.filter(initiative__in=visible).with_standing(request.today)
    objection: Objection = get_object_or_404(
        found.select_related("initiative__team", "raised_by"), pk=pk
    )
    return objection


def _end(
    request: Request,
    objection: Objection,
    verb: str,
    form_class: type[VersionedForm],
    act: Callable[..., object],
) -> HttpResponse:
    if request.method == "GET" and not objection.is_open:
        return redirect(objection)  # a link from an older page or mail
    form = form_class(request.POST or None, version=objection.version)
    act = partial(act, objection, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(objection)
    context = {
        "told": told(objection, request.today),
        "initiative": objection.initiative,
        "team": objection.initiative.team,
        "form": form,
    }
    return TemplateResponse(request, f"initiatives/{verb}.html", context, status=form_status(form))
