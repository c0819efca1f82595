"""What people do to initiatives: one function per verb on the screen.

The team decides alone. still_may() asks the table again under a lock, then the row is
locked and looked at as it is stored now; every move leaves its row in the history, in the
same transaction. What must hold before an initiative is active stands in models.py
(`missing_to_start`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.models import (
    EndReason,
    Initiative,
    InitiativeLink,
    InitiativeMove,
    KillCriterion,
    Status,
)
from apps.objectives.models import Cycle, KeyResult
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock

WORDS = ["lead", "title", "believe", "will", "know_when", "no_criteria_because", "cost_note"]


class Aim(NamedTuple):
    """The key result to move; the effect is a change, in the key result's own unit."""

    key_result: KeyResult
    expected_effect: Decimal | None = None
    by_when: date | None = None


class Stop(NamedTuple):
    """The state at which we stop: `observable` is below or above `limit`, or not done, `on`."""

    observable: str
    on: date
    comparator: KillCriterion.Comparator = KillCriterion.Comparator.BELOW
    limit: str = ""


@transaction.atomic
def propose(
    *, team: Team, title: str, aims: Sequence[Aim], by: User, now: datetime,
    believe: str = "", will: str = "", know_when: str = "", stops: Sequence[Stop] = (),
    no_criteria_because: str = "", cost_note: str = "", lead: User | None = None,
) -> Initiative:  # fmt: skip
    """The team's own idea. Hypothesis and kill criteria may follow before the start."""
    still_may(by, Do.PROPOSE_INITIATIVE, team)
    _must_work_in(team, lead or by)
    initiative = Initiative(
        team=team, lead=lead or by, title=title, believe=believe, will=will, know_when=know_when,
        no_criteria_because=no_criteria_because, cost_note=cost_note,
    )  # fmt: skip
    _put_forward(initiative, "propose", aims=aims, stops=stops, by=by, now=now)
    return initiative


@transaction.atomic
def suggest(
    *, team: Team, title: str, aims: Sequence[Aim], by: User, now: datetime,
    believe: str = "", will: str = "", know_when: str = "",
) -> Initiative:  # fmt: skip
    """An idea from outside: it arrives as proposed and marked; the team takes it or declines."""
    still_may(by, Do.SUGGEST_INITIATIVE, team)
    initiative = Initiative(
        team=team, lead=by, title=title, believe=believe, will=will, know_when=know_when,
        from_outside=team.pk not in by.standing.works_in,
    )  # fmt: skip
    _put_forward(initiative, "suggest", aims=aims, stops=(), by=by, now=now)
    return initiative


