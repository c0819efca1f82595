from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from apps.alignment import flags
from apps.alignment import map as of_cycle
from apps.alignment.flags import Flag, Found, Kind
from apps.dashboards.cycles import switch
from apps.dashboards.surroundings import surroundings
from apps.objectives.models import Objective
from apps.organisation.http import Request

OBJECTIVES_A_PAGE = 25
# So few are open from the start; with more, one opens what one wants to see.
OPEN_AT_ONCE = 12
ORPHANS_SHOWN = 12
FLAGS_A_PAGE = 50


class Group(NamedTuple):
    """The flags of one kind: a few of them, and the way to the others."""

    kind: Kind
    shown: list[Flag]
    more: int


@require_safe
def alignment_map(request: Request) -> HttpResponse:
    """`?q=` looks by name, `?flag=` lists all of one kind."""
    around = surroundings(request)
    context: dict[str, Any] = {
        "cycle": around.cycle,
        "switch": switch(around.cycles, around.cycle),
    }
    if around.cycle is None:
        return render(request, "dashboards/map.html", context)
    objectives = of_cycle.objectives_in(around.cycle, user=request.user)
    found = flags.find(around.cycle, objectives, user=request.user)
    context |= {"found": found, "lead": _lead(found)}
    if wanted := request.GET.get("flag"):
        listed = Paginator(_listed(found, wanted), FLAGS_A_PAGE)
        context["page"] = context["listed"] = listed.get_page(request.GET.get("page"))
        return render(request, "dashboards/map.html", context)
    name = request.GET.get("q", "").strip()
    if name:
        objectives = objectives.filter(of_cycle.called(name)).distinct()
    page = Paginator(of_cycle.with_counts(objectives), OBJECTIVES_A_PAGE).get_page(
        request.GET.get("page")
    )
    few = page.paginator.count <= OPEN_AT_ONCE
    open_ones = {row.pk for row in page} if few else set()
    orphans = [one for one in found.orphans if name.lower() in one.text.lower()]
    context |= {
        "name": name,
        "page": page,
        "branches": of_cycle.branches(
            page, cycle=around.cycle, open_ones=open_ones, today=request.today
        ),
        "groups": [] if name else _groups(found),
        "orphans": orphans[:ORPHANS_SHOWN],
        "orphans_n": len(orphans),
    }
    return render(request, "dashboards/map.html", context)


@require_safe
@vary_on_headers("HX-Request")
def map_branch(request: Request, pk: int) -> HttpResponse:
    """One objective of the map, open; without htmx on a page of its own."""
    visible = Objective.objects.visible_to(request.user).filter(state__in=of_cycle.KNOWN, pk=pk)
    row = get_object_or_404(of_cycle.with_counts(visible))
    (branch,) = of_cycle.branches([row], cycle=row.cycle, open_ones={row.pk}, today=request.today)
    context: dict[str, Any] = {"branch": branch, "is_moved": bool(request.htmx)}
    template = "alignment/_branch.html" if request.htmx else "dashboards/map_branch.html"
    return render(request, template, context)


def _lead(found: Found) -> tuple[str, str]:
    counts = _(
        "%(objectives)d objectives, %(key_results)d key results, %(initiatives)d initiatives."
    )
    words = {
        "objectives": found.objectives,
        "key_results": found.key_results,
        "initiatives": found.initiatives,
    }
    if not found.total:
        return _("The map holds together."), counts % words
    text = ngettext(
        "%(n)d thing does not hang together.", "%(n)d things do not hang together.", found.total
    )
    return text % {"n": found.total}, counts % words


def _groups(found: Found) -> list[Group]:
    return [
        Group(kind, rows[: flags.SHOWN], len(rows[flags.SHOWN :]))
        for kind, rows in found.flags.items()
        if rows
    ]


def _listed(found: Found, wanted: str) -> list[Flag]:
    if wanted not in set(Kind):
        raise Http404
    return found.flags[Kind(wanted)]
