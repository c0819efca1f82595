"""What a team reports for a week: save_draft, submit, correct.

Numbers of a check-in are measurements. A value's day is the day of sending, within its
week; for a week that is over, the day on which its check-in was due; never after the end of
the cycle. What was sent may be sent anew until its week ends: each time is a revision with
rows of its own, and a number that differs corrects the one before it, on that one's day.
Once the week is over it is corrected in the same way, and says why.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.checkins import questions
from apps.checkins.actions.help import Wish, ask_for_help
from apps.checkins.actions.moves import BEGINS, GoOn, Moves, answer_stops, carry_out
from apps.checkins.cadence import WEEK, due_day, monday
from apps.checkins.drafts import Clash, Typed, holds_newer, merge
from apps.checkins.models import CheckIn, InitiativeReport, KeyResultReport, Sending
from apps.initiatives.models import Initiative
from apps.objectives.actions import keep_forecasts, require_value
from apps.objectives.actions.holding import require_open
from apps.objectives.models import Cycle, KeyResult, Measurement, Objective
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, Team, User
from apps.organisation.permissions import Do, still_may, take_turns
from apps.organisation.writes import Conflict, lock, require_text


class Said(NamedTuple):
    """Of one key result: its number, how sure the team is (0 to 10), and a sentence."""

    value: Decimal | None = None
    confidence: int | None = None
    sentence: str = ""


class Word(NamedTuple):
    """Of one initiative: what moved, and what is next."""

    moved: str = ""
    next: str = ""


class DraftClash(Conflict):
    """Someone else typed something different into the same fields."""

    def __init__(self, stored: CheckIn, clashes: list[Clash]) -> None:
        super().__init__(stored)
        self.check_in, self.clashes = stored, clashes


@transaction.atomic
def save_draft(
    *, team: Team, week: date, cycle: Cycle, typed: Typed, by: User, now: datetime,
    version: int | None = None,
) -> CheckIn:  # fmt: skip
    """Keep what is typed so far, beside what others of the team typed meanwhile.

    Raises DraftClash where someone else wrote something different into a field that this page
    has not seen.
    """
    still_may(by, Do.CHECK_IN, team, shared=cycle)
    today = Organisation.objects.get().today(now)
    CheckIn.objects.get_or_create(team=team, week=week)
    check_in = _open(team, week, cycle, today=today, version=version)
    merged, clashes = merge(typed, check_in.draft_fields or typed.seen, own=check_in.written_by(by))
    if clashes:
        raise DraftClash(check_in, clashes)
    check_in.keep(merged, by=by, now=now)
    check_in.save(update_fields=["draft", "saved_by", "saved_at"])
    return check_in


@transaction.atomic
def submit(
    *, team: Team, week: date, cycle: Cycle, by: User, now: datetime,
    key_results: Mapping[KeyResult, Said] | None = None,
    initiatives: Mapping[Initiative, Word] | None = None,
    moves: Moves | None = None, answers: Sequence[GoOn] = (),
    in_the_way: str = "", help: Wish | None = None,
    version: int | None = None, typed: Typed | None = None,
    organisation: Organisation | None = None,
) -> CheckIn:  # fmt: skip
    """Send the week's check-in, or send it anew: measurements, reports, moves, answers to stop
    marks and help in one.

    `typed` is what a page sent: where the team's draft holds something newer, that is a
    Conflict, for nobody sends what he or she has not seen.
    """
    moves = moves or {}
    if any(move.verb in BEGINS for move in moves.values()):
        take_turns(by, team)
    still_may(by, Do.CHECK_IN, team, shared=cycle)
    organisation = organisation or Organisation.objects.get()
    today = organisation.today(now)
    check_in = _open(team, week, cycle, today=today, version=version)
    if typed and check_in.draft:
        own = check_in.written_by(by)
        if holds_newer(typed, check_in.draft_fields, own=own):
            raise Conflict(check_in)
    # Before its numbers count: the answer is to the question as the page asked it.
    answer_stops(answers, team=team, by=by, now=now)
    carry_out(moves, team=team, by=by, now=now)
    words = {initiative: word for initiative, word in (initiatives or {}).items() if any(word)}
    _send(
        check_in, cycle, key_results or {}, words, organisation, in_the_way=in_the_way, by=by,
        now=now,
    )  # fmt: skip
    if help is not None:
        ask_for_help(team=team, **help._asdict(), by=by, now=now, check_in=check_in)
    return check_in


@transaction.atomic
def correct(
    check_in: CheckIn, *, cycle: Cycle, reason: str, by: User, now: datetime,
    key_results: Mapping[KeyResult, Said] | None = None,
    initiatives: Mapping[Initiative, Word] | None = None, in_the_way: str = "",
    version: int | None = None,
) -> CheckIn:  # fmt: skip
    """Say it anew after its week, and why. What was said before stays readable."""
    still_may(by, Do.CHECK_IN, check_in.team, shared=cycle)
    require_open(cycle)
    team, organisation = check_in.team, Organisation.objects.get()
    lock(check_in, version=version)
    check_in.team = team
    if not check_in.is_sent or organisation.today(now) < check_in.week + WEEK:
        raise ValidationError(_("Its week is not over: it can be written and sent as it is."))
    reason = require_text("reason", reason, _("Say in one sentence why you correct it."))
    words = {initiative: word for initiative, word in (initiatives or {}).items() if any(word)}
    _send(
        check_in, cycle, key_results or {}, words, organisation, in_the_way=in_the_way, by=by,
        now=now, reason=reason,
    )  # fmt: skip
    return check_in


def _send(
    check_in: CheckIn, cycle: Cycle, rows: Mapping[KeyResult, Said],
    words: Mapping[Initiative, Word], organisation: Organisation, *, in_the_way: str, by: User,
    now: datetime, reason: str = "",
) -> None:  # fmt: skip
    """One more revision of it, with all its rows."""
    team, week = check_in.team, check_in.week
    _hold_reported(team, cycle, [key_result for key_result in rows if rows[key_result] != Said()])
    _hold_live(team, week, words)
    before = _standing(check_in) if check_in.is_sent else {}
    check_in.state, check_in.draft = CheckIn.State.SUBMITTED, {}
    check_in.in_the_way = in_the_way
    check_in.submitted_by, check_in.submitted_at = by, now
    check_in.first_submitted_at = check_in.first_submitted_at or now
    check_in.revision += 1
    check_in.version += 1
    try:
        with transaction.atomic():
            check_in.save()
    except IntegrityError:  # a colleague sends the first one right now
        raise Conflict(CheckIn.objects.get(team=team, week=week)) from None
    Sending.objects.create(
        check_in=check_in, revision=check_in.revision, by=by, at=now, in_the_way=in_the_way,
        reason=reason,
    )  # fmt: skip

    day = _value_day(week, cycle, organisation, now=now)
    numbers = {
        key_result.pk: _number(
            key_result, said, before.get(key_result.pk), day=day, by=by, now=now, reason=reason
        )
        for key_result, said in rows.items()
    }
    Measurement.objects.bulk_create(
        number for number in filter(None, numbers.values()) if number.pk is None
    )
    keep_forecasts(rows, now=now, today=organisation.today(now))
    KeyResultReport.objects.bulk_create(
        KeyResultReport(
            check_in=check_in,
            revision=check_in.revision,
            key_result=key_result,
            measurement=numbers[key_result.pk],
            confidence=said.confidence,
            sentence=said.sentence,
        )
        for key_result, said in rows.items()
        if said != Said()
    )
    InitiativeReport.objects.bulk_create(
        InitiativeReport(
            check_in=check_in, revision=check_in.revision, initiative=initiative, **word._asdict()
        )
        for initiative, word in words.items()
    )


def _open(team: Team, week: date, cycle: Cycle, *, today: date, version: int | None) -> CheckIn:
    """The week's check-in, held for update, if it can still be written; a new one is not yet
    stored."""
    require_open(cycle)
    if week > monday(today):
        raise ValidationError(_("This week has not begun."))
    held = CheckIn.objects.select_for_update().filter(team=team, week=week)
    check_in = held.first() or CheckIn(team=team, week=week)
    if version is not None and check_in.version != version:
        raise Conflict(check_in)
    check_in.team = team
    if check_in.is_sent and today >= week + WEEK:
        raise ValidationError(
            _("This week is over, so its check-in stands as it was sent. "
              "It can be corrected, with a reason.")
        )  # fmt: skip
    return check_in


def _hold_reported(team: Team, cycle: Cycle, rows: Sequence[KeyResult]) -> None:
    """As the actions on a key result hold its objective: none is amended or corrected meanwhile."""
    if not rows:
        return
    ids = {key_result.objective_id for key_result in rows}
    list(Objective.objects.filter(pk__in=ids).order_by("pk").select_for_update().values_list("pk"))
    reported = set(questions.key_results(team, cycle))
    for key_result in rows:
        if key_result not in reported:
            raise ValidationError(
                _("%(team)s no longer reports “%(key_result)s”.")
                % {"team": team.name, "key_result": key_result}
            )


def _hold_live(team: Team, week: date, rows: Collection[Initiative]) -> None:
    """Those the week's check-in asks about; none is moved until we have written."""
    if not rows:
        return
    ids = [initiative.pk for initiative in rows]
    held = hold_for_share(questions.asked_about(team, week=week).filter(pk__in=ids))
    asked_about = {pk for (pk,) in held}
    for initiative in rows:
        if initiative.pk not in asked_about:
            raise ValidationError(
                _("“%(initiative)s” is not among the initiatives of %(team)s in this week.")
                % {"initiative": initiative, "team": team.name}
            )