@transaction.atomic
def edit(
    initiative: Initiative, *, title: str, aims: Sequence[Aim], lead: User, by: User,
    now: datetime, believe: str = "", will: str = "", know_when: str = "",
    stops: Sequence[Stop] = (), no_criteria_because: str = "", cost_note: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Other words, links or kill criteria. One that has started keeps all that active needs."""
    still_may(by, Do.EDIT_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    if not initiative.is_live:
        raise ValidationError(_has_ended(initiative))
    if lead != initiative.lead:
        _must_work_in(initiative.team, lead)

    initiative.lead, initiative.title, initiative.cost_note = lead, title, cost_note
    initiative.believe, initiative.will, initiative.know_when = believe, will, know_when
    initiative.no_criteria_because = no_criteria_because
    known = {link.key_result_id for link in initiative.links.all()}
    _must_be_open(aim.key_result for aim in aims if aim.key_result.pk not in known)
    if not initiative.is_proposed:
        hypothesis = [believe, will, know_when]
        if not (all(hypothesis) and aims and (stops or no_criteria_because)):
            raise ValidationError(
                _("It has started, so its hypothesis, key result and kill criteria stay whole.")
            )
    initiative.links.exclude(key_result__in=[aim.key_result for aim in aims]).delete()
    for aim in aims:
        initiative.links.update_or_create(
            key_result=aim.key_result,
            defaults={"expected_effect": aim.expected_effect, "by_when": aim.by_when},
        )
    initiative.kill_criteria.all().delete()
    _write_stops(initiative, stops)
    _save(initiative, WORDS)
    _record(initiative, "edit", origin=Status(initiative.status), by=by, now=now)


@transaction.atomic
def start(
    initiative: Initiative, *, by: User, now: datetime, pause: Initiative | None = None,
    version: int | None = None,
) -> None:  # fmt: skip
    """Nobody approves it. At the team's limit `pause` names the active one that makes room."""
    _take_turns(initiative.team)
    still_may(by, Do.START_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    _must_lead_on(initiative, "start")
    _make_room(initiative, pause=pause, by=by, now=now)
    _start(initiative, by=by, now=now)


@transaction.atomic
def pause(
    initiative: Initiative, *, reason: str, by: User, now: datetime,
    look_again_on: date | None = None, version: int | None = None,
) -> None:  # fmt: skip
    still_may(by, Do.PAUSE_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    _pause(initiative, reason=reason, look_again_on=look_again_on, by=by, now=now)


@transaction.atomic
def resume(
    initiative: Initiative, *, by: User, now: datetime, pause: Initiative | None = None,
    version: int | None = None,
) -> None:  # fmt: skip
    _take_turns(initiative.team)
    still_may(by, Do.RESUME_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    _must_lead_on(initiative, "resume")
    _must_be_whole(initiative)
    _make_room(initiative, pause=pause, by=by, now=now)
    initiative.look_again_on = None
    _move(initiative, "resume", Status.ACTIVE, ["look_again_on"], by=by, now=now)


@transaction.atomic
def swap(
    initiative: Initiative, *, reason: EndReason, learning: str, by: User, now: datetime,
    successor: Initiative | None = None, title: str = "", believe: str = "", will: str = "",
    know_when: str = "", stops: Sequence[Stop] = (), no_criteria_because: str = "",
    pause: Initiative | None = None, version: int | None = None,
) -> Initiative:  # fmt: skip
    """End this one and start its successor: one that is proposed, or a new one (`title` …).

    The successor gets the links to key results. It becomes active if nothing is missing,
    else it stays proposed. The team's limit counts after the swap.
    """
    team = initiative.team
    _take_turns(team)
    still_may(by, Do.SWAP_INITIATIVE, team)
    lock(initiative, version=version)
    _must_lead_on(initiative, "swap")
    if successor is None:
        successor = Initiative(
            team=team, lead=initiative.lead, title=title, believe=believe, will=will,
            know_when=know_when, no_criteria_because=no_criteria_because,
            cost_note="",
        )  # fmt: skip
        if initiative.from_outside:
            successor.lead = by
        _put_forward(successor, "propose", aims=(), stops=stops, by=by, now=now)
    else:
        lock(successor)
        _must_be_able_to_succeed(successor, initiative)
    _pass_on_links(initiative, successor)

    initiative.successor = successor
    _end(
        initiative, "swap", Status.SWAPPED, ["successor", "end_reason", "learning"],
        end_reason=reason, learning=learning, reason=reason, by=by, now=now,
    )  # fmt: skip
    if not successor.missing_to_start():
        _make_room(successor, pause=pause, by=by, now=now)
        _start(successor, by=by, now=now)
    return successor


@transaction.atomic
def kill(
    initiative: Initiative, *, reason: EndReason, learning: str, by: User, now: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """Stop it for good. The price is a reason and a learning."""
    still_may(by, Do.KILL_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    _must_lead_on(initiative, "kill")
    _end(
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
    _must_lead_on(initiative, "finish")
    _end(
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
    _must_lead_on(initiative, "decline")
    _end(
        initiative, "decline", Status.DECLINED, ["decline_word"],
        decline_word=word, reason=word, by=by, now=now,
    )  # fmt: skip


def _take_turns(team: Team) -> None:
    """Two starts at once must not both find the last free place. Taken before still_may(),
    which shares this row: two who share it could never both go on to hold it alone."""
    lock(team)


def _must_lead_on(initiative: Initiative, verb: str) -> None:
    if initiative.can(verb):
        return
    if not initiative.is_live:
        raise ValidationError(_has_ended(initiative))
    raise ValidationError(
        _("“%(title)s” is %(status)s now, so this can’t be done any more.")
        % {"title": initiative, "status": initiative.get_status_display().lower()}
    )


def _has_ended(initiative: Initiative) -> str:
    return _(
        "“%(title)s” has ended, and an end is final. "
        "To take it up again, propose a new one that continues it."
    ) % {"title": initiative}


def _must_be_whole(initiative: Initiative) -> None:
    if ids := [link.key_result_id for link in initiative.links.all()]:
        _hold_goals(ids)
    if missing := initiative.missing_to_start():
        raise ValidationError(missing)


def _must_work_in(team: Team, lead: User) -> None:
    if team.pk not in lead.standing.works_in:
        raise ValidationError(
            {
                "lead": _("%(name)s does not belong to %(team)s.")
                % {"name": lead.name, "team": team.name}
            }
        )


def _must_be_open(key_results: Iterable[KeyResult]) -> None:
    """A new bet goes on a goal that is on the table: open for input or committed."""
    ids = [key_result.pk for key_result in key_results]
    if not ids:
        return
    _hold_goals(ids)
    if KeyResult.objects.on_the_table().filter(pk__in=ids).count() < len(ids):
        raise ValidationError(_("This key result is no longer open. Choose another."))


def _hold_goals(key_result_ids: list[int]) -> None:
    """Neither the cycle closes nor the objective ends until we have written."""
    hold_for_share(Cycle.objects.filter(objectives__key_results__in=key_result_ids))


def _must_be_able_to_succeed(successor: Initiative, initiative: Initiative) -> None:
    is_taken = Initiative.objects.filter(successor=successor).exists()
    if successor.team_id != initiative.team_id or not successor.is_proposed or is_taken:
        raise ValidationError(
            {"successor": _("“%(title)s” is no longer free.") % {"title": successor}}
        )


def _make_room(
    initiative: Initiative, *, pause: Initiative | None, by: User, now: datetime
) -> None:
    """Ask which one to pause where the team's own limit leaves no place for another."""
    team = initiative.team
    active = Initiative.objects.filter(team=team).active()
    if team.active_limit is None or active.count() < team.active_limit:
        return
    if pause is None or pause.team_id != team.pk or pause == initiative:
        raise ValidationError(
            {
                "pause": ValidationError(
                    _("%(team)s has set itself a limit of %(limit)s. Choose one to pause.")
                    % {"team": team.name, "limit": team.active_limit},
                    code="limit",
                )
            }
        )
    lock(pause)
    reason = _("It makes room for “%(title)s”.") % {"title": initiative}
    _pause(pause, reason=reason, look_again_on=None, by=by, now=now)


def _pause(
    initiative: Initiative, *, reason: str, look_again_on: date | None, by: User, now: datetime
) -> None:
    _must_lead_on(initiative, "pause")
    initiative.look_again_on = look_again_on
    _move(initiative, "pause", Status.PAUSED, ["look_again_on"], reason=reason, by=by, now=now)


def _start(initiative: Initiative, *, by: User, now: datetime) -> None:
    _must_be_whole(initiative)
    if initiative.team_id not in initiative.lead.standing.works_in:
        initiative.lead = by  # suggested from outside: whoever starts it takes it over
    initiative.started_at = now
    _move(initiative, "start", Status.ACTIVE, ["lead", "started_at"], by=by, now=now)


def _put_forward(
    initiative: Initiative, verb: str, *, aims: Sequence[Aim], stops: Sequence[Stop], by: User,
    now: datetime,
) -> None:  # fmt: skip
    _must_be_open(aim.key_result for aim in aims)
    initiative.proposed_by, initiative.proposed_at = by, now
    initiative.save()
    InitiativeLink.objects.bulk_create(
        InitiativeLink(initiative=initiative, **aim._asdict()) for aim in aims
    )
    _write_stops(initiative, stops)
    InitiativeMove.objects.create(
        initiative=initiative, verb=verb, to_status=Status.PROPOSED, by=by, at=now
    )


def _write_stops(initiative: Initiative, stops: Sequence[Stop]) -> None:
    KillCriterion.objects.bulk_create(
        KillCriterion(initiative=initiative, **stop._asdict()) for stop in stops
    )


def _pass_on_links(initiative: Initiative, successor: Initiative) -> None:
    InitiativeLink.objects.bulk_create(
        (
            InitiativeLink(
                initiative=successor,
                key_result_id=link.key_result_id,
                expected_effect=link.expected_effect,
                by_when=link.by_when,
            )
            for link in initiative.links.all()
        ),
        ignore_conflicts=True,  # where the successor has a link of its own, that one stays
    )


def _end(
    initiative: Initiative, verb: str, to: Status, fields: list[str], *, reason: str, by: User,
    now: datetime, **words: str,
) -> None:  # fmt: skip
    for name, text in words.items():
        setattr(initiative, name, text)
    initiative.ended_by, initiative.ended_at = by, now
    fields = [*fields, "ended_by", "ended_at"]
    _move(initiative, verb, to, fields, reason=reason, by=by, now=now)


def _move(
    initiative: Initiative, verb: str, to: Status, fields: list[str], *, by: User, now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    origin = Status(initiative.status)
    initiative.status = to
    _save(initiative, ["status", *fields])
    _record(initiative, verb, origin=origin, reason=reason, by=by, now=now)


def _save(initiative: Initiative, fields: list[str]) -> None:
    initiative.version += 1
    initiative.save(update_fields=[*fields, "version"])


def _record(
    initiative: Initiative, verb: str, *, origin: Status, by: User, now: datetime, reason: str = ""
) -> None:
    InitiativeMove.objects.create(
        initiative=initiative, verb=verb, from_status=origin, to_status=initiative.status,
        reason=reason, by=by, at=now,
    )  # fmt: skip
