"""The way from a page to the same page of another cycle."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.objectives.models import Cycle

# More than these are found in the list of all cycles.
SHOWN = 12


class Choice(NamedTuple):
    name: str
    slug: str
    when: str
    is_shown: bool


class Switch(NamedTuple):
    name: str
    slug: str
    choices: list[Choice]
    has_more: bool
    is_closed: bool


def switch(cycles: Iterable[Cycle], shown: Cycle | None) -> Switch | None:
    """The next ones on top, the earlier ones below: the nearest to today, and the one shown."""
    if shown is None:
        return None
    found = list(cycles)
    near = found[:SHOWN] if shown in found[:SHOWN] else [*found[: SHOWN - 1], shown]
    near.sort(key=lambda cycle: (cycle.starts, cycle.ends), reverse=True)
    return Switch(
        name=shown.name,
        slug=shown.slug,
        choices=[Choice(one.name, one.slug, _when(one), one == shown) for one in near],
        has_more=len(found) > len(near),
        is_closed=not shown.is_open,
    )


def _when(cycle: Cycle) -> str:
    return _("%(starts)s – %(ends)s, %(state)s") % {
        "starts": date_format(cycle.starts, "DATE_FORMAT"),
        "ends": date_format(cycle.ends, "DATE_FORMAT"),
        "state": cycle.get_state_display(),
    }
