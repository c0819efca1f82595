"""Compare the writing aid with a file of labelled lines; needs no database.

The file is a CSV with the columns text, label (outcome, output or ambiguous) and, if you
like, lang. Printed: each line that differs; the share that is right, of all lines and of those
labelled outcome or output; the share on the wrong side (an outcome read as an output, or the
other way round); precision and recall of each label; microseconds a line.
"""

import csv
import sys
from argparse import ArgumentParser
from collections import Counter
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.objectives.wording import Label, classify

RIGHT_OF_DECIDED, ON_WRONG_SIDE, EXACT = 0.90, 0.02, 0.85


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a CSV file of labelled lines")

    def handle(self, *, file: str, **options: Any) -> None:
        lines = read_lines(file)
        started = perf_counter()
        got = [classify(text) for text, _label in lines]
        microseconds = (perf_counter() - started) * 1e6 / len(lines)
        for (text, label), judgement in zip(lines, got, strict=True):
            if judgement.label != label:
                self.stdout.write(
                    f"{label}, read as {judgement.label} by {judgement.rule}"
                    f" (“{judgement.evidence}”): {text}"
                )
        pairs = [(label, j.label) for (_text, label), j in zip(lines, got, strict=True)]
        shares = Shares(pairs)
        self.stdout.write(shares.in_words())
        self.stdout.write(f"{microseconds:.0f} microseconds a line")
        if not shares.is_good_enough:
            sys.exit(1)


class Shares:
    """What came out, from (label, read as) pairs."""

    def __init__(self, pairs: list[tuple[Label, Label]]) -> None:
        self.of = len(pairs)
        self.count = Counter(pairs)
        decided = [pair for pair in pairs if pair[0] != Label.AMBIGUOUS]
        self.exact = _share(sum(label == got for label, got in pairs), self.of)
        self.decided = _share(sum(label == got for label, got in decided), len(decided))
        opposite = {Label.OUTCOME, Label.OUTPUT}
        self.wrong_side = _share(sum({*pair} == opposite for pair in pairs), self.of)

    @property
    def is_good_enough(self) -> bool:
        return (
            self.decided >= RIGHT_OF_DECIDED
            and self.wrong_side <= ON_WRONG_SIDE
            and self.exact >= EXACT
        )

    def in_words(self) -> str:
        rows = [
            f"{self.of} lines",
            f"{self.decided:.1%} of those labelled outcome or output right",
            f"{self.wrong_side:.1%} on the wrong side",
            f"{self.exact:.1%} right on all three labels",
        ]
        for label in Label:
            right = self.count[label, label]
            precision = _share(right, sum(self.count[other, label] for other in Label))
            recall = _share(right, sum(self.count[label, other] for other in Label))
            rows.append(f"{label}: precision {precision:.1%}, recall {recall:.1%}")
        return "\n".join(rows)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def read_lines(file: str) -> list[tuple[str, Label]]:
    try:
        with open(file, encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{file} is not a CSV in UTF-8: {error}.") from error
    if not rows or not {"text", "label"} <= rows[0].keys():
        raise CommandError(f"{file} needs the columns text and label, and at least one line.")
    for place, row in enumerate(rows, 2):
        if row["label"] not in set(Label):
            raise CommandError(
                f"{file}, line {place}: the label is {row['label']!r}; it must be one of "
                f"{', '.join(Label)}."
            )
    return [(row["text"], Label(row["label"])) for row in rows]
