"""The end of a cycle: an objective is reviewed and closed, a team looks back."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.objectives.actions.history import move
from apps.objectives.actions.holding import hold, require_open
from apps.objectives.models import Cycle, LookBack, Objective, Remark, Review
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def review(
    objective: Objective,
    *,
    learnt: str,
    what_next: str,
    remarks: Mapping[int, str],
    by: User,
    now: datetime,
    version: int | None = None,
) -> Review:
    """Write it, whole or in part; until the objective is closed it can be written anew.

    `remarks`: by key result, what its number does not tell.
    """
    _hold(objective, by=by, do=Do.REVIEW_OBJECTIVE, now=now)
    begun = {"by": by, "at": now}
    found, _begun = Review.objects.get_or_create(objective=objective, defaults=begun)
    lock(found, version=version)
    found.learnt, found.what_next = learnt.strip(), what_next
    found.by, found.at = by, now
    found.version += 1
    found.save(update_fields=["learnt", "what_next", "by", "at", "version"])
    found.remarks.all().delete()
    own = objective.key_results.filter(pk__in=remarks)
    Remark.objects.bulk_create(
        Remark(review=found, key_result=key_result, text=text)
        for key_result in own
        if (text := remarks[key_result.pk].strip())
    )
    return found


@transaction.atomic
def close(objective: Objective, *, by: User, now: datetime, version: int | None = None) -> None:
    """Committed → closed, for good: from here on no value comes late any more."""
    _hold(objective, by=by, do=Do.CLOSE_OBJECTIVE, now=now, version=version)
    if missing := missing_to_close(objective):
        raise ValidationError(missing)
    move(objective, "close", by=by, now=now)


def missing_to_close(objective: Objective) -> list[str]:
    """What its review does not say yet, a sentence each; empty: it may be closed."""
    found = Review.objects.filter(objective=objective).first()
    missing = []
    unremarked = (
        objective.key_results.counted()
        .filter(remark=None)
        .exclude(kind__in=objective.key_results.model.HOLDING)
    )
    missing += [
        _("“%(key_result)s”: say what its number does not tell.") % {"key_result": key_result}
        for key_result in unremarked
    ]
    if found is None or not found.learnt:
        missing.append(_("Say what you learned."))
    if found is None or not found.what_next:
        missing.append(_("Say what comes next."))
    return missing


@transaction.atomic
def look_back(
    team: Team,
    *,
    cycle: Cycle,
    helped: str,
    differently: str,
    learnt: str,
    by: User,
    now: datetime,
    version: int | None = None,
) -> LookBack:
    """A team's own word on the cycle; it can be written anew until the cycle is closed."""
    still_may(by, Do.LOOK_BACK, team, shared=cycle)
    _require_time(cycle, now=now)
    begun = {"by": by, "at": now}
    # Two who begin it at once: the second waits for the first, and finds another version.
    found, _begun = LookBack.objects.get_or_create(team=team, cycle=cycle, defaults=begun)
    lock(found, version=version)
    found.helped = require_text("helped", helped, _("Say in a sentence what helped."))
    found.differently = require_text(
        "differently", differently, _("Say in a sentence what you would do differently.")
    )
    found.learnt = require_text(
        "learnt", learnt, _("Say in a sentence what you learned about your means.")
    )
    found.by, found.at = by, now
    found.version += 1
    found.save(update_fields=["helped", "differently", "learnt", "by", "at", "version"])
    return found


def _hold(
    objective: Objective, *, by: User, do: Do, now: datetime, version: int | None = None
) -> None:
    hold(objective, by=by, do=do, version=version)
    if not objective.is_committed:
        raise ValidationError(_("Only a committed objective is reviewed and closed."))
    _require_time(objective.cycle, now=now)


def _require_time(cycle: Cycle, *, now: datetime) -> None:
    require_open(cycle)
    if not cycle.can_be_reviewed(Organisation.objects.get().today(now)):
        raise ValidationError(_("%(cycle)s is reviewed from its last day on.") % {"cycle": cycle})
