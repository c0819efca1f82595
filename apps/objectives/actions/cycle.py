"""Cycles: administrators plan them, open them for input and start them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.objectives.models import Cycle
from apps.organisation.actions import root_team
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock


@transaction.atomic
def create_cycle(
    *,
    name: str,
    starts: date,
    ends: date,
    by: User,
    now: datetime,
    input_opens: date | None = None,
    input_closes: date | None = None,
) -> Cycle:
    still_may(by, Do.MANAGE_CYCLES, root_team())
    if ends <= starts:
        raise ValidationError({"ends": _("A cycle ends after it starts.")})
    if ends < Organisation.objects.get().today(now):
        raise ValidationError({"ends": _("A new cycle can’t have ended already.")})
    if (input_opens is None) is not (input_closes is None):
        raise ValidationError(
            {"input_closes": _("Say on which day input opens and on which it closes, or neither.")}
        )
    if input_opens and input_closes and input_closes < input_opens:
        raise ValidationError({"input_closes": _("Input closes after it opens.")})
    slug = slugify(name)
    if not slug or Cycle.objects.filter(slug=slug).exists():
        raise ValidationError(
            {"name": _("Another cycle is called that. Give this one a name of its own.")}
        )
    return Cycle.objects.create(
        name=name,
        slug=slug,
        starts=starts,
        ends=ends,
        input_opens=input_opens,
        input_closes=input_closes,
    )


@transaction.atomic
def open_input(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Planned → open for input: from now on objectives can be drafted in it."""
    _hold(cycle, Cycle.State.PLANNED, by=by, version=version)
    if cycle.input_opens is None:
        today = Organisation.objects.get().today(now)
        cycle.input_opens, cycle.input_closes = today, max(today, cycle.starts)
    _move(cycle, Cycle.State.INPUT)


@transaction.atomic
def start_cycle(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Open for input → running."""
    _hold(cycle, Cycle.State.INPUT, by=by, version=version)
    if Organisation.objects.get().today(now) < cycle.starts:
        raise ValidationError(
            _("%(cycle)s begins on %(day)s. Start it from that day on.")
            % {"cycle": cycle, "day": date_format(cycle.starts, "DATE_FORMAT")}
        )
    _move(cycle, Cycle.State.RUNNING)


def _hold(cycle: Cycle, expected: Cycle.State, *, by: User, version: int | None) -> None:
    still_may(by, Do.MANAGE_CYCLES, root_team())
    lock(cycle, version=version)
    if cycle.state != expected:
        raise ValidationError(
            _("%(cycle)s is in the state “%(state)s”; this is possible only from “%(expected)s”.")
            % {"cycle": cycle, "state": cycle.get_state_display(), "expected": expected.label}
        )


def _move(cycle: Cycle, to: Cycle.State) -> None:
    cycle.state = to
    cycle.version += 1
    cycle.save(update_fields=["state", "input_opens", "input_closes", "version"])
