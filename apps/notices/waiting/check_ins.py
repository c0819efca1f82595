"""Check-ins of one's teams: from the day before they are due, or once somebody has begun."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.checkins.cadence import due_day, monday
from apps.checkins.rhythm import Due
from apps.notices import days
from apps.notices.waiting.item import Waiting
from apps.objectives.models import Cycle
from apps.objectives.weeks import week_number
from apps.organisation.models import Organisation

BEFORE = timedelta(days=1)


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
