"""Small drawings that stand beside words: icons, pace marks, pips. Never a query."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.objectives import charts
from apps.objectives.scoring import Belief, belief

register = template.Library()

ICONS = {
    "week": '<path d="M3.5 5.5h13v11h-13zM3.5 9h13M7 3v3M13 3v3"/>',
    "overview": '<path d="M3 16.5h14M5.5 13.5V9M10 13.5V4M14.5 13.5v-6"/>',
    "map": (
        '<path d="M10 5v4M10 9H5v4M10 9h5v4"/><rect x="7.5" y="2.5" width="5" height="3"/>'
        '<rect x="2.5" y="13" width="5" height="4" rx="1.5"/>'
        '<rect x="12.5" y="13" width="5" height="4" rx="1.5"/>'
    ),
    "learnings": (
        '<path d="M4 3.5h8.5a3 3 0 0 1 3 3V17H6.5A2.5 2.5 0 0 1 4 14.5z'
        'M4 14.5A2.5 2.5 0 0 1 6.5 12h9M7.5 7h4.5"/>'
    ),
    "matrix": '<path d="M3.5 3.5v13h13M10 3.5v6.5h6.5"/><circle cx="13.2" cy="6.6" r="1"/>',
    "teams": (
        '<circle cx="7" cy="7" r="2.5"/><circle cx="14" cy="8" r="2"/>'
        '<path d="M2.5 16c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M13 12c2.5-.3 4.5 1.2 4.5 4"/>'
    ),
    "check": '<path d="M4 10.5 8.5 15l8-9.5"/>',
    "done": '<path d="M4 10.5 8.5 15l8-9.5"/>',
    "killed": '<path d="m5 5 10 10M15 5 5 15"/>',
    "paused": '<path d="M7 5v10M13 5v10"/>',
    "swap": '<path d="M4 7h11l-3-3M16 13H5l3 3"/>',
    "ask": (
        '<circle cx="10" cy="10" r="7"/>'
        '<path d="M7.8 7.8c.2-1.3 1.2-2 2.3-2 1.3 0 2.3.8 2.3 2 0 1.6-2.3 1.8-2.3 3.6M10 14v.2"/>'
    ),
    "reviews": '<path d="M3 4.5h14v9H3zM10 13.5v3M7 16.5h6"/>',
    "settings": (
        '<circle cx="10" cy="10" r="2.5"/>'
        '<path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4'
        'M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4"/>'
    ),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - our own drawings
        '<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{ICONS[name]}</svg>'
    )


@register.simple_tag
def brand_mark() -> SafeString:
    """A fixed square, and three ways that lead to it."""
    return mark_safe(
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        '<rect x="13.6" y="2" width="8.4" height="8.4" rx="1" fill="currentColor"/>'
        '<path d="M2 21.5c7 0 5-9 10.5-13M2 15c4 0 5.5-4.5 10-8M7.5 22c5.5 0 7-4 8.5-10" '
        'fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/></svg>'
    )


@register.simple_tag
def glyph(state: str) -> SafeString:
    """The mark of a pace, without its word."""
    return mark_safe(charts.glyph(state))  # noqa: S308 - our own drawings


@register.simple_tag
def status(state: str, word: str) -> SafeString:
    return format_html('<span class="st" data-state="{}">{}{}</span>', state, glyph(state), word)


@register.simple_tag
def confidence(figure: int) -> SafeString:
    """What the team says, 0 to 10: pips, a word and the figure."""
    step, word = {
        Belief.LOW: (1, _("Low")),
        Belief.MEDIUM: (2, _("Medium")),
        Belief.HIGH: (3, _("High")),
    }[belief(figure)]
    dots = mark_safe('<i class="on"></i>' * step + "<i></i>" * (3 - step))  # noqa: S308
    return format_html(
        '<span class="nowrap"><span class="pips" aria-hidden="true">{}</span> {} '
        '<span class="of">{}/10</span></span>',
        dots,
        word,
        figure,
    )


@register.simple_tag
def means(active: int, proposed: int = 0) -> SafeString:
    """A square for each initiative, dashed for those not yet started; the words stand beside."""
    squares = mark_safe('<i class="on"></i>' * active + '<i class="dash"></i>' * proposed)  # noqa: S308
    return format_html('<span class="pips sq" aria-hidden="true">{}</span>', squares)


@register.filter
def initials(name: str) -> str:
    """Two letters for the round badge: of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
