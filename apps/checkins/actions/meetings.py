"""A review meeting: opened, its decisions noted, ended with a mail, followed up."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.checkins.meetings import to_look_at, who_can_be_named
from apps.checkins.models import Decision, ReviewedKeyResult, ReviewMeeting
from apps.objectives.actions.holding import require_open
from apps.objectives.models import Cycle, KeyResult
from apps.organisation import outbox
from apps.organisation.actions import root_team
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, may, still_may
from apps.organisation.writes import lock, require_text


@transaction.atomic
def open_review(*, team: Team, cycle: Cycle, by: User, now: datetime) -> ReviewMeeting:
    """With the key results as they stand now, exceptions first."""
    still_may(by, Do.RUN_REVIEW, team, shared=cycle)
    require_open(cycle)
    looked = to_look_at(team, cycle, today=Organisation.objects.get().today(now))
    if not looked:
        raise ValidationError(
            _("%(team)s has no committed key result in this cycle to look at.")
            % {"team": team.name}
        )
    try:
        with transaction.atomic():
            meeting = ReviewMeeting.objects.create(
                team=team, cycle=cycle, opened_by=by, opened_at=now
            )
    except IntegrityError:
        raise ValidationError(
            _("A review meeting of %(team)s is still open. Go on with it, or end it first.")
            % {"team": team.name}
        ) from None
    ReviewedKeyResult.objects.bulk_create(
        ReviewedKeyResult(
            meeting=meeting,
            key_result=key_result,
            position=position,
            is_exception=is_exception,
        )
        for position, (key_result, is_exception) in enumerate(looked, 1)
    )
    return meeting


@transaction.atomic
def note_decision(
    meeting: ReviewMeeting, *, key_result: KeyResult | None, what: str, who: User, by_when: date,
    by: User, now: datetime,
) -> Decision:  # fmt: skip
    """It stands on the page of the key result from now on."""
    still_may(by, Do.RUN_REVIEW, meeting.team)
    lock(meeting)
    _must_be_open(meeting)
    decision = Decision(meeting=meeting, key_result=key_result, noted_by=by, noted_at=now)
    _say(decision, what=what, who=who, by_when=by_when, now=now)
    decision.save(force_insert=True)
    return decision


@transaction.atomic
def edit_decision(
    decision: Decision, *, what: str, who: User, by_when: date, by: User, now: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """Until the meeting has ended: then it has been mailed."""
    _hold(decision, by=by, version=version)
    _say(decision, what=what, who=who, by_when=by_when, now=now)
    decision.version += 1
    decision.save(update_fields=["what", "who", "by_when", "version"])


@transaction.atomic
def remove_decision(decision: Decision, *, by: User, version: int | None = None) -> None:
    """Noted by mistake; nobody has been told of it yet."""
    _hold(decision, by=by, version=version)
    decision.delete()


@transaction.atomic
def end_review(
    meeting: ReviewMeeting, *, by: User, now: datetime, version: int | None = None
) -> None:
    """Its decisions are mailed to those whom they name, and to whoever ends it."""
    still_may(by, Do.RUN_REVIEW, meeting.team)
    lock(meeting, version=version)
    _must_be_open(meeting)
    meeting.ended_by, meeting.ended_at = by, now
    meeting.version += 1
    meeting.save(update_fields=["ended_by", "ended_at", "version"])
    named = {decision.who for decision in meeting.decisions.select_related("who")}
    if named:
        outbox.put("review.decisions", to=named | {by}, about=meeting, now=now)


@transaction.atomic
def finish_decision(
    decision: Decision, *, by: User, now: datetime, version: int | None = None
) -> None:
    """By whom it names, or by whoever may run the meeting."""
    still_may(by, Do.READ, decision.meeting.team)
    permit_finisher(decision, by)
    lock(decision, version=version)
    if decision.is_done:
        raise ValidationError(_("%(name)s has done this already.") % {"name": decision.done_by})
    decision.done_by, decision.done_at = by, now
    decision.version += 1
    decision.save(update_fields=["done_by", "done_at", "version"])


@transaction.atomic
def hand_over_decision(decision: Decision, *, to: User, by: User, now: datetime) -> None:
    """To another one who could have been named, where the one who was named has gone."""
    still_may(by, Do.MANAGE_PEOPLE, root_team())
    meeting = lock(decision.meeting)  # whoever ends it mails what stands then
    lock(decision)
    if decision.is_done:
        raise ValidationError(_("%(name)s has done this already.") % {"name": decision.done_by})
    if decision.who.is_active:
        raise ValidationError(_("%(name)s can still do it.") % {"name": decision.who})
    if not who_can_be_named(meeting, decision.key_result).filter(pk=to.pk).exists():
        raise ValidationError(_("%(name)s could not have been named.") % {"name": to})
    decision.who = to
    decision.version += 1
    decision.save(update_fields=["who", "version"])
    if not meeting.is_open:  # else it comes with the others, at the end
        again = f"decision-{decision.pk}"  # who has had the list is told of this one, too
        outbox.put("review.decisions", to=[to], about=meeting, now=now, occasion=again)


def permit_finisher(decision: Decision, user: User) -> None:
    if decision.who_id != user.pk and not may(user, Do.RUN_REVIEW, decision.meeting.team):
        raise PermissionDenied(
            _("Only %(name)s, or whoever can run reviews of %(team)s, can mark this as done.")
            % {"name": decision.who, "team": decision.meeting.team}
        )


def _hold(decision: Decision, *, by: User, version: int | None) -> None:
    meeting, key_result = decision.meeting, decision.key_result
    still_may(by, Do.RUN_REVIEW, meeting.team)
    lock(meeting)
    _must_be_open(meeting)
    lock(decision, version=version)
    decision.meeting, decision.key_result = meeting, key_result
    if decision.is_done:
        raise ValidationError(_("%(name)s has done this already.") % {"name": decision.done_by})


def _say(decision: Decision, *, what: str, who: User, by_when: date, now: datetime) -> None:
    decision.what = require_text("what", what, _("Say in a sentence what was decided."))
    if by_when < Organisation.objects.get().today(now):
        raise ValidationError({"by_when": _("By when? Choose today or a later day.")})
    if not who_can_be_named(decision.meeting, decision.key_result).filter(pk=who.pk).exists():
        raise ValidationError({"who": _("Choose who does it.")})
    decision.who, decision.by_when = who, by_when


def _must_be_open(meeting: ReviewMeeting) -> None:
    if not meeting.is_open:
        raise ValidationError(_("This meeting has ended, and its decisions have been mailed."))
