"""How numbers, days, stages and cycles are written in a list. Knows nothing of Django."""

import re
from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from apps.objectives.figures import LONGEST, MOST_DECIMALS, read_number
from apps.objectives.scoring import STAGES

ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
# Neither a slip of the pen (0203-07-01) nor the end of time.
YEARS = range(1900, 2101)

ZONES = dict(zip(["FAIL", "COMMIT", "TARGET", "STRETCH"], STAGES.values(), strict=True))
STAGES_SAID = re.compile(r"Commit: (.+?) \| Target: (.+?) \| Stretch: (.+)", re.DOTALL)

CYCLE = re.compile(
    r"(?P<fiscal>FY)?(?P<year>[0-9]{4}|(?<=FY)[0-9]{2})(?:[ -]?(?P<part>[QH])(?P<n>[1-4]))?",
    re.IGNORECASE,
)
CYCLE_TURNED = re.compile(r"(?P<part>[QH])(?P<n>[1-4])[ -/]?(?P<year>[0-9]{4})", re.IGNORECASE)
MONTHS = {"Q": 3, "H": 6, None: 12}


class Days(NamedTuple):
    starts: date
    ends: date
    is_guessed: bool


def read_figure(text: str, language: str) -> tuple[Decimal, bool]:
    """The number, and whether it had to be rounded to be stored. Raises NumberError."""
    number = read_number(text, language, decimals=LONGEST)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        return number.quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_UP), True
    return number, False


def read_day(text: str) -> date | None:
    """2024-04-16 or 16.4.2024; None for anything else."""
    if found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := GERMAN_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def read_cycle(name: str) -> Days | None:
    """The days of 2024, 2024-H1, 2024-Q2, Q2 2024; None where the name does not say them.

    On which day a fiscal year begins only its organisation knows: FY20-Q4 is taken as the
    fourth quarter of 2020, and marked as a guess.
    """
    found = CYCLE.fullmatch(name) or CYCLE_TURNED.fullmatch(name)
    if found is None:
        return None
    said = found.groupdict()
    year, part = int(said["year"]), (said["part"] or "").upper() or None
    if len(said["year"]) == 2:
        year += 2000
    months, n = MONTHS[part], int(said["n"] or 1)
    if n * months > 12 or year not in YEARS:
        return None
    last = n * months
    return Days(
        starts=date(year, last - months + 1, 1),
        ends=date(year, last, monthrange(year, last)[1]),
        is_guessed=said.get("fiscal") is not None,
    )


def read_stages(metric: str) -> tuple[str, str, str] | None:
    """“Commit: … | Target: … | Stretch: …”"""
    found = STAGES_SAID.fullmatch(metric)
    return (found[1].strip(), found[2].strip(), found[3].strip()) if found else None


def write_stages(commit: str, target: str, stretch: str) -> str:
    return f"Commit: {commit} | Target: {target} | Stretch: {stretch}"


def write_figure(number: Decimal | None) -> str:
    """With a decimal point, and no digit more than it has."""
    return "" if number is None else format(number.normalize() + 0, "f")
