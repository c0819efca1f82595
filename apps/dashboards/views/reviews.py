"""Review meetings: their list, the agenda of one, its screens, and what was decided."""

from datetime import datetime, time
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.checkins import actions
from apps.checkins.forms import DecisionForm, EndReviewForm
from apps.checkins.meetings import who_can_be_named
from apps.checkins.models import HelpRequest, ReviewMeeting
from apps.dashboards import feed
from apps.dashboards.screens import MOST_AT_A_GLANCE, Screens
from apps.dashboards.surroundings import surroundings
from apps.initiatives.boards import lanes
from apps.initiatives.models import Initiative
from apps.notices.rows import Row, drawn_lanes, with_all_a_row_shows
from apps.objectives.models import KeyResult
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import carry_out, form_status

MEETINGS = 30
TEAMS = 12
EXCEPTIONS_ON_AGENDA = 20
LANES, HELPS, MOVES = 5, 2, 3


@require_safe
def reviews(request: Request) -> HttpResponse:
    found = ReviewMeeting.objects.visible_to(request.user).for_list()[:MEETINGS]
    near = surroundings(request).near
    context = {
        "meetings": found,
        "teams": [team for team in near if may(request.user, Do.RUN_REVIEW, team)][:TEAMS],
    }
    return render(request, "dashboards/reviews.html", context)


@require_safe
def review(request: Request, pk: int) -> HttpResponse:
    """The agenda: what stands out, and the rest."""
    meeting = _find(request, pk)
    screens = Screens(meeting, request.now)
    shown = [row.pk for row in screens.exceptions[:EXCEPTIONS_ON_AGENDA]]
    rows = {row.key_result.pk: row for row in surroundings(request).rows(Q(pk__in=shown))}
    context = {
        "meeting": meeting,
        "screens": screens,
        "exceptions": [(n, rows[pk]) for n, pk in enumerate(shown, 1)],
        "more": len(screens.exceptions) - len(shown),
        "decisions": meeting.decisions.for_rows(),
        "may_run": may(request.user, Do.RUN_REVIEW, meeting.team),
    }
    return render(request, "dashboards/review.html", context)


@require_http_methods(GET_OR_POST)
@once
def screen(request: Request, pk: int, n: int) -> HttpResponse:
    """One screen; what is decided there is noted there."""
    meeting = _find(request, pk)
    present = request.GET.get("present") == "1"
    screens = Screens(meeting, request.now, "?present=1" if present else "")
    if not 1 <= n <= screens.number:
        raise Http404
    reviewed = screens.exceptions[n - 1] if n <= len(screens.exceptions) else None
    rows = _rows([reviewed.pk] if reviewed else [r.pk for r in screens.rest], request)
    row = rows[0] if reviewed else None
    key_result = row.key_result if row else None
    if request.method == "POST":
        permit(request.user, Do.RUN_REVIEW, meeting.team)
    form = _decision_form(request, meeting, key_result)
    act = partial(
        actions.note_decision, meeting, key_result=key_result, by=request.user, now=request.now
    )
    if form and form.is_bound and carry_out(form, act):
        return redirect(f"{screens.url(n)}#decided")
    context = {
        "meeting": meeting,
        "screens": screens,
        "n": n,
        "back": screens.url(n - 1),
        "next": screens.url(n + 1),
        "next_title": _next_title(screens, n),
        "form": form,
        "decided": meeting.decisions.filter(key_result=key_result).select_related("who"),
        "present": present,
        "rail": None,  # the whole screen is the slide
        **(_about(row, meeting, request) if row else _at_a_glance(rows)),
    }
    page = "screen" if row else "screen_rest"
    status = form_status(form) if form else 200
    return render(request, f"dashboards/{page}.html", context, status=status)


@require_http_methods(GET_OR_POST)
@once
def decisions(request: Request, pk: int) -> HttpResponse:
    """The end: the list, and one click that mails it."""
    meeting = _find(request, pk)
    may_run = may(request.user, Do.RUN_REVIEW, meeting.team)
    if request.method == "POST":
        permit(request.user, Do.RUN_REVIEW, meeting.team)
    sent = request.POST if request.method == "POST" else None
    form = EndReviewForm(sent, version=meeting.version)
    act = partial(actions.end_review, meeting, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("The meeting has ended, and the decisions are on their way."))
        return redirect("dashboards:decisions", meeting.pk)
    context = {
        "meeting": meeting,
        "screens": Screens(meeting, request.now),
        "decisions": meeting.decisions.for_rows(),
        "form": form if meeting.is_open and may_run else None,
        "may_run": may_run,
    }
    return render(request, "dashboards/decisions.html", context, status=form_status(form))


def _find(request: Request, pk: int) -> Any:
    return get_object_or_404(ReviewMeeting.objects.visible_to(request.user).for_screens(), pk=pk)


def _rows(pks: list[int], request: Request) -> list[Row]:
    visible = KeyResult.objects.visible_to(request.user).filter(pk__in=pks)
    found = {row.pk: Row.of(row, today=request.today) for row in with_all_a_row_shows(visible)}
    return [found[pk] for pk in pks if pk in found]


def _decision_form(
    request: Request, meeting: ReviewMeeting, key_result: KeyResult | None
) -> DecisionForm | None:
    """For whoever may run the meeting, while it is open."""
    if not may(request.user, Do.RUN_REVIEW, meeting.team):
        return None
    if request.method == "GET" and not meeting.is_open:
        return None
    sent = request.POST if request.method == "POST" else None
    return DecisionForm(sent, people=who_can_be_named(meeting, key_result))


def _next_title(screens: Screens, n: int) -> str:
    if n < len(screens.exceptions):
        return _("Next: %(key_result)s") % {"key_result": screens.exceptions[n].title}
    if n < screens.number:
        return _("Next: the rest at a glance")
    return _("Next: what was decided")


def _at_a_glance(rows: list[Row]) -> dict[str, Any]:
    return {"rows": rows[:MOST_AT_A_GLANCE], "more": len(rows[MOST_AT_A_GLANCE:])}


def _about(row: Row, meeting: Any, request: Request) -> dict[str, Any]:
    """What there is to say of one key result: means, help, confidence."""
    key_result, cycle = row.key_result, row.reading.cycle
    bets = Initiative.objects.for_cycle(cycle).for_key_result(key_result).order_by("-pk")
    begun = timezone.make_aware(datetime.combine(cycle.starts, time()))
    since = max(meeting.before, begun) if meeting.before else begun
    moves = feed.moves().filter(initiative__links__key_result=key_result, at__gte=since)
    return {
        "row": row,
        "reading": row.reading,
        "lanes": drawn_lanes(lanes(bets.for_lanes()[:LANES], cycle=cycle), row),
        "helps": HelpRequest.objects.open().filter(team=key_result.team).for_rows()[:HELPS],
        "moves": [feed.moved(move, request.today) for move in moves.distinct()[:MOVES]],
        "rests": row.means_rest(request.today),
    }
