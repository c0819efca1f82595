"""What waits for a person this week, soonest first; it empties."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.checkins.cadence import due_day, monday
from apps.checkins.models import HelpRequest
from apps.checkins.rhythm import Due
from apps.dashboards import days
from apps.objectives.models import Asked, Cycle, Input, Objective
from apps.objectives.weeks import week_number
from apps.organisation.models import Organisation, User

# A check-in waits from the day before it is due, or as soon as someone has begun it.
BEFORE = timedelta(days=1)


class Waiting(NamedTuple):
    """One thing, with its one button; `goal` is what it is about, in the voice of goals."""

    day: date
    due: str
    title: str
    text: str
    url: str
    verb: str
    goal: str = ""


def check_ins(due: Iterable[Due], *, cycle: Cycle, today: date) -> Iterator[Waiting]:
    for asked in due:
        if not (asked.has_draft or today >= asked.day - BEFORE):
            continue
        words = {"day": days.in_full(asked.day)}
        if asked.is_late:
            text = _("It was due on %(day)s, and can be sent until Sunday.") % words
        else:
            text = _("Due today.") if asked.day == today else _("Due on %(day)s.") % words
        if asked.has_draft:
            text = " ".join([text, _("Your team has begun it.")])
        yield Waiting(
            day=asked.day,
            due=days.due(asked.day, today),
            title=_("%(team)s: check-in for week %(week)d")
            % {"team": asked.team.name, "week": week_number(asked.week, cycle.starts, cycle.ends)},
            text=text,
            url=reverse("checkins:check_in", args=[asked.team.slug, asked.week]),
            verb=_("Go on") if asked.has_draft else _("Check in"),
        )


def next_check_in(due: list[Due], *, organisation: Organisation, today: date) -> str:
    """The day of it, for someone whose team checks in."""
    week = monday(today) if due else monday(today) + days.WEEK
    day = due_day(week, organisation.checkin_weekday)
    return _("Next check-in: %(day)s.") % {"day": days.coming(day, today)}


def objectives_for(user: User) -> QuerySet[Any]:
    """Open for input, and waiting for this person's input, answers or commitment. One query."""
    this = {"objective": OuterRef("pk")}
    asked = Asked.objects.filter(**this, person=user)
    given = Input.objects.standing().filter(**this, author=user)
    to_answer = Input.objects.unanswered().filter(**this).order_by().values("objective")
    return (
        Objective.objects.visible_to(user)
        .filter(state=Objective.State.INPUT)
        .exclude(cycle__state=Cycle.State.CLOSED)
        .select_related("owner")
        .annotate(
            asked_by=Subquery(asked.values("by__name")[:1]),
            has_given=Exists(given),
            to_answer=Subquery(to_answer.annotate(n=Count("pk")).values("n")),
        )
        .filter(Q(asked_by__isnull=False) | Q(owner=user) | Q(team__in=user.standing.leads))
    )


def objectives(found: Iterable[Any], *, user: User, today: date) -> Iterator[Waiting]:
    for objective in found:
        words = {"day": days.in_full(objective.input_until)}
        still_open = today <= objective.input_until
        if objective.asked_by and not objective.has_given and still_open:
            yield Waiting(
                day=objective.input_until,
                due=days.due(objective.input_until, today),
                title=_("%(name)s asks for your input") % {"name": objective.asked_by},
                goal=objective.title,
                text=_("Open until %(day)s.") % words,
                url=objective.get_absolute_url() + "#give-input",
                verb=_("Give input"),
            )
        if objective.owner_id != user.pk and objective.team_id not in user.standing.leads:
            continue
        if objective.to_answer:
            yield Waiting(
                day=objective.input_until,
                due=days.due(objective.input_until, today),
                title=ngettext(
                    "%(n)d input to answer", "%(n)d inputs to answer", objective.to_answer
                )
                % {"n": objective.to_answer},
                goal=objective.title,
                text=_("You can commit when each has an answer."),
                url=objective.get_absolute_url() + "#input",
                verb=_("Answer"),
            )
        elif not still_open:
            yield Waiting(
                day=objective.input_until,
                due=days.due(objective.input_until, today),
                title=_("Input has closed: commit, or ask again"),
                goal=objective.title,
                text=_("Closed on %(day)s.") % words,
                url=objective.get_absolute_url() + "#commitment",
                verb=_("Look at it"),
            )


def helps(found: Iterable[HelpRequest], *, today: date) -> Iterator[Waiting]:
    for asked in found:
        yield Waiting(
            day=asked.by_when,
            due=days.due(asked.by_when, today),
            title=_("%(name)s (%(team)s) asks you for help")
            % {"name": asked.raised_by.name, "team": asked.team.name},
            text=_("“%(text)s”") % {"text": asked.text},
            url=asked.get_absolute_url(),
            verb=_("Answer"),
        )
