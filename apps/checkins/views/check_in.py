"""The week's check-in of a team, and those of the weeks before.

Drafts are the team's; what was sent everyone reads. A page saves what is typed while it is
typed (save_draft, without a one-time key: the same draft twice is the same draft).
"""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from apps.checkins import actions, questions
from apps.checkins.cadence import monday
from apps.checkins.forms import CheckInForm, CorrectForm
from apps.checkins.history import History
from apps.checkins.models import CheckIn
from apps.checkins.reading import AsRead
from apps.checkins.sheet import Sheet, cycle_of
from apps.initiatives.models import MOVES
from apps.objectives.cycles import cycles_around
from apps.objectives.readings import ruler
from apps.organisation.http import GET_OR_POST, Request
from apps.organisation.models import Team
from apps.organisation.once import once
from apps.organisation.permissions import Do, may, permit
from apps.organisation.writes import Conflict, carry_out, form_status

MOST_DIGITS = 10  # of a moment in seconds, until the year 2286


@require_GET
def now(request: Request, slug: str) -> HttpResponse:
    """This week's; the team's page, where no cycle asks for one."""
    week = monday(request.today)
    if cycle_of(week, cycles_around(request)) is None:
        messages.info(request, _("No cycle runs this week, so there is nothing to report."))
        return redirect("dashboards:team", slug)
    return redirect("checkins:check_in", slug, week)


@require_http_methods(GET_OR_POST)
@once
def check_in(request: Request, slug: str, week: date) -> HttpResponse:
    sheet = _find_sheet(request, slug, week)
    writes = sheet.can_be_written and may(request.user, Do.CHECK_IN, sheet.team)
    if request.method == "GET" and not writes:
        return _show_sent(request, sheet)
    permit(request.user, Do.CHECK_IN, sheet.team)

    sent = request.POST if request.method == "POST" else None
    form = CheckInForm(sent, sheet=sheet, by=request.user)
    if form.is_bound and form.is_valid() and form.unconfirmed:
        context = {"sheet": sheet, "form": form}
        return render(request, "checkins/confirm.html", context, status=422)
    act = partial(
        actions.submit, **sheet.place, organisation=request.organisation, by=request.user,
        now=request.now,
    )  # fmt: skip
    if form.is_bound and carry_out(form, act):
        messages.success(request, _said_of(form))
        return redirect(sheet.team)
    return _show_form(request, form)


@require_GET
def sent(request: Request, slug: str, week: date) -> HttpResponse:
    """As everybody reads it; `?revision=` for what was said before it was sent anew."""
    sheet = _find_sheet(request, slug, week)
    if not sheet.check_in.is_sent:
        raise Http404
    asked_for = request.GET.get("revision")
    known = {str(sending.revision): sending.revision for sending in AsRead.sendings_of(sheet)}
    if asked_for is not None and asked_for not in known:
        raise Http404
    return _show_sent(request, sheet, revision=known.get(asked_for or ""))


