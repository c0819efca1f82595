"""What became of the means of a cycle, in figures: for a team or for everyone, never a ranking.

Days and words in, numbers out; knows neither Django nor the clock.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from statistics import median
from typing import NamedTuple


class Ran(NamedTuple):
    """An initiative that was started; `end` is done, killed or swapped, empty while it runs."""

    started: date
    ended: date | None
    end: str
    has_learning: bool
    was_opened: bool  # its learning, by another team


class Tally(NamedTuple):
    """`ran`: those that were under way on some day of the cycle; the rest is of these."""

    ran: int
    swapped: int
    killed: int
    ended: int
    learned: int  # ended with a learning
    opened: int  # … that another team opened
    days_to_kill: Decimal | None
    verdicts: dict[str, int]

    @property
    def changed_per_started(self) -> Decimal | None:
        """Swaps and kills per started initiative."""
        return Decimal(self.swapped + self.killed) / self.ran if self.ran else None

    @property
    def judged(self) -> int:
        return sum(self.verdicts.values())

    @property
    def opened_share(self) -> Decimal | None:
        """Of all that ended, with a learning or not."""
        return Decimal(self.opened) / self.ended if self.ended else None


def tally(initiatives: Iterable[Ran], verdicts: Iterable[str], *, first: date, last: date) -> Tally:
    """Of the days from first to last. What ended later counts as under way."""
    ran = [
        one
        for one in initiatives
        if one.started <= last and (one.ended is None or one.ended >= first)
    ]
    ended = [one for one in ran if one.ended is not None and one.ended <= last]
    ends = Counter(one.end for one in ended)
    days = [(one.ended - one.started).days for one in ended if one.end == "killed" and one.ended]
    return Tally(
        ran=len(ran),
        swapped=ends["swapped"],
        killed=ends["killed"],
        ended=len(ended),
        learned=sum(one.has_learning for one in ended),
        opened=sum(one.has_learning and one.was_opened for one in ended),
        days_to_kill=Decimal(str(median(days))) if days else None,
        verdicts=dict(Counter(verdicts)),
    )
