"""Days as they are said: “today”, “Monday”, “9 November”."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WEEK = timedelta(weeks=1)


def said(day: date, today: date) -> str:
    """A day in the past: the nearer, the shorter."""
    if day == today:
        return _("today")
    if today - WEEK < day < today:
        return date_format(day, "l")
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def due(day: date, today: date) -> str:
    """A day by which something is wanted, as short as a column needs it."""
    if day <= today:
        return _("today") if day == today else _("overdue")
    if day < today + WEEK:
        return date_format(day, "D")
    return short(day)


def short(day: date) -> str:
    return date_format(day, pgettext("a short day, such as 9 Nov", "j M"))


def coming(day: date, today: date) -> str:
    """A day ahead: its weekday, where that is enough."""
    return date_format(day, "l") if today <= day < today + WEEK else in_full(day)


def in_full(day: date) -> str:
    """With its weekday."""
    return date_format(day, pgettext("a day, such as Friday, 20 November", "l, j F"))


def with_year(day: date) -> str:
    """A whole date, for a page that is about one day."""
    return date_format(day, pgettext("a date, such as Friday, 20 November 2026", "l, j F Y"))