def _standing(check_in: CheckIn) -> dict[int, Measurement]:
    """By key result: what stands now on the day for which this check-in gave a number."""
    reports = check_in.key_results.current().exclude(measurement=None)
    days = dict(reports.values_list("key_result", "measurement__day"))
    rows = Measurement.objects.filter(key_result__in=days, day__in=days.values()).effective()
    return {row.key_result_id: row for row in rows if row.day == days[row.key_result_id]}


def _value_day(week: date, cycle: Cycle, organisation: Organisation, *, now: datetime) -> date:
    today = organisation.today(now)
    due = due_day(week, organisation.checkin_weekday)
    return min(today if monday(today) == week else due, cycle.ends)


def _number(
    key_result: KeyResult, said: Said, stood: Measurement | None, *, day: date, by: User,
    now: datetime, reason: str,
) -> Measurement | None:  # fmt: skip
    """The number of this week: a new one, the one that stands, or a correction of it."""
    if said.value is None:
        if stood is None:
            return None
        raise ValidationError(
            _("“%(key_result)s” has a number for this week. It can be corrected, not taken back.")
            % {"key_result": key_result}
        )
    if stood is not None and stood.value == said.value:
        return stood
    try:
        require_value(key_result, said.value)
    except ValidationError as refused:
        raise ValidationError([f"{key_result}: {word}" for word in refused.messages]) from refused
    return Measurement(
        key_result=key_result,
        day=stood.day if stood else day,
        value=said.value,
        note=said.sentence,
        source=Measurement.Source.CHECK_IN,
        entered_by=by,
        entered_at=now,
        supersedes=stood,
        reason=(reason or _("The check-in was changed after it was sent.")) if stood else "",
    )
