"""A check-in as everybody reads it: as it stands, or as it was before it was sent anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from apps.checkins.asked import write
from apps.checkins.models import InitiativeReport, KeyResultReport
from apps.checkins.sheet import Sheet


@dataclass(frozen=True)
class AsSent:
    """What a check-in says of a key result, for those who read it."""

    report: KeyResultReport

    @property
    def number(self) -> str:
        measurement = self.report.measurement
        return write(self.report.key_result, measurement.value) if measurement else ""

    @property
    def is_corrected(self) -> bool:
        """On the page of the key result, after the check-in was sent."""
        measurement = self.report.measurement
        return measurement is not None and hasattr(measurement, "superseded_by")


class Sent(NamedTuple):
    """One revision: who sent it when, and why anew, once its week was over."""

    revision: int
    by: str
    at: datetime
    in_the_way: str
    reason: str


@dataclass(frozen=True)
class AsRead:
    sheet: Sheet
    sendings: list[Sent]
    sending: Sent
    key_results: list[AsSent]
    initiatives: list[InitiativeReport]

    @classmethod
    def of(cls, sheet: Sheet, revision: int | None = None) -> "AsRead":
        """The last one, where no revision is named."""
        check_in, sendings = sheet.check_in, cls.sendings_of(sheet)
        number = revision or check_in.revision
        sending = next(sending for sending in sendings if sending.revision == number)
        reports = check_in.key_results.filter(revision=number).for_reading()
        words = check_in.initiatives.filter(revision=number)
        return cls(
            sheet,
            sendings,
            sending,
            [AsSent(report) for report in reports],
            list(words.select_related("initiative").order_by("pk")),
        )

    @staticmethod
    def sendings_of(sheet: Sheet) -> list[Sent]:
        """The last one first."""
        return [
            Sent(**sent | {"at": datetime.fromisoformat(sent["at"])})
            for sent in sheet.check_in.sent
        ]

    @property
    def is_current(self) -> bool:
        return self.sending.revision == self.sheet.check_in.revision

    @property
    def others(self) -> list[Sent]:
        return [sending for sending in self.sendings if sending != self.sending]
