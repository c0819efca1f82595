from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.alignment import actions
from apps.alignment.forms import AcceptRequestForm, AskForm, DeclineForm
from apps.alignment.models import ContributionRequest
from apps.alignment.views.finding import goals_for
from apps.initiatives.models import Initiative
from apps.objectives.models import Cycle, Objective
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def ask_for_contribution(request: Request, slug: str) -> HttpResponse:
    """`?of=` names the team that is asked, `?goal=` what for, `?q=` looks for a goal by name."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.ASK_FOR_CONTRIBUTION, team)
    name = request.GET.get("q", "").strip()
    goals = goals_for(team, user=request.user, name=name)
    form = AskForm(
        request.POST or None,
        team=team,
        goals=goals,
        user=request.user,
        today=request.today,
        chosen=request.GET.get("goal", ""),
        asked=request.GET.get("of", ""),
    )
    made: list[ContributionRequest] = []

    def act(**typed: Any) -> None:
        asked = actions.ask_for_contribution(team=team, by=request.user, now=request.now, **typed)
        made.append(asked)

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Asked. The answer will stand on this page."))
        return redirect(made[0])
    context = {"team": team, "form": form, "name": name, "goals": goals}
    return render(request, "alignment/ask_for_contribution.html", context, status=form_status(form))


@require_safe
def contribution_request(request: Request, pk: int) -> HttpResponse:
    asked = _find(request, pk)
    context = {
        "asked": asked,
        "days": (request.today - timezone.localdate(asked.asked_at)).days,
        "can_answer": asked.is_open and may(request.user, Do.ANSWER_CONTRIBUTION, asked.asked_team),
        "aims_at_none": asked.initiative is not None
        and not asked.initiative.links.filter(key_result__objective=asked.towards).exists(),
        "sees_objective": Objective.objects.visible_to(request.user)
        .filter(answers_requests=asked)
        .exists(),
    }
    return render(request, "alignment/contribution_request.html", context)


@require_http_methods(GET_OR_POST)
@once
def accept_contribution(request: Request, pk: int) -> HttpResponse:
    asked = _find(request, pk)
    team, user = asked.asked_team, request.user
    permit(user, Do.ANSWER_CONTRIBUTION, team)
    may_draft = may(user, Do.DRAFT_OBJECTIVE, team)
    form = AcceptRequestForm(
        request.POST or None,
        request=asked,
        objectives=_objectives_of(team, asked, request) if may_draft else [],
        initiatives=Initiative.objects.live().filter(team=team).order_by("-proposed_at"),
        may_draft=may_draft,
    )
    if request.method == "POST" and carry_out(form, partial(_accept, request, asked)):
        messages.success(request, _("Accepted. Both teams see it."))
        return redirect(asked)
    context = {"asked": asked, "form": form, "may_draft": may_draft}
    return render(request, "alignment/accept_contribution.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def decline_contribution(request: Request, pk: int) -> HttpResponse:
    asked = _find(request, pk)
    permit(request.user, Do.ANSWER_CONTRIBUTION, asked.asked_team)
    form = DeclineForm(request.POST or None, version=asked.version)
    act = partial(actions.decline_contribution, asked, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(asked)
    context = {"asked": asked, "form": form}
    return render(request, "alignment/decline_contribution.html", context, status=form_status(form))


def _accept(
    request: Request, asked: ContributionRequest, *, as_objective: bool, how: str, title: str,
    why: str, objective: Objective | None, initiative: Initiative | None, version: int,
) -> None:  # fmt: skip
    by: dict[str, Any] = {"by": request.user, "now": request.now, "version": version}
    if as_objective:
        actions.accept_as_objective(asked, how=how, objective=objective, title=title, why=why, **by)
    else:
        actions.accept_as_initiative(asked, initiative=initiative, title=title, answer=how, **by)


def _find(request: Request, pk: int) -> ContributionRequest:
    visible = ContributionRequest.objects.visible_to(request.user).for_page()
    found: ContributionRequest = get_object_or_404(visible, pk=pk)
    return found


def _objectives_of(team: Team, asked: ContributionRequest, request: Request) -> Any:
    """Those of the team that could support the goal."""
    open_ones = Objective.objects.visible_to(request.user).filter(
        team=team,
        state__in=[Objective.State.DRAFT, Objective.State.INPUT, Objective.State.COMMITTED],
        cycle__in=Cycle.objects.open_for_goals(),
    )
    return open_ones.exclude(pk=asked.towards_id).select_related("team", "cycle")
