from typing import Any

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.alignment import actions, components, marked
from apps.alignment.forms import BriefingForm
from apps.alignment.models import WORDS, BriefedTeam, Briefing
from apps.alignment.views.finding import find_objective
from apps.objectives.components import in_words
from apps.objectives.models import Constraint, Objective
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, permit
from apps.organisation.writes import carry_out, form_status


@require_http_methods(GET_OR_POST)
@once
def issue_briefing(request: Request, pk: int) -> HttpResponse:
    """Written and issued on one page: one button keeps a draft, the other issues it."""
    objective = find_objective(request, pk)
    permit(request.user, Do.ISSUE_BRIEFING, objective.team)
    last = _last(objective)
    above = components.higher_intent(objective, user=request.user)
    form = BriefingForm(
        request.POST or None,
        last=last,
        initial=_so_far(last, above),
        teams=_candidates(objective, last),
        chosen=last.asked if last else [],
    )
    issues = request.POST.get("then") == "issue"
    verb = actions.issue_briefing if issues else actions.write_briefing

    def act(version: int, **typed: Any) -> None:
        words = actions.Words(**typed)
        verb(objective, words, by=request.user, now=request.now, version=version)

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _said(issues))
        return redirect(f"{objective.get_absolute_url()}#briefing" if issues else request.path)
    context = {
        "objective": objective,
        "form": form,
        "last": last,
        "one_up": above[0],
        "two_up": above[1],
        **beside(request, objective),
    }
    return render(request, "alignment/issue_briefing.html", context, status=form_status(form))


@require_safe
def revisions(request: Request, pk: int) -> HttpResponse:
    """One revision, with what changed since another one; by default the last two."""
    objective = find_objective(request, pk)
    briefings = Briefing.objects.visible_to(request.user).filter(objective=objective)
    rows = list(briefings.select_related("issued_by").order_by("-number"))
    if not rows:
        raise Http404
    new = _numbered(rows, request.GET.get("new")) or rows[0]
    older = [row for row in rows if row.number < new.number]
    old = _numbered(rows, request.GET.get("old")) or next(iter(older), None)
    if old is not None and old.number > new.number:
        old, new = new, old
    is_compared = old is not None and old != new
    context = {
        "objective": objective,
        "rows": rows,
        "old": old if is_compared else None,
        "new": new,
        "shown": marked.between(old, new) if old is not None and is_compared else marked.whole(new),
    }
    return render(request, "alignment/revisions.html", context)


def _said(issues: bool) -> str:
    if issues:
        return _("Issued. Every team that works on this finds it in its week.")
    return _("Draft kept. Nobody has been told.")


def _last(objective: Objective) -> Any:
    """The draft, else what was issued last; the ids of the teams it asks come along."""
    asked = BriefedTeam.objects.filter(briefing=OuterRef("pk")).values("team")
    rows = Briefing.objects.filter(objective=objective).annotate(asked=ArraySubquery(asked))
    return rows.order_by("number").last()


def _so_far(last: Briefing | None, above: tuple[list[Any], list[Any]]) -> dict[str, str]:
    """What stands already; at first, what those above want, to be put in one's own words."""
    if last is not None:
        return {name: getattr(last, name) for name in WORDS if name not in {"tasks", "main_effort"}}
    one_up, two_up = ("\n".join(row.words for row in rows) for rows in above)
    return {"one_up": one_up, "two_up": two_up}


def _candidates(objective: Any, last: Any) -> list[Team]:
    """Whom to offer to ask: who works on it, who was asked, and the teams right below."""
    known = [row["pk"] for row in objective.working] + (last.asked if last else [])
    teams = Team.objects.standing().filter(Q(pk__in=known) | Q(parent=objective.team))
    return list(teams.order_by("name"))


def beside(request: Request, objective: Any) -> dict[str, Any]:
    """constraints and measures: they stand beside a briefing, not in it."""
    limits = Constraint.objects.filter(
        Q(objective=objective) | Q(team__in=[objective.team_id, *objective.team.ancestor_ids])
    )
    return {
        "constraints": in_words(limits, user=request.user, today=request.today),
        "measures": objective.measures,
    }


def _numbered(rows: list[Briefing], text: str | None) -> Briefing | None:
    """The revision that the address names; 404 for one that there is not."""
    if not text:
        return None
    for row in rows:
        if text == str(row.number):
            return row
    raise Http404
