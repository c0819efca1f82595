"""The week's check-in of a team, and what it needs from a leader.

Drafts are the team's; what was sent everyone reads. A page saves what is typed while it is
typed (save_draft, without a one-time key: the same draft twice is the same draft).
"""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from apps.checkins import actions, questions
from apps.checkins.cadence import monday
from apps.checkins.forms import (
    AnswerHelpForm,
    AskForHelpForm,
    CheckInForm,
    CorrectForm,
    FinishDecisionForm,
    WeeksOffForm,
    WithdrawHelpForm,
)
from apps.checkins.history import History
from apps.checkins.meetings import to_look_at
from apps.checkins.models import CheckIn, Decision, HelpRequest, ReviewMeeting, WeekOff
from apps.checkins.reading import AsRead
from apps.checkins.sheet import Leader, Sheet, cycle_of
from apps.initiatives.models import MOVES
from apps.objectives.cycles import cycles_around
from apps.objectives.models import Cycle
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
    team = _find_team(request, slug)
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


@require_http_methods(GET_OR_POST)
@once
def ask_for_help(request: Request, slug: str) -> HttpResponse:
    team = _find_team(request, slug)
    permit(request.user, Do.ASK_FOR_HELP, team)
    leaders = [leader for leader in Leader.of(team) if leader.pk != request.user.pk]
    form = AskForHelpForm(request.POST or None, leaders=leaders)
    act = partial(actions.ask_for_help, team=team, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("Asked. The answer will stand on this page."))
        return redirect(f"{team.get_absolute_url()}#help")
    context = {"team": team, "form": form, "leaders": leaders}
    return render(request, "checkins/ask_for_help.html", context, status=form_status(form))


@require_GET
@vary_on_headers("HX-Request")
def help(request: Request, pk: int) -> HttpResponse:
    return _show_help(request, _find_help(request, pk))


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
@once
def answer_help(request: Request, pk: int) -> HttpResponse:
    help_request = _find_help(request, pk)
    permit(request.user, Do.ANSWER_HELP, help_request.asked_as_leader_of)
    actions.permit_answerer(help_request, request.user)
    form = AnswerHelpForm(request.POST or None, version=help_request.version)
    act = partial(actions.answer_help, help_request, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act) and not request.htmx:
        return redirect(help_request)
    return _show_help(request, help_request, answer_form=form)


@require_http_methods(GET_OR_POST)
@once
def withdraw_help(request: Request, pk: int) -> HttpResponse:
    help_request = _find_help(request, pk)
    permit(request.user, Do.WITHDRAW_HELP, help_request.team)
    form = WithdrawHelpForm(request.POST or None, version=help_request.version)
    act = partial(actions.withdraw_help, help_request, by=request.user, now=request.now)
    if request.method == "POST" and carry_out(form, act):
        return redirect(help_request)
    context = {"help_request": help_request, "form": form}
    return render(request, "checkins/withdraw_help.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def mark_weeks_off(request: Request, slug: str) -> HttpResponse:
    team = _find_team(request, slug)
    permit(request.user, Do.SET_RHYTHM, team)
    off = WeekOff.objects.filter(team=team).values_list("week", flat=True)
    sent = request.POST if request.method == "POST" else None
    form = WeeksOffForm(sent, team=team, today=request.today, off=off)
    act = partial(actions.mark_weeks_off, team=team, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Saved. Everybody sees it beside your check-ins."))
        return redirect(team)
    context = {"team": team, "form": form}
    return render(request, "checkins/mark_weeks_off.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def open_review(request: Request, slug: str) -> HttpResponse:
    team = _find_team(request, slug)
    permit(request.user, Do.RUN_REVIEW, team)
    cycle = Cycle.objects.current(request.today)
    form = Form(request.POST if request.method == "POST" else None)
    if cycle and form.is_bound:
        act = partial(actions.open_review, team=team, cycle=cycle, by=request.user, now=request.now)
        if carry_out(form, act):
            return redirect(ReviewMeeting.objects.get(team=team, ended_at=None))
    looked = to_look_at(team, cycle, today=request.today) if cycle else []
    context = {
        "team": team,
        "form": form,
        "cycle": cycle,
        "exceptions": sum(one.is_exception for one in looked),
        "rest": sum(not one.is_exception for one in looked),
    }
    return render(request, "checkins/open_review.html", context, status=form_status(form))


@require_http_methods(GET_OR_POST)
@once
def finish_decision(request: Request, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.for_rows().select_related("meeting__team"), pk=pk)
    permit(request.user, Do.READ, decision.meeting.team)
    actions.permit_finisher(decision, request.user)
    sent = request.POST if request.method == "POST" else None
    form = FinishDecisionForm(sent, version=decision.version)
    act = partial(actions.finish_decision, decision, by=request.user, now=request.now)
    if form.is_bound and carry_out(form, act):
        messages.success(request, _("Done. It no longer waits for anybody."))
        return redirect("dashboards:my_week")
    context = {"decision": decision, "form": form}
    return render(request, "checkins/finish_decision.html", context, status=form_status(form))


def _find_team(request: Request, slug: str) -> Team:
    teams = questions.for_sheets(Team.objects.visible_to(request.user))
    team: Team = get_object_or_404(teams, slug=slug)
    return team


def _find_sheet(request: Request, slug: str, week: date) -> Sheet:
    return _sheet_of(request, _find_team(request, slug), week)


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


def _find_help(request: Request, pk: int) -> HelpRequest:
    visible = HelpRequest.objects.visible_to(request.user).for_rows()
    help_request: HelpRequest = get_object_or_404(visible, pk=pk)
    return help_request


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


def _show_help(
    request: Request, help_request: HelpRequest, *, answer_form: AnswerHelpForm | None = None
) -> HttpResponse:
    may_answer = help_request.is_for(request.user) and may(
        request.user, Do.ANSWER_HELP, help_request.asked_as_leader_of
    )
    form = answer_form or AnswerHelpForm(version=help_request.version)
    context = {
        "help_request": help_request,
        "days": help_request.days_waited(request.today),
        "form": form if help_request.is_open and may_answer else None,
        "may_withdraw": help_request.is_open
        and may(request.user, Do.WITHDRAW_HELP, help_request.team),
    }
    template = "checkins/_help_request.html" if request.htmx else "checkins/help.html"
    return render(request, template, context, status=form_status(form))


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
