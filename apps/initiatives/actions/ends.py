"""End an initiative for good: kill, finish, decline. (A swap ends one, too.)"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.history import move
from apps.initiatives.actions.rules import must_lead_on
from apps.initiatives.models import EndReason, Initiative, Status
from apps.organisation import outbox
from apps.organisation.models import User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def kill(
    initiative: Initiative, *, reason: EndReason, learning: str, by: User, now: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """Stop it for good. The price is a reason and a learning."""
    still_may(by, Do.KILL_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "kill")
    learning = require_learning(learning)
    end(
        initiative, "kill", Status.KILLED, ["end_reason", "learning"],
        end_reason=reason, learning=learning, reason=reason, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def finish(
    initiative: Initiative, *, delivered: str, by: User, now: datetime, learning: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """It is delivered; whether it moved anything is another question."""
    still_may(by, Do.FINISH_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "finish")
    sentence = _("Say in one sentence what was delivered.")
    delivered = require_text("delivered", delivered, sentence)
    end(
        initiative, "finish", Status.DONE, ["delivered", "learning"],
        delivered=delivered, learning=learning, reason=delivered, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def decline(
    initiative: Initiative, *, word: str, by: User, now: datetime, version: int | None = None
) -> None:
    """Not this one, and a sentence that says why."""
    still_may(by, Do.DECLINE_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "decline")
    word = require_text("word", word, _("Say in one sentence why not."))
    end(
        initiative, "decline", Status.DECLINED, ["decline_word"],
        decline_word=word, reason=word, by=by, now=now,
    )  # fmt: skip
    if initiative.proposed_by != by:
        outbox.put("initiative.declined", to=[initiative.proposed_by], about=initiative, now=now)


def require_learning(learning: str) -> str:
    return require_text("learning", learning, _("Say in one sentence what you learned."))


def end(
    initiative: Initiative, verb: str, to: Status, fields: list[str], *, reason: str, by: User,
    now: datetime, **words: str,
) -> None:  # fmt: skip
    for name, text in words.items():
        setattr(initiative, name, text)
    initiative.ended_by, initiative.ended_at = by, now
    fields = [*fields, "ended_by", "ended_at"]
    move(initiative, verb, to, fields, reason=reason, by=by, now=now)
