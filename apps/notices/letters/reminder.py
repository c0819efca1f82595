"""The reminder of the check-ins that are due tomorrow, with the numbers that they ask for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.checkins.cadence import due_day
from apps.checkins.rhythm import Due
from apps.notices import days
from apps.notices.letters.letter import Desk, Letter, Part
from apps.notices.reminders import due_on, reporting
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import Reading, read
from apps.objectives.weeks import week_number
from apps.organisation.models import OutboxMessage


def remind(message: OutboxMessage, desk: Desk) -> Letter | None:
    """Nothing once all are sent, and nothing after the day: then the gap is simply visible."""
    assert message.week  # noqa: S101 - it is put for a week
    day = due_day(message.week, desk.organisation.checkin_weekday)
    cycle = Cycle.objects.current(day)
    if desk.today > day or cycle is None:
        return None
    teams = reporting(cycle, person=message.person)
    found = due_on(day, teams, cycle, organisation=desk.organisation)
    if not found:
        return None
    asked = (
        KeyResult.objects.counted()
        .committed()
        .filter(objective__cycle=cycle, team__in=[due.team.pk for due in found])
        .order_by("team__name", "objective__position", "objective", "position", "pk")
        .for_rows()
    )
    readings = [read(key_result, today=desk.today) for key_result in asked]
    week = week_number(message.week, cycle.starts, cycle.ends)
    return Letter(
        subject=_subject(found, week),
        lines=[_("Due on %(day)s. It takes about three minutes.") % {"day": days.in_full(day)}],
        parts=[
            Part(
                title=due.team.name,
                lines=[_line(r) for r in readings if r.key_result.team_id == due.team.pk],
            )
            for due in found
        ],
        url=_where(found),
        verb=_("Check in"),
    )


def _subject(found: list[Due], week: int) -> str:
    if len(found) == 1:
        return _("%(team)s: check-in for week %(week)d is open") % {
            "team": found[0].team.name,
            "week": week,
        }
    n = len(found)
    return ngettext(
        "%(n)d check-in for week %(week)d is open", "%(n)d check-ins for week %(week)d are open", n
    ) % {"n": n, "week": week}


def _line(reading: Reading) -> str:
    words = {"key_result": reading.key_result.title, "value": reading.now_text}
    if not reading.is_measured:
        return _("%(key_result)s: no number yet") % words
    words["week"] = str(reading.last_week)
    return _("%(key_result)s: %(value)s in week %(week)s") % words


def _where(found: list[Due]) -> str:
    """One link: to the form, or where there are several, to the person's week."""
    if len(found) == 1:
        return reverse("checkins:check_in", args=[found[0].team.slug, found[0].week])
    return reverse("dashboards:my_week")
