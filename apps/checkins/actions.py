"""What a team reports for a week, and what it asks of its leaders: one function per verb.

Numbers of a check-in are measurements. A value's day is the day of sending, within its
week; for a week that is over, the day on which its check-in was due; never after the end of
the cycle. What was sent may be sent anew until its week ends: each time is a revision with
rows of its own, and a number that differs corrects the one before it, on that one's day.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.checkins import questions
from apps.checkins.cadence import WEEK, due_day, monday
from apps.checkins.drafts import Clash, Typed, holds_newer, merge
from apps.checkins.models import (
    CheckIn,
    HelpRequest,
    InitiativeReport,
    KeyResultReport,
    WeekOff,
)
from apps.initiatives.models import Initiative
from apps.objectives.actions import require_value
from apps.objectives.actions.holding import require_open
from apps.objectives.models import Cycle, KeyResult, Measurement, Objective
from apps.organisation import outbox
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


class Wish(NamedTuple):
    """What the team needs, from which leader, and by when."""

    text: str
    asked: User
    by_when: date


class DraftClash(Conflict):
    """Someone else typed something different into the same fields."""

    def __init__(self, stored: CheckIn, clashes: list[Clash]) -> None:
        super().__init__(stored)
        self.check_in, self.clashes = stored, clashes


@transaction.atomic
def save_draft(
    *, team: Team, week: date, cycle: Cycle, typed: Typed, by: User, now: datetime,
    version: int | None = None, keep: str = "",
) -> CheckIn:  # fmt: skip
    """Keep what is typed so far, beside what others of the team typed meanwhile.

    Raises DraftClash where both wrote into one field, unless `keep` says "mine" or "theirs".
    """
    still_may(by, Do.CHECK_IN, team, shared=cycle)
    check_in = _open(team, week, cycle, now=now, version=version)
    merged, clashes = merge(typed, check_in.draft_fields or typed.seen, own=check_in.written_by(by))
    if clashes and not keep:
        raise DraftClash(check_in, clashes)
    if keep == "theirs":
        merged |= {clash.name: clash.theirs for clash in clashes}
    check_in.keep(merged, by=by, now=now)
    check_in.save(update_fields=["draft", "saved_by", "saved_at"])
    return check_in


@transaction.atomic
def submit(
    *, team: Team, week: date, cycle: Cycle, by: User, now: datetime,
    key_results: Mapping[KeyResult, Said] | None = None,
    initiatives: Mapping[Initiative, Word] | None = None,
    in_the_way: str = "", help: Wish | None = None,
    version: int | None = None, typed: Typed | None = None,
) -> CheckIn:  # fmt: skip
    """Send the week's check-in, or send it anew: measurements, reports and help in one.

    `typed` is what a page sent: where the team's draft holds something newer, that is a
    Conflict, for nobody sends what he or she has not seen.
    """
    still_may(by, Do.CHECK_IN, team, shared=cycle)
    check_in = _open(team, week, cycle, now=now, version=version)
    if typed and check_in.draft:
        own = check_in.written_by(by)
        if holds_newer(typed, check_in.draft_fields, own=own):
            raise Conflict(check_in)

    rows = key_results or {}
    _hold_reported(team, cycle, [key_result for key_result in rows if rows[key_result] != Said()])
    words = {initiative: word for initiative, word in (initiatives or {}).items() if any(word)}
    _hold_live(team, week, words)
    before = _standing(check_in)
    check_in.state, check_in.draft = CheckIn.State.SUBMITTED, {}
    check_in.in_the_way = in_the_way
    check_in.submitted_by, check_in.submitted_at = by, now
    check_in.first_submitted_at = check_in.first_submitted_at or now
    check_in.revision += 1
    check_in.version += 1
    check_in.save()

    day = _value_day(week, cycle, now=now)
    numbers = {
        key_result.pk: _number(key_result, said, before.get(key_result.pk), day=day, by=by, now=now)
        for key_result, said in rows.items()
    }
    Measurement.objects.bulk_create(
        number for number in filter(None, numbers.values()) if number.pk is None
    )
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
    if help is not None:
        ask_for_help(team=team, **help._asdict(), by=by, now=now, check_in=check_in)
    return check_in


@transaction.atomic
def ask_for_help(
    *, team: Team, text: str, asked: User, by_when: date, by: User, now: datetime,
    check_in: CheckIn | None = None,
) -> HelpRequest:  # fmt: skip
    """Of a leader of the team or above it, who then answers for the team that he or she leads."""
    still_may(by, Do.ASK_FOR_HELP, team)
    text = require_text("text", text, _("Say what you need."))
    if by_when < Organisation.objects.get().today(now):
        raise ValidationError({"by_when": _("By when? Choose today or a later day.")})
    asked.forget_standing()
    if asked == by:
        raise ValidationError({"asked": _("Ask someone else: nobody asks oneself for help.")})
    nearest_first = [team.pk, *reversed(team.ancestor_ids)]
    leads = [pk for pk in nearest_first if pk in asked.standing.leads]
    if not (asked.is_active and leads):
        raise ValidationError(
            {
                "asked": _("%(name)s leads neither %(team)s nor a team above it.")
                % {"name": asked.name, "team": team.name}
            }
        )
    help_request = HelpRequest.objects.create(
        team=team, text=text, asked=asked, asked_as_leader_of_id=leads[0], by_when=by_when,
        raised_by=by, raised_at=now, check_in=check_in,
    )  # fmt: skip
    outbox.put("help.asked", to=[asked], about=help_request, now=now)
    return help_request


@transaction.atomic
def answer_help(
    help_request: HelpRequest, *, answer: str, by: User, now: datetime, version: int | None = None
) -> None:
    """By the leader who was asked, or one above that leader."""
    still_may(by, Do.ANSWER_HELP, help_request.asked_as_leader_of)
    permit_answerer(help_request, by)
    lock(help_request, version=version)
    _must_be_open(help_request)
    answer = require_text("answer", answer, _("Answer in a sentence."))
    help_request.state, help_request.answer = HelpRequest.State.ANSWERED, answer
    help_request.answered_by, help_request.answered_at = by, now
    help_request.version += 1
    help_request.save(update_fields=["state", "answer", "answered_by", "answered_at", "version"])
    if help_request.raised_by_id != by.pk:
        outbox.put("help.answered", to=[help_request.raised_by], about=help_request, now=now)


def permit_answerer(help_request: HelpRequest, user: User) -> None:
    """Of those whom the table allows: not another leader of the same team."""
    if not help_request.is_for(user):
        raise PermissionDenied(
            _("Only %(name)s, who was asked, or a leader above %(team)s can answer.")
            % {"name": help_request.asked, "team": help_request.asked_as_leader_of}
        )


@transaction.atomic
def withdraw_help(
    help_request: HelpRequest, *, by: User, now: datetime, version: int | None = None
) -> None:
    still_may(by, Do.WITHDRAW_HELP, help_request.team)
    lock(help_request, version=version)
    _must_be_open(help_request)
    help_request.state = HelpRequest.State.WITHDRAWN
    help_request.withdrawn_by, help_request.withdrawn_at = by, now
    help_request.version += 1
    help_request.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "version"])


@transaction.atomic
def mark_weeks_off(
    *, team: Team, weeks: Collection[date], by: User, now: datetime, version: int | None = None
) -> None:
    """These of the weeks still to come, and no others; what is over stays as it was."""
    take_turns(by, team)
    still_may(by, Do.SET_RHYTHM, team)
    lock(team, version=version)
    this_week = monday(Organisation.objects.get().today(now))
    if any(week < this_week or week != monday(week) for week in weeks):
        raise ValidationError({"weeks": _("Choose weeks that are not over yet.")})
    to_come = WeekOff.objects.filter(team=team, week__gte=this_week)
    to_come.exclude(week__in=weeks).delete()
    WeekOff.objects.bulk_create(
        (WeekOff(team=team, week=week, marked_by=by, marked_at=now) for week in weeks),
        ignore_conflicts=True,
    )
    team.version += 1
    team.save(update_fields=["version"])


def _open(team: Team, week: date, cycle: Cycle, *, now: datetime, version: int | None) -> CheckIn:
    """The week's check-in, held for update, if it can still be written."""
    today = Organisation.objects.get().today(now)
    require_open(cycle)
    if week > monday(today):
        raise ValidationError(_("This week has not begun."))
    check_in, _created = CheckIn.objects.get_or_create(team=team, week=week)
    lock(check_in, version=version)
    if check_in.is_sent and today >= week + WEEK:
        raise ValidationError(
            _("This week is over, so its check-in stands as it was sent. "
              "A number can be corrected on the page of its key result.")
        )  # fmt: skip
    return check_in


