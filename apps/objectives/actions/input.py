"""Input: given by anyone while an objective is open for it, and answered by its leaders."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.objectives.actions.holding import hold
from apps.objectives.models import Input, Objective
from apps.organisation import outbox
from apps.organisation.models import Organisation, User
from apps.organisation.permissions import Do
from apps.organisation.writes import lock, require_text


@transaction.atomic
def give_input(
    objective: Objective,
    *,
    by: User,
    now: datetime,
    unclear: str = "",
    would_change: str = "",
    in_the_way: str = "",
) -> Input:
    hold(objective, by=by, do=Do.GIVE_INPUT)
    _require_open_for_input(objective)
    until = objective.input_until
    if until and Organisation.objects.get().today(now) > until:
        raise ValidationError(
            _("Input closed on %(day)s. Ask %(owner)s to keep it open longer.")
            % {"day": date_format(until, "DATE_FORMAT"), "owner": objective.owner}
        )
    if not f"{unclear}{would_change}{in_the_way}".strip():
        raise ValidationError(_("Answer at least one of the three questions."))
    return Input.objects.create(
        objective=objective,
        author=by,
        unclear=unclear,
        would_change=would_change,
        in_the_way=in_the_way,
        given_at=now,
    )


@transaction.atomic
def withdraw_input(given: Input, *, by: User, now: datetime, version: int | None = None) -> None:
    """Take back what one said oneself; possible until it is answered."""
    hold(given.objective, by=by, do=Do.WITHDRAW_INPUT)
    permit_author(given, by)
    lock(given, version=version)
    _require_unanswered(given)
    given.withdrawn_at = now
    given.version += 1
    given.save(update_fields=["withdrawn_at", "version"])


def permit_author(given: Input, user: User) -> None:
    if given.author_id != user.pk:
        raise PermissionDenied(
            _("Only %(author)s can withdraw this input.") % {"author": given.author}
        )


@transaction.atomic
def answer_input(
    given: Input,
    *,
    answer: str,
    answer_text: str,
    by: User,
    now: datetime,
    version: int | None = None,
) -> None:
    """Adopted, partly or not adopted, with a sentence that everyone reads."""
    objective = given.objective
    hold(objective, by=by, do=Do.ANSWER_INPUT)
    _require_open_for_input(objective)
    lock(given, version=version)
    _require_unanswered(given)
    answer_text = require_text("answer_text", answer_text, _("Say in one sentence why."))
    given.answer, given.answer_text = Input.Answer(answer), answer_text
    given.answered_by, given.answered_at = by, now
    given.version += 1
    given.save(update_fields=["answer", "answer_text", "answered_by", "answered_at", "version"])
    if given.author_id != by.pk:
        outbox.put("input.answered", to=[given.author], about=given, now=now)


def _require_open_for_input(objective: Objective) -> None:
    if not objective.is_open_for_input:
        raise ValidationError(_("This objective is not open for input."))


def _require_unanswered(given: Input) -> None:
    if given.withdrawn_at is not None:
        raise ValidationError(_("This input has been withdrawn."))
    if given.answer:
        raise ValidationError(_("This input has been answered already."))
