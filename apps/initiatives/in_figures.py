"""The figures about means, in words and small charts. Never beside another team's."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.initiatives.models import InitiativeQuerySet, LearningOpened, Verdict
from apps.initiatives.tally import Ran, Tally, tally
from apps.objectives import charts
from apps.objectives.figures import write_number, write_value
from apps.objectives.models import Cycle


class Bar(NamedTuple):
    """A share, as a drawing and as a row of the table."""

    word: str
    many: int
    of: int

    @property
    def text(self) -> str:
        return _("%(many)d of %(of)d") % {"many": self.many, "of": self.of}

    @property
    def percent(self) -> str:
        return write_value(Decimal(self.many) * 100 / self.of, "%", 0, str(get_language()))

    @property
    def drawing(self) -> SafeString:
        label = _("%(word)s: %(many)d of %(of)d") % self._asdict()
        drawn = charts.share(self.many / self.of, label=label, is_means=True)
        return mark_safe(drawn)  # noqa: S308 - our own drawing


@dataclass(frozen=True)
class Figures:
    tally: Tally

    @property
    def changes(self) -> list[Bar]:
        n = self.tally
        if not n.ran:
            return []
        return [Bar(_("Swapped"), n.swapped, n.ran), Bar(_("Killed"), n.killed, n.ran)]

    @property
    def changes_text(self) -> str:
        n = self.tally
        if n.changed_per_started is None:
            return _("No initiative ran in this cycle.")
        return ngettext(
            "One initiative ran. Swaps and kills per started initiative: %(ratio)s.",
            "%(n)d initiatives ran. Swaps and kills per started initiative: %(ratio)s.",
            n.ran,
        ) % {"n": n.ran, "ratio": self._written(n.changed_per_started, 2)}

    @property
    def days_text(self) -> str:
        days = self.tally.days_to_kill
        if days is None:
            return _("None that had started was killed.")
        return ngettext(
            "Half of those killed were killed within %(days)s day of their start.",
            "Half of those killed were killed within %(days)s days of their start.",
            2 if days != 1 else 1,
        ) % {"days": self._written(days, 1)}

    @property
    def days(self) -> str:
        """The median alone."""
        days = self.tally.days_to_kill
        return "" if days is None else self._written(days, 1)

    @property
    def verdicts(self) -> list[Bar]:
        given, judged = self.tally.verdicts, self.tally.judged
        if not judged:
            return []
        return [Bar(str(kind.label), given.get(kind, 0), judged) for kind in Verdict.Kind]

    @property
    def verdicts_text(self) -> str:
        judged = self.tally.judged
        if not judged:
            return _("No verdict was given in this cycle.")
        return ngettext("%(n)d verdict was given.", "%(n)d verdicts were given.", judged) % {
            "n": judged
        }

    @property
    def opened(self) -> list[Bar]:
        n = self.tally
        if not n.ended:
            return []
        return [
            Bar(_("With a learning"), n.learned, n.ended),
            Bar(_("With a learning that another team opened"), n.opened, n.ended),
        ]

    @property
    def opened_text(self) -> str:
        n = self.tally
        if not n.ended:
            return _("None has ended.")
        return _(
            "Of %(ended)d that ended, %(opened)d left a learning that another team opened."
        ) % {"ended": n.ended, "opened": n.opened}

    def _written(self, value: Decimal, decimals: int) -> str:
        return write_number(value, decimals, str(get_language()))


def figures_of(found: InitiativeQuerySet, cycle: Cycle) -> Figures:
    """Two queries, however many there are."""
    rows = (
        found.filter(started_at__date__lte=cycle.ends)
        .filter(Q(ended_at=None) | Q(ended_at__date__gte=cycle.starts))
        .annotate(
            opened=Exists(
                LearningOpened.objects.filter(initiative=OuterRef("pk")).exclude(
                    team=OuterRef("team")
                )
            )
        )
        .order_by()
        .values_list(TruncDate("started_at"), TruncDate("ended_at"), "status", "learning", "opened")
    )
    ran = [
        Ran(started, ended, status if ended else "", bool(learning), opened)
        for started, ended, status, learning, opened in rows
    ]
    given = Verdict.objects.filter(
        link__initiative__in=found.order_by(), at__date__range=(cycle.starts, cycle.ends)
    )
    kinds = given.values_list("kind", flat=True)
    return Figures(tally(ran, kinds, first=cycle.starts, last=cycle.ends))
