"""Where a cycle stands, in a few words and as the ruler under every page title."""

from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.objectives import charts
from apps.objectives.charts import Timeline
from apps.objectives.models import Cycle
from apps.objectives.readings.sentences import said
from apps.objectives.weeks import week_number, weeks


def week_text(cycle: Cycle, today: date) -> str:
    if today < cycle.starts:
        return _("Starts on %(day)s") % {"day": _in_year(cycle.starts, today)}
    if today > cycle.ends:
        return _("Ended on %(day)s") % {"day": _in_year(cycle.ends, today)}
    return _("Week %(week)d of %(weeks)d") % {
        "week": week_number(today, cycle.starts, cycle.ends),
        "weeks": len(weeks(cycle.starts, cycle.ends)),
    }


def ruler(cycle: Cycle, today: date) -> SafeString:
    drawn = charts.ruler(
        Timeline(cycle.starts, cycle.ends, today),
        first=_short(cycle.starts),
        middle=week_text(cycle, today),
        last=_short(cycle.ends),
        label=_label(cycle, today),
    )
    return mark_safe(drawn)  # noqa: S308 (charts escape every word they are given)


def _in_year(day: date, today: date) -> str:
    """With the year, where that isn't this one."""
    return said(day) if day.year == today.year else date_format(day, "DATE_FORMAT")


def _short(day: date) -> str:
    return date_format(day, pgettext("a short day, such as 9 Nov", "j M"))


def _label(cycle: Cycle, today: date) -> str:
    words = {
        "week": week_text(cycle, today),
        "starts": said(cycle.starts),
        "ends": said(cycle.ends),
    }
    if not cycle.starts <= today <= cycle.ends:
        return _("%(week)s. The cycle runs from %(starts)s to %(ends)s.") % words
    left = (cycle.ends - today).days
    text = ngettext(
        "%(week)s. The cycle runs from %(starts)s to %(ends)s; %(n)d day is left.",
        "%(week)s. The cycle runs from %(starts)s to %(ends)s; %(n)d days are left.",
        left,
    )
    return text % {**words, "n": left}
