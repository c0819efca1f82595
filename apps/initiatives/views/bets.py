"""The words of an initiative: propose, suggest, edit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.initiatives import actions
from apps.initiatives.actions import Aim
from apps.initiatives.already_tried import already_tried
from apps.initiatives.asking import wording
from apps.initiatives.boundaries import boundaries
from apps.initiatives.forms import EditForm, ProposeForm, SuggestForm, goals_for
from apps.initiatives.models import Initiative
from apps.objectives.models import KeyResult
from apps.organisation.http import Request
from apps.organisation.models import Team, User
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status

# Of a proposal: what is compared with what was tried before.
TYPED = ("title", "believe", "will")
MOST_DIGITS = 18  # of a number that a row can have


@require_http_methods(["GET", "POST"])
@once
def propose(request: Request, slug: str) -> HttpResponse:
    """With "Propose and start" the start page comes next; it says what is missing, if anything."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.PROPOSE_INITIATIVE, team)
    goals, former = goals_for(team), _former(request)
    form = ProposeForm(
        request.POST or None,
        goals=goals,
        aims=_aims_of(former, goals) if former else _wanted(request, goals),
        initial=_words_of(former) if former else _words(request),
        continues=former,
        today=request.today,
    )
    made: list[Initiative] = []
    if request.method == "POST" and carry_out(
        form,
        lambda **typed: made.append(
            actions.propose(team=team, by=request.user, now=request.now, **typed)
        ),
    ):
        messages.success(request, _("“%(title)s” is proposed.") % {"title": made[0]})
        if "start" in request.POST:
            return redirect("initiatives:start", made[0].pk)
        return redirect(made[0])
    return _show(request, "propose", team, form, goals)


@require_http_methods(["GET", "POST"])
@once
def suggest(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    permit(request.user, Do.SUGGEST_INITIATIVE, team)
    if may(request.user, Do.PROPOSE_INITIATIVE, team):
        return redirect("initiatives:propose", team.slug)  # nobody is outside of one's own team
    goals = goals_for(team)
    form = SuggestForm(
        request.POST or None,
        goals=goals,
        aims=_wanted(request, goals),
        initial=_words(request),
        today=request.today,
    )
    made: list[Initiative] = []
    if request.method == "POST" and carry_out(
        form,
        lambda **typed: made.append(
            actions.suggest(team=team, by=request.user, now=request.now, **typed)
        ),
    ):
        messages.success(
            request,
            _("“%(title)s” is suggested. %(team)s takes it over or declines it with a word.")
            % {"title": made[0], "team": team},
        )
        return redirect(made[0])
    return _show(request, "suggest", team, form, goals)


@require_http_methods(["GET", "POST"])
@once
def edit(request: Request, pk: int) -> HttpResponse:
    found = Initiative.objects.visible_to(request.user).for_page(request.today)
    initiative = get_object_or_404(found, pk=pk)
    permit(request.user, Do.EDIT_INITIATIVE, initiative.team)
    if request.method == "GET" and not initiative.is_live:
        return redirect(initiative)
    form = EditForm(
        request.POST or None,
        initiative=initiative,
        people=User.objects.working_in(initiative.team),
        today=request.today,
    )
    if request.method == "POST" and carry_out(
        form,
        lambda **typed: actions.edit(initiative, by=request.user, now=request.now, **typed),
    ):
        messages.success(request, _("Saved."))
        return redirect(initiative)
    return TemplateResponse(
        request,
        "initiatives/edit.html",
        {"team": initiative.team, "initiative": initiative, "form": form, **wording(request, form)},
        status=form_status(form),
    )


def _words(request: Request) -> dict[str, str]:
    """Those of a line that was no key result, as the address brings them."""
    return {name: request.GET.get(name, "") for name in ("title", "will")}


def _former(request: Request) -> Initiative | None:
    """One that has ended and that this takes up again, as the address brings it."""
    asked_for = request.GET.get("continues", "")
    if not asked_for.isascii() or not asked_for.isdigit() or len(asked_for) > MOST_DIGITS:
        return None
    found = Initiative.objects.visible_to(request.user).ended()
    return found.prefetch_related("links").filter(pk=int(asked_for)).first()


def _words_of(former: Initiative) -> dict[str, str]:
    kept = ("title", "believe", "will", "know_when", "no_criteria_because", "cost_note")
    return {name: getattr(former, name) for name in kept}


def _aims_of(former: Initiative, goals: list[KeyResult]) -> list[Aim]:
    """Those of its key results that one may still bet on; by when is to be said anew."""
    still = {goal.pk: goal for goal in goals}
    links = [link for link in former.links.all() if link.key_result_id in still]
    return [Aim(still[link.key_result_id], link.expected_effect) for link in links]


def _wanted(request: Request, goals: list[KeyResult]) -> list[Aim]:
    """The key result from whose page one came, or the only one there is."""
    asked_for = request.GET.get("key_result", "")
    wanted = [goal for goal in goals if str(goal.pk) == asked_for or len(goals) == 1]
    return [Aim(goal) for goal in wanted]


def _show(
    request: Request, verb: str, team: Team, form: ProposeForm, goals: list[KeyResult]
) -> HttpResponse:
    chosen = {str(aim["key_result"].value()) for aim in form.aims}
    typed = {name: form[name].value() for name in TYPED}
    context = {
        "form": form,
        **wording(request, form),
        **_beside(
            request,
            team,
            [goal for goal in goals if goal.team_id == team.pk or str(goal.pk) in chosen],
            typed,
        ),
    }
    return TemplateResponse(request, f"initiatives/{verb}.html", context, status=form_status(form))


@require_safe
def beside(request: Request, slug: str) -> HttpResponse:
    """What to know while one writes, for what is typed so far: htmx asks for it."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    chosen = [str(pk) for name, pk in request.GET.items() if name.startswith("key_result_")]
    ids = [int(pk) for pk in chosen if pk.isascii() and pk.isdigit() and len(pk) <= MOST_DIGITS]
    goals = KeyResult.objects.on_the_table().filter(Q(team=team) | Q(pk__in=ids))
    context = _beside(request, team, goals, request.GET)
    return TemplateResponse(request, "initiatives/_beside.html", context)


def _beside(
    request: Request, team: Team, goals: Iterable[KeyResult], typed: Mapping[str, Any]
) -> dict[str, Any]:
    """What bounds the bet, and what was tried before that reads alike."""
    title, believe, will = ((typed.get(name) or "").replace("\0", "") for name in TYPED)
    return {
        "team": team,
        "constraints": boundaries(team, goals, today=request.today),
        "tried": already_tried(request.user, title=title, hypothesis=f"{believe} {will}"),
    }
