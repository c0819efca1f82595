"""Move an initiative: take over, start, pause, resume, swap; and the team's own limit."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.initiatives.actions.bets import Stop, put_forward, require_title
from apps.initiatives.actions.ends import end, require_learning
from apps.initiatives.actions.history import move
from apps.initiatives.actions.rules import must_be_whole, must_lead_on, what_is_missing, works_in
from apps.initiatives.models import EndReason, Initiative, InitiativeLink, Status
from apps.organisation import outbox
from apps.organisation.models import User
from apps.organisation.permissions import Do, still_may, take_turns
from apps.organisation.writes import lock, require_text


@transaction.atomic
def take_over(
    initiative: Initiative, *, by: User, now: datetime, word: str = "", version: int | None = None
) -> None:
    """A suggestion from outside becomes the team's own; whoever takes it over leads it."""
    still_may(by, Do.TAKE_OVER_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "take_over")
    initiative.lead, initiative.taken_over_at = by, now
    fields = ["lead", "taken_over_at"]
    move(initiative, "take_over", Status.PROPOSED, fields, reason=word.strip(), by=by, now=now)
    outbox.put("initiative.taken_over", to=[initiative.proposed_by], about=initiative, now=now)


@transaction.atomic
def start(
    initiative: Initiative, *, by: User, now: datetime, pause: Initiative | None = None,
    version: int | None = None,
) -> None:  # fmt: skip
    """Nobody approves it. At the team's limit `pause` names the active one that makes room."""
    take_turns(by, initiative.team)
    still_may(by, Do.START_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "start")
    must_be_whole(initiative)
    _make_room(initiative, pause=pause, by=by, now=now)
    _start(initiative, by=by, now=now)


@transaction.atomic
def pause(
    initiative: Initiative, *, reason: str, by: User, now: datetime,
    look_again_on: date | None = None, version: int | None = None,
) -> None:  # fmt: skip
    still_may(by, Do.PAUSE_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    reason = require_text("reason", reason, _("Say in a few words why it waits."))
    _pause(initiative, reason=reason, look_again_on=look_again_on, by=by, now=now)


@transaction.atomic
def resume(
    initiative: Initiative, *, by: User, now: datetime, pause: Initiative | None = None,
    version: int | None = None,
) -> None:  # fmt: skip
    take_turns(by, initiative.team)
    still_may(by, Do.RESUME_INITIATIVE, initiative.team)
    lock(initiative, version=version)
    must_lead_on(initiative, "resume")
    must_be_whole(initiative)
    _make_room(initiative, pause=pause, by=by, now=now)
    initiative.look_again_on = None
    move(initiative, "resume", Status.ACTIVE, ["look_again_on"], by=by, now=now)


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
    take_turns(by, team)
    still_may(by, Do.SWAP_INITIATIVE, team)
    lock(initiative, version=version)
    must_lead_on(initiative, "swap")
    learning = require_learning(learning)
    if successor is None:
        title = require_title(title)
        successor = Initiative(
            team=team, lead=by if initiative.is_proposed else initiative.lead, title=title,
            believe=believe, will=will, know_when=know_when,
            no_criteria_because=no_criteria_because,
        )  # fmt: skip
        put_forward(successor, "propose", aims=(), stops=stops, by=by, now=now)
    else:
        lock(successor)
        _must_be_able_to_succeed(successor, initiative)
    _pass_on_links(initiative, successor)

    initiative.successor = successor
    end(
        initiative, "swap", Status.SWAPPED, ["successor", "end_reason", "learning"],
        end_reason=reason, learning=learning, reason=reason, by=by, now=now,
    )  # fmt: skip
    if not what_is_missing(successor):
        _make_room(successor, pause=pause, by=by, now=now)
        instead = _("It takes the place of “%(title)s”.") % {"title": initiative}
        _start(successor, reason=instead, by=by, now=now)
    return successor


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
    must_lead_on(initiative, "pause")
    initiative.look_again_on = look_again_on
    move(initiative, "pause", Status.PAUSED, ["look_again_on"], reason=reason, by=by, now=now)


def _start(initiative: Initiative, *, by: User, now: datetime, reason: str = "") -> None:
    if initiative.lead is None or not works_in(initiative.team, initiative.lead):
        initiative.lead = by  # nobody of the team leads it: whoever starts it takes it over
    if initiative.is_suggested:
        initiative.taken_over_at = now
    initiative.started_at = now
    fields = ["lead", "started_at", "taken_over_at"]
    move(initiative, "start", Status.ACTIVE, fields, reason=reason, by=by, now=now)


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


def _must_be_able_to_succeed(successor: Initiative, initiative: Initiative) -> None:
    is_taken = Initiative.objects.filter(successor=successor).exists()
    if successor.team_id != initiative.team_id or not successor.is_proposed or is_taken:
        raise ValidationError(
            {"successor": _("“%(title)s” is no longer free.") % {"title": successor}}
        )
