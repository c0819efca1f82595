"""Contributions: which objective supports which, and how. No percentage goes along them."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.alignment.actions.holding import hold_both, hold_for_alignment, take_turns
from apps.alignment.models import CONTRIBUTIONS, Contribution
from apps.objectives.models import KeyResult, Objective
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
    carried: Mapping[Objective, Objective], *, by: User, now: datetime
) -> list[Contribution]:
    """From objectives that go on in the next cycle (old → new). What they supported goes along
    where it was carried, too, or where it is still open, as the goals of a year are."""
    kept = []
    rows = Contribution.objects.live().filter(objective__in=carried)
    for row in rows.select_related("towards__team", "towards__cycle", "key_result"):
        new = carried[row.objective]
        towards = carried.get(row.towards, row.towards)
        is_open = towards.cycle.is_open and (towards.can_still_change or towards.is_committed)
        # A key result that was carried is another row: then the objective as a whole is meant.
        key_result = row.key_result if towards == row.towards else None
        if is_open:
            hold_both(new, towards, by=by, do=Do.EDIT_OBJECTIVE)
            made = make_contribution(new, towards, key_result, how=row.how, by=by, now=now)
            kept.append(made)
    return kept


def _require_goal(objective: Objective, towards: Objective, key_result: KeyResult | None) -> None:
    if not (towards.is_open_for_input or towards.is_committed) or not towards.cycle.is_open:
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
