"""What a team needs from a leader: asked for, answered, withdrawn."""

from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.checkins.models import CheckIn, HelpRequest
from apps.organisation import outbox
from apps.organisation.actions import root_team
from apps.organisation.locks import hold_for_share
from apps.organisation.models import Organisation, Team, TeamGrant, User
from apps.organisation.permissions import Do, still_may
from apps.organisation.writes import lock, require_text


class Wish(NamedTuple):
    """What the team needs, from which leader, and by when."""

    text: str
    asked: User
    by_when: date


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
    help_request = HelpRequest.objects.create(
        team=team, text=text, asked=asked, asked_as_leader_of=_led_nearest(team, asked),
        by_when=by_when, raised_by=by, raised_at=now, check_in=check_in,
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


@transaction.atomic
def hand_over_help(help_request: HelpRequest, *, to: User, by: User, now: datetime) -> None:
    """To another leader who could have been asked, where the one who was asked has gone."""
    still_may(by, Do.MANAGE_PEOPLE, root_team())
    lock(help_request)
    _must_be_open(help_request)
    if help_request.asked.is_active:
        raise ValidationError(
            _("%(name)s can still answer it.") % {"name": help_request.asked.name}
        )
    hold_for_share(TeamGrant.objects.filter(user=to))
    to.forget_standing()
    help_request.asked_as_leader_of = _led_nearest(help_request.team, to)
    help_request.asked = to
    help_request.version += 1
    help_request.save(update_fields=["asked", "asked_as_leader_of", "version"])
    outbox.put("help.asked", to=[to], about=help_request, now=now)


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


def _led_nearest(team: Team, asked: User) -> Team:
    """As whose leader someone is asked: of the team itself, or of the nearest above it."""
    nearest_first = [team.pk, *reversed(team.ancestor_ids)]
    leads = [pk for pk in nearest_first if pk in asked.standing.leads]
    if not (asked.is_active and leads):
        raise ValidationError(
            {
                "asked": _("%(name)s leads neither %(team)s nor a team above it.")
                % {"name": asked.name, "team": team.name}
            }
        )
    return Team.objects.get(pk=leads[0])


def _must_be_open(help_request: HelpRequest) -> None:
    if help_request.state == HelpRequest.State.ANSWERED:
        raise ValidationError(
            _("%(name)s has answered this already.") % {"name": help_request.answered_by}
        )
    if not help_request.is_open:
        raise ValidationError(_("The team has withdrawn this request."))
