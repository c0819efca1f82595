"""What was expected of an initiative, and what its key results did while it ran.

Before and after is not proof, so every sentence about it says that there may be other causes.
Needs links with their key results' `series`: InitiativeQuerySet.for_cards().
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.initiatives.models import Initiative, InitiativeLink
from apps.objectives.figures import MOST_DECIMALS, write_number, write_value
from apps.objectives.models import KeyResult
from apps.objectives.units import UnitKind
from apps.objectives.values import written


def write_change(change: Decimal, key_result: KeyResult, decimals: int) -> str:
    """A signed difference in the key result's own unit; per cent differ by points."""
    language, unit = str(get_language()), key_result.unit_beside(change)
    sign = "+" if change > 0 else ""
    if unit == "%":
        figure = sign + write_number(change, decimals, language)
        many = 1 if abs(change) == 1 else 2
        return ngettext("%(figure)s point", "%(figure)s points", many) % {"figure": figure}
    if key_result.unit_kind == UnitKind.SCORE:  # a difference isn't of 10
        return sign + write_number(change, decimals, language)
    if key_result.unit_kind == UnitKind.MONEY:
        decimals = min(decimals, 2)
    return sign + write_value(change, unit, decimals, language)


@dataclass(frozen=True)
class Effect:
    link: InitiativeLink
    begun: date | None
    until: date

    @property
    def key_result(self) -> KeyResult:
        return self.link.key_result

    @property
    def expected(self) -> str:
        if self.link.expected_effect is None:
            return ""
        return write_change(self.link.expected_effect, self.key_result, MOST_DECIMALS)

    @cached_property
    def _values(self) -> list[tuple[date, Decimal]]:
        return [
            (date.fromisoformat(entry["day"]), Decimal(entry["value"]))
            for entry in self.link.series
        ]

    @cached_property
    def before(self) -> Decimal | None:
        """Where the key result stood when this began."""
        if self.begun is None:
            return None
        earlier = [value for day, value in self._values if day <= self.begun]
        return earlier[-1] if earlier else self.key_result.baseline

    @cached_property
    def after(self) -> Decimal | None:
        """The last value while it ran."""
        if self.begun is None:
            return None
        seen = [value for day, value in self._values if self.begun < day <= self.until]
        return seen[-1] if seen else None

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def change_text(self) -> str:
        """ "+1.9"; "none" where nothing moved; empty where there is no number to go by."""
        if self.change is None:
            return ""
        figure = write_number(self.change, self.key_result.decimals, str(get_language()))
        if figure == "0":
            return _("none")
        return f"+{figure}" if self.change > 0 else figure

    @property
    def way(self) -> str:
        """ "55.6% → 56.4%" """
        if self.before is None or self.after is None:
            return ""
        return f"{self._write(self.before)} → {self._write(self.after)}"

    def _write(self, value: Decimal) -> str:
        return written(self.key_result, value)

    @property
    def expectation(self) -> str:
        words = {"expected": self.expected}
        if self.link.by_when:
            words["day"] = date_format(self.link.by_when, "MONTH_DAY_FORMAT")
        if self.expected and self.link.by_when:
            return _("Expected: %(expected)s by %(day)s") % words
        if self.expected:
            return _("Expected: %(expected)s") % words
        return _("Not said by how much")

    def sentence(self, *, ended: bool) -> SafeString:
        """The line on a card: hoped for while it lives, expected and seen when it has ended."""
        words = {
            "key_result": format_html('<b lang="">{}</b>', self.key_result.title),
            "expected": self.expected,
            "change": self.change_text,
            "day": date_format(self.link.by_when, "MONTH_DAY_FORMAT") if self.link.by_when else "",
        }
        return format_html(self._pattern(ended=ended), **words)

    def _pattern(self, *, ended: bool) -> str:
        if ended:
            if self.expected and self.change_text:
                return _("Expected {expected} on {key_result}, saw {change}; other causes possible")
            if self.expected:
                return _("Expected {expected} on {key_result}; no number while it ran")
            return _("Was to move {key_result}")
        if self.expected and self.change_text:
            return _(
                "Should move {key_result} by {expected}. "
                "Since the start: {change}, other causes possible"
            )
        if self.change_text:
            return _("Should move {key_result}. Since the start: {change}, other causes possible")
        if self.expected and self.link.by_when:
            return _("Should move {key_result} by {expected}, by {day}")
        if self.expected:
            return _("Should move {key_result} by {expected}")
        return _("Should move {key_result}")


def effect_since_start(link: InitiativeLink, *, today: date) -> Effect:
    """Up to today, also where it was delivered before that."""
    started_at = link.initiative.started_at
    return Effect(link, timezone.localdate(started_at) if started_at else None, today)


def effects_of(initiative: Initiative, *, today: date) -> list[Effect]:
    begun = timezone.localdate(initiative.started_at) if initiative.started_at else None
    until = timezone.localdate(initiative.ended_at) if initiative.ended_at else today
    return [Effect(link, begun, until) for link in initiative.links.all()]
