"""Contributions: which objective supports which, and how. No percentage goes along them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.alignment.actions.holding import hold_both, hold_for_alignment, take_turns
from apps.alignment.models import CONTRIBUTIONS, Contribution
from apps.objectives.models import Cycle, KeyResult, Objective
from apps.organisation.models import User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text


@transaction.atomic
def contribute(
    objective: Objective,
    *,
    goal: Objective | KeyResult,
    how: str,
    by: User,
    now: datetime,
) -> Contribution:
    """Say that an objective supports another one above or beside it, or a key result of it."""
    key_result = goal if isinstance(goal, KeyResult) else None
    towards = goal.objective if isinstance(goal, KeyResult) else goal
    hold_both(objective, towards, by=by, do=Do.EDIT_OBJECTIVE)
    return make_contribution(objective, towards, key_result, how=how, by=by, now=now)


def make_contribution(
    objective: Objective,
    towards: Objective,
    key_result: KeyResult | None,
    *,
    how: str,
    by: User,
    now: datetime,
) -> Contribution:
    """Both objectives are held by whoever calls this."""
    how = require_text("how", how, _("Say in one sentence how it helps."))
    _require_goal(objective, towards, key_result)
    _require_no_circle(objective, towards)
    stated = Contribution.objects.live().filter(
        objective=objective, towards=towards, key_result=key_result
    )
    if stated.exists():
        raise ValidationError({"goal": _("It says so already.")})
    return Contribution.objects.create(
        objective=objective, towards=towards, key_result=key_result, how=how, by=by, at=now
    )


@transaction.atomic
def end_contribution(
    contribution: Contribution, *, reason: str, by: User, now: datetime, version: int | None = None
) -> None:
    """It stays on record, with the reason."""
    objective = contribution.objective
    hold_for_alignment(objective, by=by, do=Do.EDIT_OBJECTIVE)
    lock(contribution, version=version)
    if contribution.ended_at is not None:
        raise ValidationError(_("This contribution has ended already."))
    contribution.end_reason = require_text(
        "reason", reason, _("Say in one sentence why it no longer helps.")
    )
    contribution.ended_by, contribution.ended_at = by, now
    contribution.version += 1
    contribution.save(update_fields=["end_reason", "ended_by", "ended_at", "version"])


@transaction.atomic
def carry_contributions(
    old: Objective, new: Objective, *, by: User, now: datetime
) -> list[Contribution]:
    """`old` goes on as `new`. What it supported goes along where that goes on, too, or is open
    for as long as the new one, as the goals of a year are."""
    kept = []
    rows = Contribution.objects.live().filter(objective=old)
    for row in rows.select_related("towards__team", "towards__cycle", "key_result"):
        towards, key_result = _goes_on_as(row, new.cycle)
        if towards is None or not _is_open(towards):
            continue
        if key_result is not None and key_result.dropped_at is not None:
            continue
        hold_both(new, towards, by=by, do=Do.EDIT_OBJECTIVE)
        made = make_contribution(new, towards, key_result, how=row.how, by=by, now=now)
        kept.append(made)
    return kept


def _goes_on_as(
    row: Contribution, cycle: Cycle
) -> tuple[Objective, KeyResult | None] | tuple[None, None]:
    """The goal that it supports, as it stands in this cycle."""
    if row.towards.cycle.ends >= cycle.ends:
        return row.towards, row.key_result
    later = Objective.objects.carried_from(row.towards).filter(cycle=cycle)
    towards = later.select_related("team", "cycle").first()
    if towards is None:
        return None, None
    if row.key_result is None:
        return towards, None
    # Where the key result has not come along, the objective as a whole is meant.
    return towards, KeyResult.objects.filter(objective=towards, carried_from=row.key_result).first()


def _require_goal(objective: Objective, towards: Objective, key_result: KeyResult | None) -> None:
    if not _is_open(towards):
        raise ValidationError({"goal": _("This goal is not open. Choose another.")})
    if key_result is not None and key_result.dropped_at is not None:
        raise ValidationError({"goal": _("This key result was dropped. Choose another.")})
    if objective.team_id in towards.team.ancestor_ids:
        raise ValidationError(
            {
                "goal": _(
                    "“%(goal)s” belongs to %(team)s, which is below. An objective supports what "
                    "stands above it or beside it."
                )
                % {"goal": towards, "team": towards.team}
            }
        )


def _is_open(goal: Objective) -> bool:
    return (goal.is_open_for_input or goal.is_committed) and goal.cycle.is_open


def _require_no_circle(objective: Objective, towards: Objective) -> None:
    """One at a time, so that two people can't close a circle that neither of them sees.
    The trigger of the table does the same for whoever comes another way."""
    if objective.pk == towards.pk:
        raise ValidationError({"goal": _("An objective does not support itself.")})
    take_turns(CONTRIBUTIONS)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE above AS (
                SELECT %(towards)s::bigint AS id
                UNION
                SELECT further.towards_id
                  FROM alignment_contribution further
                  JOIN above ON further.objective_id = above.id
                 WHERE further.ended_at IS NULL
            )
            SELECT EXISTS (SELECT FROM above WHERE id = %(objective)s)
            """,
            {"towards": towards.pk, "objective": objective.pk},
        )
        (is_circle,) = cursor.fetchone()
    if is_circle:
        raise ValidationError(
            {
                "goal": _(
                    "“%(goal)s” supports this objective already, directly or by way of others. "
                    "Contributions must not lead in a circle."
                )
                % {"goal": towards}
            }
        )
