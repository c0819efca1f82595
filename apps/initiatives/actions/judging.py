"""Look at how a bet does: answer a stop mark, add evidence, give the verdict."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.history import save
from apps.initiatives.actions.rules import has_ended
from apps.initiatives.models import (
    Evidence,
    Initiative,
    InitiativeLink,
    KillCriterion,
    StopAnswer,
    Verdict,
)
from apps.initiatives.stops import read_stop
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


def _today(now: datetime) -> date:
    return Organisation.objects.get().today(now)


@transaction.atomic
def go_on(
    criterion: KillCriterion, *, because: str, by: User, now: datetime,
    is_reached: bool | None = None, version: int | None = None,
) -> StopAnswer:  # fmt: skip
    """The other answer to a stop mark than to kill. `is_reached` is asked where no number says."""
    initiative = criterion.initiative
    still_may(by, Do.GO_ON_WITH_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    if not initiative.is_live:
        raise ValidationError(has_ended(initiative))
    criterion = KillCriterion.objects.for_page().get(pk=criterion.pk)
    stop = read_stop(criterion, initiative, today=_today(now))
    if not stop.waits:
        raise ValidationError(_("Nothing is asked about this stop mark now."))
    because = require_text("because", because, _("Say in one sentence why you go on."))
    if stop.asks_the_team and is_reached is None:
        raise ValidationError({"is_reached": _("Say whether it has come to this.")})
    return StopAnswer.objects.create(
        criterion=criterion, because=because, by=by, at=now,
        is_reached=bool(is_reached) if stop.asks_the_team else True,
    )  # fmt: skip


@transaction.atomic
def add_evidence(
    initiative: Initiative, *, day: date, text: str, by: User, now: datetime,
    url: str = "",
) -> Evidence:  # fmt: skip
    """A note along the way, or after it."""
    still_may(by, Do.ADD_EVIDENCE, initiative.team)
    lock(initiative)
    text = require_text("text", text, _("Say in one sentence what you saw."))
    if day > _today(now):
        raise ValidationError({"day": _("This day is still to come.")})
    return Evidence.objects.create(
        initiative=initiative, day=day, text=text, url=url, by=by, at=now
    )


@transaction.atomic
def give_verdict(
    link: InitiativeLink, *, kind: Verdict.Kind, evidence: str, by: User,
    now: datetime, ask_again_on: date | None = None, version: int | None = None,
) -> Verdict:  # fmt: skip
    """Whether it moved the key result. Too early: the day on which it is asked again."""
    initiative = link.initiative
    still_may(by, Do.GIVE_VERDICT, initiative.team)
    lock(initiative, version=version)
    today = _today(now)
    due = InitiativeLink.objects.with_verdict().verdict_due(today)
    if not due.filter(pk=link.pk).exists():
        raise ValidationError(_("No verdict is due on this key result now."))
    evidence = require_text("evidence", evidence, _("Say in one sentence what makes you say so."))
    if kind == Verdict.Kind.TOO_EARLY:
        if ask_again_on is None or ask_again_on <= today:
            raise ValidationError({"ask_again_on": _("Choose a day still to come.")})
        link.by_when = ask_again_on
        link.save(update_fields=["by_when"])
        save(initiative, [])
    return Verdict.objects.create(
        link=link, kind=kind, evidence=evidence, by=by, at=now,
        ask_again_on=ask_again_on if kind == Verdict.Kind.TOO_EARLY else None,
    )  # fmt: skip
