"""Cycles: administrators plan them, open them for input, start, review and close them."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.objectives.actions.forecast import renew_track_record
from apps.objectives.models import Cycle, Objective, ObjectiveMove
from apps.objectives.models.cycle import MOVES
from apps.organisation.actions import root_team
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock

# So that a year typed wrongly is noticed here, and no page draws ten thousand weeks.
LONGEST = timedelta(days=2 * 366)
FURTHEST = timedelta(days=5 * 366)


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
    cycle = Cycle(
        name=name, starts=starts, ends=ends, input_opens=input_opens, input_closes=input_closes
    )
    _require_possible(cycle, now=now)
    _save_under_its_name(cycle)
    return cycle


@transaction.atomic
def edit_cycle(
    cycle: Cycle,
    *,
    name: str,
    starts: date,
    ends: date,
    by: User,
    now: datetime,
    input_opens: date | None = None,
    input_closes: date | None = None,
    version: int | None = None,
) -> None:
    """While it is a mere plan; from then on teams count on its days."""
    _hold(cycle, (Cycle.State.PLANNED,), by=by, version=version)
    cycle.name, cycle.starts, cycle.ends = name, starts, ends
    cycle.input_opens, cycle.input_closes = input_opens, input_closes
    _require_possible(cycle, now=now)
    cycle.version += 1
    _save_under_its_name(cycle)


@transaction.atomic
def open_input(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Planned → open for input: from now on objectives can be drafted in it."""
    _hold(cycle, MOVES["open_input"][0], by=by, version=version)
    if cycle.input_opens is None:
        today = Organisation.objects.get().today(now)
        cycle.input_opens, cycle.input_closes = today, max(today, cycle.starts)
    _move(cycle, MOVES["open_input"][1])


@transaction.atomic
def start_cycle(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Open for input → running."""
    _hold(cycle, MOVES["start_cycle"][0], by=by, version=version)
    if Organisation.objects.get().today(now) < cycle.starts:
        raise ValidationError(
            _("%(cycle)s begins on %(day)s. Start it from that day on.")
            % {"cycle": cycle, "day": date_format(cycle.starts, "DATE_FORMAT")}
        )
    _move(cycle, MOVES["start_cycle"][1])


@transaction.atomic
def begin_review(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Running → reviewing. Values that come late still count."""
    _hold(cycle, MOVES["begin_review"][0], by=by, version=version)
    _move(cycle, MOVES["begin_review"][1])


@transaction.atomic
def close_cycle(cycle: Cycle, *, by: User, now: datetime, version: int | None = None) -> None:
    """Reviewing → closed, read-only for ever. What nobody reviewed ends without a review."""
    _hold(cycle, MOVES["close_cycle"][0], by=by, version=version)
    organisation = Organisation.objects.get()
    if organisation.today(now) < cycle.ends:
        raise ValidationError(
            _("%(cycle)s runs until %(day)s. Close it from that day on.")
            % {"cycle": cycle, "day": date_format(cycle.ends, "DATE_FORMAT")}
        )
    with override(organisation.language):  # it is kept, for everyone
        reason = _("Closed without review.")
    unreviewed = Objective.objects.for_cycle(cycle).committed()
    ended = [objective.pk for objective in unreviewed.select_for_update().order_by("pk")]
    Objective.objects.filter(pk__in=ended).update(
        state=Objective.State.CLOSED, without_review=True, version=F("version") + 1
    )
    ObjectiveMove.objects.bulk_create(
        ObjectiveMove(
            objective_id=pk,
            from_state=Objective.State.COMMITTED,
            to_state=Objective.State.CLOSED,
            reason=reason,
            by=by,
            at=now,
        )
        for pk in ended
    )
    _move(cycle, MOVES["close_cycle"][1])
    renew_track_record(organisation.today(now), late=True)


def _require_possible(cycle: Cycle, *, now: datetime) -> None:
    today = Organisation.objects.get().today(now)
    opens, closes = cycle.input_opens, cycle.input_closes
    if cycle.ends <= cycle.starts:
        raise ValidationError({"ends": _("A cycle ends after it starts.")})
    if cycle.ends < today:
        raise ValidationError({"ends": _("A new cycle can’t have ended already.")})
    if cycle.ends - cycle.starts > LONGEST:
        raise ValidationError({"ends": _("A cycle lasts two years at most.")})
    if cycle.starts - today > FURTHEST:
        raise ValidationError({"starts": _("A cycle starts within the next five years.")})
    if (opens is None) is not (closes is None):
        raise ValidationError(
            {"input_closes": _("Say on which day input opens and on which it closes, or neither.")}
        )
    if opens and closes and closes < opens:
        raise ValidationError({"input_closes": _("Input closes after it opens.")})
    if closes and closes > cycle.ends:
        raise ValidationError({"input_closes": _("Input closes before the cycle ends.")})


def _save_under_its_name(cycle: Cycle) -> None:
    """The name is also its address, so no two may share it."""
    cycle.slug = slugify(cycle.name)[: Cycle._meta.get_field("slug").max_length]
    taken = ValidationError(
        {"name": _("Another cycle is called that. Give this one a name of its own.")}
    )
    if not cycle.slug:
        raise taken
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError:  # also when another administrator plans the same one right now
        raise taken from None


def _hold(cycle: Cycle, origins: tuple[Cycle.State, ...], *, by: User, version: int | None) -> None:
    still_may(by, Do.MANAGE_CYCLES, root_team())
    lock(cycle, version=version)
    if cycle.state not in origins:
        raise ValidationError(
            _("%(cycle)s is in the state “%(state)s”; this is possible only from “%(expected)s”.")
            % {"cycle": cycle, "state": cycle.get_state_display(), "expected": origins[0].label}
        )


def _move(cycle: Cycle, to: Cycle.State) -> None:
    cycle.state = to
    cycle.version += 1
    cycle.save(update_fields=["state", "input_opens", "input_closes", "version"])
