"""Briefings, what teams make of them, and what teams ask of each other."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.alignment.models import (
    BackbriefMove,
    BackbriefState,
    Briefing,
    ContributionRequest,
    RequestState,
)
from apps.notices import days
from apps.notices.letters.letter import Desk, Letter
from apps.organisation.models import OutboxMessage


def issued(message: OutboxMessage, desk: Desk) -> Letter | None:
    """To leaders of the teams that work on it; a newer revision has a mail of its own."""
    found = Briefing.objects.in_force().filter(pk=message.thing_pk)
    briefing = found.select_related("objective__team", "issued_by").first()
    if briefing is None:
        return None
    objective = briefing.objective
    return Letter(
        subject=_("%(name)s briefs you on “%(objective)s”")
        % {"name": briefing.issued_by.name, "objective": objective.title},  # type: ignore[union-attr]
        lines=[
            briefing.intent,
            _("Say in your team’s own words what you understood and what you will do."),
        ],
        url=f"{objective.get_absolute_url()}#briefing",
        verb=_("Read the briefing"),
    )


def given(message: OutboxMessage, desk: Desk) -> Letter | None:
    move = _move(message)
    if move is None or move.backbrief.state != BackbriefState.GIVEN:
        return None
    words = {"team": move.backbrief.team.name, "objective": move.backbrief.objective.title}
    return Letter(
        subject=_("%(team)s has given its backbrief to “%(objective)s”") % words,
        lines=[
            _("They understood: “%(text)s”") % {"text": move.understood},
            _("Is that what you meant?"),
        ],
        url=move.backbrief.get_absolute_url(),
        verb=_("Answer"),
    )


def accepted(message: OutboxMessage, desk: Desk) -> Letter | None:
    move = _move(message)
    if move is None:
        return None
    words = {"name": move.by.name, "objective": move.backbrief.objective.title}
    told = _("%(name)s says: “%(text)s”") % {"name": move.by.name, "text": move.comment}
    return Letter(
        subject=_("%(name)s accepts your backbrief to “%(objective)s”") % words,
        lines=[told] if move.comment else [_("Yes, that is what I meant.")],
        url=move.backbrief.get_absolute_url(),
        verb=_("Read it there"),
    )


def returned(message: OutboxMessage, desk: Desk) -> Letter | None:
    move = _move(message)
    if move is None:
        return None
    backbrief = move.backbrief
    words = {"name": move.by.name, "objective": backbrief.objective.title}
    return Letter(
        subject=_("%(name)s returns your backbrief to “%(objective)s”") % words,
        lines=[
            _("%(name)s says: “%(text)s”") % {"name": move.by.name, "text": move.comment},
            _("Returned is normal: it is where the talking happens."),
        ],
        url=reverse("alignment:give_backbrief", args=[backbrief.objective_id, backbrief.team.slug]),
        verb=_("Write it anew"),
    )


def contribution_asked(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = ContributionRequest.objects.open().filter(pk=message.thing_pk).for_page().first()
    if found is None:
        return None
    return Letter(
        subject=_("%(team)s asks %(asked)s for a contribution by %(day)s")
        % {
            "team": found.team.name,
            "asked": found.asked_team.name,
            "day": days.in_full(found.by_when),
        },
        lines=[
            _("“%(text)s”") % {"text": found.what},
            _("Why it matters: “%(text)s”") % {"text": found.why},
        ],
        url=found.get_absolute_url(),
        verb=_("Answer"),
    )


def contribution_answered(message: OutboxMessage, desk: Desk) -> Letter | None:
    found = ContributionRequest.objects.filter(pk=message.thing_pk).for_page().first()
    if found is None or found.is_open:
        return None
    if found.state == RequestState.ACCEPTED:
        subject = _("%(asked)s accepts what %(team)s asked for")
    else:
        subject = _("%(asked)s declines what %(team)s asked for")
    lines = [_("You asked: “%(text)s”") % {"text": found.what}]
    if found.answer:
        lines.append(_("The answer: “%(text)s”") % {"text": found.answer})
    return Letter(
        subject=subject % {"asked": found.asked_team.name, "team": found.team.name},
        lines=lines,
        url=found.get_absolute_url(),
        verb=_("Read it there"),
    )


def _move(message: OutboxMessage) -> BackbriefMove | None:
    moves = BackbriefMove.objects.select_related("by", "backbrief__team", "backbrief__objective")
    return moves.filter(pk=message.thing_pk).first()
