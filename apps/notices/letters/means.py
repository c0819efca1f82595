"""What became of an initiative that somebody outside the team suggested, or whose lead has gone."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.initiatives.models import Initiative, InitiativeMove
from apps.notices.letters.letter import Desk, Letter, Part
from apps.notices.waiting import Waiting, Whose, gather
from apps.notices.waiting.bets import DUE
from apps.organisation.models import OutboxMessage


def due(message: OutboxMessage, desk: Desk) -> Letter | None:
    """All that still waits, also what an earlier mail told of; nothing once it is answered."""
    assert message.person  # noqa: S101 - to a person
    found = gather(Whose(message.person, today=desk.today, cycle=desk.cycle), DUE)
    if not found:
        return None
    found.sort(key=lambda item: item.day)
    n = len(found)
    if n == 1:
        [only] = found
        return Letter(only.title, _lines(only), url=only.url, verb=only.verb)
    return Letter(
        subject=ngettext(
            "%(n)d question about your initiatives came due",
            "%(n)d questions about your initiatives came due",
            n,
        )
        % {"n": n},
        lines=[_("Your team said beforehand when it would look at them.")],
        parts=[Part(item.title, _lines(item), item.url) for item in found],
        url=reverse("dashboards:my_week"),
        verb=_("Your week"),
    )


def _lines(item: Waiting) -> list[str]:
    return [line for line in (item.goal, item.text) if line]


def taken_over(message: OutboxMessage, desk: Desk) -> Letter | None:
    return _of_suggestion(message, "take_over", _("%(team)s takes up your suggestion: %(title)s"))


def declined(message: OutboxMessage, desk: Desk) -> Letter | None:
    return _of_suggestion(message, "decline", _("%(team)s declines your suggestion: %(title)s"))


def _of_suggestion(message: OutboxMessage, verb: str, subject: str) -> Letter | None:
    initiative = Initiative.objects.filter(pk=message.thing_pk).select_related("team").first()
    move = (
        InitiativeMove.objects.filter(initiative=message.thing_pk, verb=verb)
        .select_related("by")
        .last()
    )
    if initiative is None or move is None:
        return None
    words = {"name": move.by.name, "text": move.reason}
    return Letter(
        subject=subject % {"team": initiative.team.name, "title": initiative.title},
        lines=[_("%(name)s says: “%(text)s”") % words] if move.reason else [],
        url=initiative.get_absolute_url(),
        verb=_("Look at it"),
    )


def handed_over(message: OutboxMessage, desk: Desk) -> Letter | None:
    initiative = Initiative.objects.filter(pk=message.thing_pk, lead=message.person).first()
    if initiative is None:
        return None
    return Letter(
        subject=_("You lead an initiative now: %(title)s") % {"title": initiative.title},
        lines=[_("Whoever led it has left. Your team may choose someone else any day.")],
        url=initiative.get_absolute_url(),
        verb=_("Look at it"),
    )