@require_http_methods(GET_OR_POST)
@once
def correct(request: Request, slug: str, week: date) -> HttpResponse:
    sheet = _find_sheet(request, slug, week)
    permit(request.user, Do.CHECK_IN, sheet.team)
    if not sheet.can_be_corrected and request.method == "GET":
        return redirect(sheet.url)
    typed = request.POST if request.method == "POST" else None
    form = CorrectForm(typed, sheet=sheet, by=request.user)
    check_in = sheet.check_in
    check_in.team = sheet.team
    act = partial(actions.correct, check_in, cycle=sheet.cycle, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Corrected. What was said before stays readable."))
        return redirect(sheet.sent_url)
    context = {"sheet": sheet, "form": form, "ruler": ruler(sheet.cycle, request.today)}
    return render(request, "checkins/correct.html", context, status=form_status(form))


@require_POST
def save_draft(request: Request, slug: str, week: date) -> HttpResponse:
    sheet = _find_sheet(request, slug, week)
    permit(request.user, Do.CHECK_IN, sheet.team)
    form = CheckInForm(request.POST, sheet=sheet, by=request.user)
    if "nothing_new" in request.POST:
        form.repeat_last_week()
    try:
        check_in = actions.save_draft(**sheet.place, **form.draft, by=request.user, now=request.now)
    except ValidationError as refused:
        if request.htmx:
            return _show_status(request, form, status=422, refused=refused.messages)
        form.add_error(None, refused)
    except actions.DraftClash as clash:
        if request.htmx:
            choices = form.choices(clash.clashes, clash.check_in)
            return _show_status(request, form, status=409, choices=choices)
        form.show_stored(clash.check_in)
    except Conflict as conflict:
        if request.htmx:
            return _show_status(request, form, status=409, conflict=conflict)
        form.show_stored(conflict.stored)
    else:
        if request.htmx:
            return _show_status(request, form, check_in=check_in)
        return _go_on(request, check_in)
    return _show_form(request, form)


@require_GET
@vary_on_headers("HX-Request")
def watch(request: Request, slug: str, week: date) -> HttpResponse:
    """Asked now and then by a form that is open: what others wrote since it was drawn (`since`),
    where there is more of it than it was last told of (`told`). Moments in whole seconds."""
    team = find_team(request, slug)
    permit(request.user, Do.CHECK_IN, team)
    if not request.htmx:
        return redirect("checkins:check_in", slug, week)
    since, told = (_moment(request.GET.get(name, "")) for name in ("since", "told"))
    stored = CheckIn.objects.filter(team=team, week=week).select_related("submitted_by").first()
    if stored is None or not stored.is_written_since(told, but_by=request.user):
        return HttpResponse(status=204)
    form = CheckInForm(sheet=_sheet_of(request, team, week), by=request.user)
    is_sent = stored.submitted_at is not None and stored.submitted_at > since
    context = {
        "sheet": form.sheet,
        "sent": stored if is_sent else None,
        "written": form.written_since(since),
        "since": int(since.timestamp()),
    }
    return render(request, "checkins/_theirs.html", context)


@require_GET
def history(request: Request, slug: str) -> HttpResponse:
    """What the team has said, week by week; `?cycle=` for an earlier cycle."""
    team = get_object_or_404(Team.objects.visible_to(request.user), slug=slug)
    cycles = cycles_around(request)
    wanted = request.GET.get("cycle") or (cycles[0].slug if cycles else "")
    cycle = next((cycle for cycle in cycles if cycle.slug == wanted), None)
    if wanted and cycle is None:
        raise Http404
    told = (
        History.of(team, cycle, organisation=request.organisation, today=request.today)
        if cycle
        else None
    )
    context = {"team": team, "cycle": cycle, "cycles": cycles, "history": told}
    return render(request, "checkins/history.html", context)


def find_team(request: Request, slug: str) -> Team:
    teams = questions.for_sheets(Team.objects.visible_to(request.user))
    team: Team = get_object_or_404(teams, slug=slug)
    return team


def _find_sheet(request: Request, slug: str, week: date) -> Sheet:
    return _sheet_of(request, find_team(request, slug), week)


def _sheet_of(request: Request, team: Team, week: date) -> Sheet:
    sheet = Sheet.find(
        team,
        week,
        cycles=cycles_around(request),
        organisation=request.organisation,
        today=request.today,
    )
    if sheet is None:
        raise Http404
    return sheet


def _moment(text: str) -> datetime:
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise Http404
    return datetime.fromtimestamp(int(text), UTC)


def _show_form(request: Request, form: CheckInForm) -> HttpResponse:
    sheet = form.sheet
    context = {"sheet": sheet, "form": form, "ruler": ruler(sheet.cycle, request.today)}
    return render(request, "checkins/check_in.html", context, status=form_status(form))


def _show_status(
    request: Request, form: CheckInForm, *, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"sheet": form.sheet, "form": form, **said}
    return render(request, "checkins/_save_status.html", context, status=status)


def _show_sent(request: Request, sheet: Sheet, *, revision: int | None = None) -> HttpResponse:
    """To everyone; where nothing was sent and still can be, only its team has something here."""
    if sheet.can_be_written and not sheet.check_in.is_sent:
        permit(request.user, Do.CHECK_IN, sheet.team)
    context = {
        "sheet": sheet,
        "read": AsRead.of(sheet, revision) if sheet.check_in.is_sent else None,
        "may_write": may(request.user, Do.CHECK_IN, sheet.team),
        "ruler": ruler(sheet.cycle, request.today),
    }
    return render(request, "checkins/sent.html", context)


def _go_on(request: Request, check_in: CheckIn) -> HttpResponse:
    """Back to the form, or to the page on which an initiative is moved."""
    if "nothing_new" in request.POST:
        said = _(
            "As sure as last week, and the means go on. Numbers stay empty: add what you know."
        )
        messages.success(request, said)
    verb, _dash, pk = request.POST.get("then", "").partition("-")
    if verb in MOVES and pk.isdecimal():
        return redirect(f"initiatives:{verb}", int(pk))
    return redirect(check_in)


def _said_of(form: CheckInForm) -> str:
    """What became of it, and what its numbers were read as."""
    sheet = form.sheet
    if sheet.is_over:
        sent = _("Sent. The week is over, so it stands as it is.")
    else:
        day = date_format(sheet.last_day, "l")
        sent = _("Sent. Change it until %(day)s.") % {"day": day}
    return " ".join([sent, *form.moved, *form.read])
