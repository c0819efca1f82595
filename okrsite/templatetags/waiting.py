"""How long somebody has been waiting, in words. Never a query."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag(takes_context=True)
def waited(context: Context, answer: Any) -> str:
    """Of one team's backbrief: who waits for whom, and for how long."""
    if answer.since is None:
        return ""
    days = answer.days(context["request"].today)
    if answer.awaits_leaders:
        if not days:
            return _("Waits for its leaders since today.")
        text = ngettext(
            "Waits for its leaders for %(n)d day.", "Waits for its leaders for %(n)d days.", days
        )
    else:
        if not days:
            return _("Waits for the team since today.")
        text = ngettext(
            "Waits for the team for %(n)d day.", "Waits for the team for %(n)d days.", days
        )
    return text % {"n": days}


@register.simple_tag
def waiting_in_words(answers: Any) -> str:
    """Of all backbriefs to a briefing: how many wait, and the longest of them."""
    sentences = []
    if waiting := answers.waiting_for_teams:
        text = ngettext(
            "%(n)d team has still to answer.", "%(n)d teams have still to answer.", len(waiting)
        )
        sentences += [text % {"n": len(waiting)}, _longest(waiting[0])]
    if waiting := answers.waiting_for_leaders:
        text = ngettext(
            "%(n)d answer waits for its leaders.",
            "%(n)d answers wait for their leaders.",
            len(waiting),
        )
        sentences += [text % {"n": len(waiting)}, _longest(waiting[0])]
    return " ".join(filter(None, sentences))


def _longest(waited: Any) -> str:
    if not waited.days:
        return ""
    text = ngettext(
        "The longest wait is %(n)d day (%(team)s).",
        "The longest wait is %(n)d days (%(team)s).",
        waited.days,
    )
    return text % {"n": waited.days, "team": waited.answer.team.name}


@register.simple_tag
def briefed_in_words(briefed: Any) -> str:
    """Of one briefing to a team: which revision, and how our answer to it stands."""
    words = {"n": briefed.number, "days": briefed.days, "word": briefed.word.lower()}
    if briefed.state:
        return _("Revision %(n)d · our backbrief: %(word)s") % words
    if not briefed.days:
        return _("Revision %(n)d, issued today") % words
    text = ngettext(
        "Revision %(n)d, not answered for %(days)d day",
        "Revision %(n)d, not answered for %(days)d days",
        briefed.days,
    )
    return text % words
