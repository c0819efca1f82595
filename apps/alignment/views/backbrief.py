from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from apps.alignment import actions, components, marked
from apps.alignment.components import Answer
from apps.alignment.forms import AcceptForm, BackbriefForm, ReturnForm
from apps.alignment.models import Backbrief, Briefing
from apps.alignment.views.briefing import beside
from apps.alignment.views.finding import find_objective
from apps.initiatives.models import LIVE, Initiative
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import VersionedForm, carry_out, form_status

# In the order of the form; what a team will do stands after what it understood.
PROMPTS = [
    ("understood", gettext_lazy("What did we understand?")),
    ("needs", gettext_lazy("What do we need?")),
    ("gives_up", gettext_lazy("What do we give up?")),
    ("questions", gettext_lazy("What do we ask?")),
]


class Said(NamedTuple):
    """What a team says to one prompt, beside what others say to it."""

    answer: Answer
    words: str
    initiatives: tuple[Initiative, ...] = ()


@require_safe
def backbriefs(request: Request, pk: int) -> HttpResponse:
    """Who has answered, and what they said to each prompt, side by side in their own words."""
    objective = find_objective(request, pk)
    context = components.of_objective(objective, user=request.user, today=request.today)
    if context["briefing"] is None:
        raise Http404
    given = context["answers"].given
    titles = _titles(given)
    context |= {
        "objective": objective,
        "prompts": [
            (prompt, [Said(row, getattr(row.given, name)) for row in given])
            for name, prompt in PROMPTS
        ],
        "doing": [Said(row, "", _named(row, titles)) for row in given],
    }
    return render(request, "alignment/backbriefs.html", context)


@require_http_methods(GET_OR_POST)
@once
def give_backbrief(request: Request, pk: int, slug: str) -> HttpResponse:
    """Written and given on one page, beside the briefing: one button keeps a draft that the
    team shares, the other gives it."""
    objective = find_objective(request, pk)
    context = components.of_objective(objective, user=request.user, today=request.today)
    briefing = context["briefing"]
    answer = next((row for row in context["answers"].rows if row.team.slug == slug), None)
    if briefing is None or answer is None:
        raise Http404
    permit(request.user, Do.GIVE_BACKBRIEF, answer.team)
    backbrief = _find_own(objective, answer.team)
    form = BackbriefForm(
        request.POST or None,
        backbrief=backbrief,
        number=briefing.number,
        initiatives=_choosable(answer.team, backbrief),
        chosen=backbrief.chosen if backbrief else [],
    )
    gives = request.POST.get("then") == "give"
    verb = actions.give_backbrief if gives else actions.write_backbrief
    act = partial(verb, objective, answer.team, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _said(gives))
        return redirect(answer_url(objective, answer.team) if gives else request.path)
    context |= {
        "objective": objective,
        "team": answer.team,
        "answer": answer,
        "form": form,
        "shown": _since(objective, answer, briefing),
        "siblings": [row for row in context["answers"].given if row.team != answer.team],
        **beside(request, objective),
    }
    return render(request, "alignment/give_backbrief.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def accept_backbrief(request: Request, pk: int) -> HttpResponse:
    return _answer(request, pk, "accept", AcceptForm, actions.accept_backbrief)


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def return_backbrief(request: Request, pk: int) -> HttpResponse:
    return _answer(request, pk, "return", ReturnForm, actions.return_backbrief)


def _answer(
    request: Request,
    pk: int,
    verb: str,
    form_class: type[VersionedForm],
    action: Callable[..., Any],
) -> HttpResponse:
    """The row of one team; without htmx a page with all that it said."""
    found = get_object_or_404(Backbrief.objects.visible_to(request.user).for_page(), pk=pk)
    permit(request.user, Do.ANSWER_BACKBRIEF, found.objective.team)
    form = form_class(request.POST or None, version=found.version)
    act = partial(action, found, by=request.user, now=request.now)
    is_done = request.method == "POST" and carry_out(form, act)
    if is_done and not request.htmx:
        return redirect(answer_url(found.objective, found.team))
    objective = find_objective(request, found.objective_id)
    context = components.of_objective(objective, user=request.user, today=request.today)
    answer = next(row for row in context["answers"].rows if row.pk == found.pk)
    context |= {"objective": objective, "answer": answer, "is_moved": bool(request.htmx)}
    if not is_done:
        context |= {"form": form, "verb": verb}
    if request.htmx:
        return render(request, "alignment/_answer.html", context, status=form_status(form))
    context["initiatives"] = _named(answer, _titles([answer]))
    return render(request, f"alignment/{verb}_backbrief.html", context, status=form_status(form))


def answer_url(objective: Any, team: Team) -> str:
    return Backbrief(objective_id=objective.pk, team=team).get_absolute_url()


def _said(gives: bool) -> str:
    if gives:
        return _("Given. The leaders of this objective find it in their week.")
    return _("Draft kept. Your team can go on with it.")


def _find_own(objective: Any, team: Team) -> Any:
    """With the ids of the initiatives that it names."""
    chosen = Backbrief.will_do.through.objects.filter(backbrief=OuterRef("pk"))
    rows = Backbrief.objects.filter(objective=objective, team=team)
    return rows.annotate(chosen=ArraySubquery(chosen.values("initiative"))).first()


def _choosable(team: Team, backbrief: Any) -> list[Initiative]:
    """What the team has under way, and what it named before."""
    named = backbrief.chosen if backbrief else []
    wanted = Q(status__in=LIVE) | Q(pk__in=named)
    return list(Initiative.objects.filter(wanted, team=team).order_by("status", "pk"))


def _since(objective: Any, answer: Answer, briefing: components.Issued) -> marked.Shown:
    """The briefing, with what is new since the revision that the team answered."""
    if not answer.is_stale or answer.given is None:
        return briefing.shown
    old = Briefing.objects.get(objective=objective, number=answer.given.number)
    return marked.between(old, briefing)


def _named(row: Answer, titles: dict[int, Initiative]) -> tuple[Initiative, ...]:
    return tuple(titles[pk] for pk in row.given.will_do) if row.given else ()


def _titles(rows: list[Answer]) -> dict[int, Initiative]:
    named = [pk for row in rows if row.given for pk in row.given.will_do]
    return {one.pk: one for one in Initiative.objects.filter(pk__in=named)} if named else {}