def _must_be_open(help_request: HelpRequest) -> None:
    if help_request.state == HelpRequest.State.ANSWERED:
        raise ValidationError(
            _("%(name)s has answered this already.") % {"name": help_request.answered_by}
        )
    if not help_request.is_open:
        raise ValidationError(_("The team has withdrawn this request."))


def _hold_reported(team: Team, cycle: Cycle, rows: Sequence[KeyResult]) -> None:
    """As the actions on a key result hold its objective: none is amended or corrected meanwhile."""
    ids = {key_result.objective_id for key_result in rows}
    list(Objective.objects.filter(pk__in=ids).order_by("pk").select_for_update())
    reported = set(questions.key_results(team, cycle))
    for key_result in rows:
        if key_result not in reported:
            raise ValidationError(
                _("%(team)s no longer reports “%(key_result)s”.")
                % {"team": team.name, "key_result": key_result}
            )


def _hold_live(team: Team, week: date, rows: Collection[Initiative]) -> None:
    """Those the week's check-in asks about; none is moved until we have written."""
    ids = [initiative.pk for initiative in rows]
    if not ids:
        return
    hold_for_share(Initiative.objects.filter(pk__in=ids))
    asked_about = set(questions.initiatives(team, week=week))
    for initiative in rows:
        if initiative not in asked_about:
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


def _value_day(week: date, cycle: Cycle, *, now: datetime) -> date:
    organisation = Organisation.objects.get()
    today = organisation.today(now)
    due = due_day(week, organisation.checkin_weekday)
    return min(today if monday(today) == week else due, cycle.ends)


def _number(
    key_result: KeyResult, said: Said, stood: Measurement | None, *, day: date, by: User,
    now: datetime,
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
        reason=_("The check-in was changed after it was sent.") if stood else "",
    )
