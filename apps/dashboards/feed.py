"""What happened lately to the means, and what others changed, newest first."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.initiatives.models import CHANGES, InitiativeMove
from apps.notices import days
from apps.objectives.models import Amendment, Cycle
from apps.organisation.models import TeamGrant

TWO_WEEKS = timedelta(weeks=2)
VERBS = {
    "propose": pgettext_lazy("an initiative was", "Proposed"),
    "suggest": pgettext_lazy("an initiative was", "Suggested"),
    "continue": pgettext_lazy("an initiative was", "Taken up again"),
    "take_over": pgettext_lazy("an initiative was", "Taken over"),
    "hand_over": pgettext_lazy("an initiative was", "Handed over"),
    "start": pgettext_lazy("an initiative was", "Started"),
    "pause": pgettext_lazy("an initiative was", "Paused"),
    "resume": pgettext_lazy("an initiative was", "Resumed"),
    "swap": pgettext_lazy("an initiative was", "Swapped"),
    "kill": pgettext_lazy("an initiative was", "Killed"),
    "finish": pgettext_lazy("an initiative was", "Finished"),
    "decline": pgettext_lazy("an initiative was", "Declined"),
}


class Happened(NamedTuple):
    """before: what the title took the place of."""

    at: datetime
    day: str
    what: str
    title: str
    url: str
    by: str
    team: str = ""
    before: str = ""
    quote: str = ""


def moves() -> QuerySet[InitiativeMove]:
    """The latest first. A swap tells of its successor's start, too."""
    return (
        InitiativeMove.objects.exclude(verb__in=["edit", "import"])
        .exclude(verb="start", initiative__predecessor__ended_at=F("at"))
        .select_related("by", "brought_in_by", "initiative__team", "initiative__successor")
        .order_by("-at", "-pk")
    )


def lately_changed(cycle: Cycle, today: date) -> QuerySet[InitiativeMove]:
    """In the last two weeks of the cycle so far."""
    last = min(today, cycle.ends)
    first = max(cycle.starts, last - TWO_WEEKS + timedelta(days=1))
    begins, after = (_midnight(day) for day in (first, last + timedelta(days=1)))
    return moves().filter(verb__in=CHANGES, at__gte=begins, at__lt=after)


def _midnight(day: date) -> datetime:
    """As an instant, for an index over instants finds no days."""
    return timezone.make_aware(datetime.combine(day, time()))


def moved(move: InitiativeMove, today: date) -> Happened:
    initiative, now = move.initiative, move.initiative.successor if move.verb == "swap" else None
    return Happened(
        at=move.at,
        day=days.said(timezone.localdate(move.at), today),
        what=str(VERBS[move.verb]),
        title=(now or initiative).title,
        url=(now or initiative).get_absolute_url(),
        before=initiative.title if now else "",
        quote=_told(move),
        by=move.who,
        team=initiative.team.name,
    )


def _told(move: InitiativeMove) -> str:
    """The word of whoever moved it; where something ended, what was learned."""
    initiative = move.initiative
    match move.verb:
        case "swap" | "kill":
            return initiative.learning
        case "finish":
            return initiative.learning or initiative.delivered
        case "decline":
            return initiative.decline_word
    return move.reason


def amended(amendment: Amendment, today: date) -> Happened:
    goal = amendment.key_result or amendment.objective
    return Happened(
        at=amendment.at,
        day=days.said(timezone.localdate(amendment.at), today),
        what=pgettext("a goal was", "Amended"),
        title=goal.title,
        url=goal.get_absolute_url(),
        quote=amendment.reason,
        by=amendment.by.name,
    )


def joined(grant: TeamGrant, today: date) -> Happened:
    """Somebody whom a leader above or an administrator brought into a team."""
    words = {"name": grant.user.name, "role": grant.role}
    return Happened(
        at=grant.granted_at,
        day=days.said(timezone.localdate(grant.granted_at), today),
        what=pgettext("somebody was, to a team", "Added"),
        title=_("%(name)s, as: %(role)s") % words,
        url=grant.content_object.get_absolute_url(),
        by=_("%(team)s, by %(name)s")
        % {"team": grant.content_object.name, "name": grant.granted_by},
    )


def answered(asked: Any, today: date) -> Happened:
    """asked: a request for help that has its answer."""
    return Happened(
        at=asked.answered_at,
        day=days.said(timezone.localdate(asked.answered_at), today),
        what=pgettext("a request for help was", "Answered"),
        title=asked.text,
        url=asked.get_absolute_url(),
        quote=asked.answer,
        by=asked.answered_by.name,
    )
