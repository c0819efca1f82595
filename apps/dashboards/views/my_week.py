from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.humanize.templatetags.humanize import apnumber
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.alignment.serving import any_works_on
from apps.checkins import rhythm
from apps.checkins.models import HelpRequest
from apps.dashboards import feed
from apps.dashboards.surroundings import Surroundings, surroundings
from apps.notices import days
from apps.notices.rows import Row
from apps.notices.waiting import Whose, check_ins, gather, next_check_in
from apps.objectives.models import Amendment, Objective
from apps.objectives.readings import ruler
from apps.organisation.http import Request
from apps.organisation.models import Team, TeamGrant, User

LATELY = timedelta(days=7)
CHANGES = 7
GOALS = 8


@require_safe
def my_week(request: Request) -> HttpResponse:
    around, today = surroundings(request), request.today
    rows = _goals(around)
    found = gather(Whose(request.user, today=today, cycle=around.running))
    due, reports = _due(request, around, rows)
    if around.running:
        found += check_ins(due, cycle=around.running, today=today)
    found.sort(key=lambda item: item.day)
    context = {
        "today": days.with_year(today),
        "title": _title(request, len(found)),
        "waiting": found,
        "due_today": sum(item.day == today for item in found),
        "overdue": sum(item.day < today for item in found),
        "next_check_in": next_check_in(due, organisation=request.organisation, today=today)
        if reports
        else "",
        "rows": rows[:GOALS],
        "more": len(rows[GOALS:]),
        "happened": _changes(request),
        "teams": around.my_teams,
        "ruler": ruler(around.running, today) if around.running else "",
    }
    return render(request, "dashboards/my_week.html", context)


def _title(request: Request, n: int) -> str:
    name = request.user.name.split()[0]
    if not n:
        return _("Nothing waits for you, %(name)s") % {"name": name}
    text = ngettext("One thing waits for you, %(name)s", "%(n)s things wait for you, %(name)s", n)
    return text % {"n": capfirst(str(apnumber(n))), "name": name}


def _goals(around: Surroundings) -> list[Row]:
    """Of the teams one works in, and of the goals one leads."""
    standing = around.user.standing
    mine = Q(team__in=standing.works_in) | Q(objective__team__in=standing.leads)
    committed = Q(objective__cycle=around.running, objective__state=Objective.State.COMMITTED)
    return around.rows(mine & committed & Q(dropped_at=None))


def _due(request: Request, around: Surroundings, rows: list[Row]) -> tuple[list[Any], bool]:
    """Check-ins of this week that one's teams have not sent; and whether they send any at all."""
    reporting = {row.key_result.team_id for row in rows}
    teams = [team for team in around.my_teams if team.pk in reporting]
    if around.running is None or not teams:
        return [], False
    return rhythm.due(
        teams, around.running, organisation=request.organisation, today=request.today
    ), True


def _changes(request: Request) -> list[feed.Happened]:
    """By others, to the means and goals of one's teams; and what other teams learned on the same
    objectives."""
    user, today, since = request.user, request.today, request.now - LATELY
    works_in, leads = user.standing.works_in, list(user.standing.leads)
    worked_on = Objective.objects.filter(any_works_on(works_in))
    taught_us = (
        Q(initiative__links__key_result__objective__in=worked_on.values("pk"))
        & Q(verb__in=["finish", "kill", "swap"])
        & ~Q(initiative__learning="")
    )
    moves = (
        feed.moves()
        .filter(
            Q(initiative__team__in=works_in)
            | Q(initiative__team__ancestor_ids__overlap=leads)
            | Q(initiative__links__key_result__team__in=works_in)
            | taught_us,
            at__gte=since,
        )
        .exclude(by=user)
        .distinct()
    )
    amendments = (
        Amendment.objects.filter(
            Q(key_result__team__in=works_in)
            | Q(objective__team__in=works_in)
            | Q(objective__team__ancestor_ids__overlap=leads),
            at__gte=since,
        )
        .exclude(by=user)
        .select_related("by", "key_result", "objective")
        .order_by("-at")
    )
    happened = [
        *(feed.moved(move, today) for move in moves[:CHANGES]),
        *(feed.amended(amendment, today) for amendment in amendments[:CHANGES]),
        *_from_people(request, since),
    ]
    return sorted(happened, key=lambda event: event.at, reverse=True)[:CHANGES]


def _from_people(request: Request, since: datetime) -> Iterator[feed.Happened]:
    """Answers to one's teams, and who was brought into them from above: both in one query."""
    user, today, works_in = request.user, request.today, request.user.standing.works_in
    answers = (
        HelpRequest.objects.filter(
            state=HelpRequest.State.ANSWERED, team__in=works_in, answered_at__gte=since
        )
        .exclude(answered_by=user)
        .order_by("-answered_at")[:CHANGES]
        .values(
            json=JSONObject(
                pk="pk", text="text", answer="answer", at="answered_at", by="answered_by__name"
            )
        )
    )
    joined = (
        TeamGrant.objects.from_above()
        .filter(content_object__in=works_in, granted_at__gte=since)
        .exclude(user=user)
        .exclude(granted_by=user)
        .order_by("-granted_at")[:CHANGES]
        .values(
            json=JSONObject(
                at="granted_at", name="user__name", role="permission__codename",
                team="content_object__name", slug="content_object__slug", by="granted_by__name",
            )
        )
    )  # fmt: skip
    found = User.objects.filter(pk=user.pk).values(
        answers=ArraySubquery(answers), joined=ArraySubquery(joined)
    )[0]
    for row in found["answers"] or []:  # NULL, where one works in no team
        asked = HelpRequest(
            pk=row["pk"], text=row["text"], answer=row["answer"],
            answered_by=User(name=row["by"]), answered_at=datetime.fromisoformat(row["at"]),
        )  # fmt: skip
        yield feed.answered(asked, today)
    for row in found["joined"] or []:
        grant = TeamGrant(
            user=User(name=row["name"]), permission=Permission(codename=row["role"]),
            content_object=Team(name=row["team"], slug=row["slug"]),
            granted_by=User(name=row["by"]), granted_at=datetime.fromisoformat(row["at"]),
        )  # fmt: skip
        yield feed.joined(grant, today)
