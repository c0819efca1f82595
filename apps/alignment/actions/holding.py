"""What actions of alignment do first: ask again, then hold the goals that they are about."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold, require_open
from apps.objectives.models import Cycle, Objective
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, still_may


def hold_for_alignment(objective: Objective, *, by: User, do: Do, team: Team | None = None) -> None:
    """A goal that is still worked on. `team` decides, where it isn't the objective's own."""
    hold(objective, by=by, do=do, team=team)
    require_alive(objective)


def hold_both(objective: Objective, towards: Objective, *, by: User, do: Do) -> None:
    """Two goals, always in the same order: two people who join them crosswise don't wait for
    each other for ever."""
    still_may(by, do, objective.team, shared=objective.cycle)
    require_open(objective.cycle)
    hold_for_share(Cycle.objects.filter(pk=towards.cycle_id))
    towards.cycle.refresh_from_db()
    rows = Objective.objects.filter(pk__in=[objective.pk, towards.pk]).order_by("pk")
    held = {row.pk: row for row in rows.select_for_update()}
    objective.state, towards.state = held[objective.pk].state, held[towards.pk].state
    require_alive(objective)


def take_turns(what: int, of: int = 0) -> None:
    """Until the end of the transaction: whoever does the same beside us waits, and then sees
    what we did. For rules over rows that do not exist yet, and so can't be held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [what, of])


def require_alive(objective: Objective) -> None:
    if not (objective.can_still_change or objective.is_committed):
        raise ValidationError(_("This objective has ended. It can be read, not changed."))


def leaders_of(teams: Iterable[Team], *, but: User) -> Iterable[User]:
    """Of these teams; nobody is told by mail what he or she has just done."""
    return User.objects.leading(*teams).exclude(pk=but.pk).distinct()
