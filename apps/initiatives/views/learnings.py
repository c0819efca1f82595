"""What was learned: the library of all teams, and of one."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Count, Subquery, Value
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.initiatives import learnings as library
from apps.initiatives.forms import LearningsForm
from apps.initiatives.in_figures import figures_of
from apps.initiatives.learnings import Learning, narrowed, words_of
from apps.initiatives.models import Initiative, InitiativeLink, InitiativeQuerySet
from apps.objectives.models import Cycle
from apps.organisation.http import Request
from apps.organisation.models import Organisation, Team
from apps.organisation.writes import form_status

A_PAGE = 20
MOST_OFFERED = 40


@require_safe
def learnings(request: Request) -> HttpResponse:
    return _show(request, library.library(request.user), team=None)


@require_safe
def team_learnings(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    return _show(request, library.of_team(library.library(request.user), team), team=team)


def _show(request: Request, found: InitiativeQuerySet, *, team: Team | None) -> HttpResponse:
    words = words_of(request.GET.get("q", "").replace("\0", ""))
    offers, in_all, held = _about(found, words)
    form = LearningsForm(
        request.GET,
        cycles=list(Cycle.objects.order_by("-starts")),
        offers=offers,
    )
    if team is not None:
        del form.fields["team"]
    sought = form.cleaned_data if form.is_valid() else {}
    page = Paginator(narrowed(found, **sought, held=held).for_learnings(), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "team": team,
        "page": page,
        "found": [Learning(initiative, words) for initiative in page],
        "all": in_all,
        "is_narrowed": any(sought.values()),
        "q": sought.get("q", ""),
    }
    return TemplateResponse(
        request, "initiatives/learnings.html", context, status=form_status(form)
    )


@require_safe
def figures(request: Request) -> HttpResponse:
    return _show_figures(request, Initiative.objects.visible_to(request.user), team=None)


@require_safe
def team_figures(request: Request, slug: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    found = library.of_team(Initiative.objects.visible_to(request.user), team)
    return _show_figures(request, found, team=team)


def _show_figures(
    request: Request, found: InitiativeQuerySet, *, team: Team | None
) -> HttpResponse:
    cycles = Cycle.objects.nearest_first(request.today)
    asked_for = request.GET.get("cycle", "")
    cycle = next((one for one in cycles if not asked_for or one.slug == asked_for), None)
    if asked_for and cycle is None:
        raise Http404
    context = {
        "team": team,
        "cycle": cycle,
        "cycles": cycles,
        "figures": figures_of(found, cycle) if cycle else None,
    }
    return TemplateResponse(request, "initiatives/figures.html", context)


def _about(
    found: InitiativeQuerySet, words: list[str]
) -> tuple[dict[str, list[str]], int, list[str]]:
    """Names to filter by, as they stand in the library; how many there are in all; and which of
    the words stand there as they were typed. One query for all of it."""
    links = InitiativeLink.objects.filter(initiative__in=found.order_by()).order_by()
    counted = found.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))

    def some(rows: Any, name: str) -> ArraySubquery:
        named = rows.exclude(**{name: ""}).order_by(name).values(name).distinct()
        return ArraySubquery(named[:MOST_OFFERED])

    offered: dict[str, Any] = Organisation.objects.values(  # type: ignore[assignment]
        team=some(found, "team__name"),
        key_result=some(links, "key_result__title"),
        metric=some(links, "key_result__metric"),
        all=Subquery(counted.values("n")),
        **{f"word_{place}": library.holds(found, word) for place, word in enumerate(words)},
    ).get()
    names = {name: offered[name] for name in ("team", "key_result", "metric")}
    held = [word for place, word in enumerate(words) if offered[f"word_{place}"]]
    return names, offered["all"] or 0, held
