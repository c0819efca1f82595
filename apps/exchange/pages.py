"""What the pages of import show of a plan."""

from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.exchange.plan import KeyResult, Objective, Plan
from apps.exchange.problems import Problem
from apps.exchange.words import expected
from apps.objectives.figures import MOST_DECIMALS, write_value

OBJECTIVES_SHOWN = 12
PROBLEMS_A_PAGE = 200


class Told(NamedTuple):
    """A problem as a row of a table."""

    problem: Problem
    expected: str


@dataclass(frozen=True)
class Preview:
    plan: Plan
    page: str

    def _told(self, problems: list[Problem]) -> Any:
        page: Any = Paginator(problems, PROBLEMS_A_PAGE).get_page(self.page)
        page.object_list = [Told(problem, expected(problem)) for problem in page]
        return page

    @property
    def errors(self) -> Any:
        return self._told(self.plan.errors)

    @property
    def warnings(self) -> Any:
        return self._told(self.plan.warnings)

    @property
    def added(self) -> list[str]:
        return in_words(self.plan.counts)

    @property
    def gaps(self) -> list[str]:
        """What will be shown as missing, and may be filled in."""
        all_of, gaps = len(self.plan.key_results), self.plan.gaps
        counted = [
            (gaps["baseline"], ngettext("%(n)d has no start value", "%(n)d have no start value",
                                        gaps["baseline"])),
            (gaps["target"], ngettext("%(n)d has no target", "%(n)d have no target",
                                      gaps["target"])),
            (gaps["kind"], ngettext("of %(n)d it is not said what it should do",
                                    "of %(n)d it is not said what they should do", gaps["kind"])),
        ]  # fmt: skip
        return [words % {"n": n} for n, words in counted if n and all_of]

    @property
    def objectives(self) -> list[tuple[Objective, list[tuple[KeyResult, str]]]]:
        """The first ones, with their key results, as they will arrive."""
        shown = islice(self.plan.objectives, OBJECTIVES_SHOWN)
        return [(one, [(kr, way(kr)) for kr in one.key_results.values()]) for one in shown]

    @property
    def more(self) -> int:
        return max(0, len(self.plan.objectives) - OBJECTIVES_SHOWN)


def way(key_result: KeyResult) -> str:
    """“from 52% to 65%”, or what is missing of it."""
    if key_result.stages:
        return _("three stages")
    start, target = (
        write_value(number, key_result.unit, MOST_DECIMALS, str(get_language()))
        if number is not None
        else ""
        for number in (key_result.baseline, key_result.target)
    )
    match start, target:
        case "", "":
            return _("start value and target missing")
        case "", _target:
            return _("to %(target)s, start value missing") % {"target": target}
        case _start, "":
            return _("from %(start)s, no target") % {"start": start}
    return _("from %(start)s to %(target)s") % {"start": start, "target": target}


def in_words(counts: dict[str, int]) -> list[str]:
    """“106 teams”, “553 key results”, without what there is none of."""
    n = {name: counts.get(name, 0) for name in NAMES}
    words = [
        (n["teams"], ngettext("%(n)d team", "%(n)d teams", n["teams"])),
        (n["cycles"], ngettext("%(n)d cycle", "%(n)d cycles", n["cycles"])),
        (n["objectives"], ngettext("%(n)d objective", "%(n)d objectives", n["objectives"])),
        (n["key_results"], ngettext("%(n)d key result", "%(n)d key results", n["key_results"])),
        (n["initiatives"], ngettext("%(n)d initiative", "%(n)d initiatives", n["initiatives"])),
        (n["measurements"], ngettext("%(n)d value", "%(n)d values", n["measurements"])),
        (n["confidences"], ngettext("%(n)d confidence", "%(n)d confidences", n["confidences"])),
    ]
    return [text % {"n": count} for count, text in words if count]


NAMES = (
    "teams", "cycles", "objectives", "key_results", "initiatives", "measurements", "confidences",
)  # fmt: skip
