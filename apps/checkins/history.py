"""A team's check-ins of a cycle, week by week: as dots, and as a log to read and to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.checkins import rhythm
from apps.checkins.cadence import Report, weeks
from apps.checkins.fields import span
from apps.checkins.models import CheckIn, KeyResultReport
from apps.checkins.reading import AsSent
from apps.objectives import charts
from apps.objectives.models import Cycle
from apps.organisation.models import Organisation, Team

WORDS = {
    Report.ON_TIME: gettext_lazy("week %(n)d on time"),
    Report.LATE: gettext_lazy("week %(n)d late"),
    Report.MISSED: gettext_lazy("week %(n)d missed"),
    Report.OFF: gettext_lazy("week %(n)d off"),
}
STANDS = {
    Report.ON_TIME: gettext_lazy("On time"),
    Report.LATE: gettext_lazy("Late"),
    Report.MISSED: gettext_lazy("Missed"),
    Report.OFF: gettext_lazy("Week off"),
    Report.NOT_ASKED: gettext_lazy("Not asked for"),
    Report.TO_COME: gettext_lazy("To come"),
}


def drawn(codes: Sequence[Report]) -> SafeString:
    """A line of dots, told in words as well."""
    told = [WORDS[code] % {"n": n} for n, code in enumerate(codes, 1) if code in WORDS]
    label = ", ".join(told) or _("nothing due yet")
    return mark_safe(charts.dots(codes, label=label))  # noqa: S308 - our own drawing


@dataclass(frozen=True)
class Week:
    number: int
    week: date
    stands: Report
    check_in: Any
    key_results: list[AsSent]

    @property
    def days(self) -> str:
        return span(self.week)

    @property
    def word(self) -> str:
        return str(STANDS[self.stands])

    @property
    def url(self) -> str:
        return reverse("checkins:sent", args=[self.check_in.team.slug, self.week])


@dataclass(frozen=True)
class History:
    """`weeks`: those that have begun, the latest first."""

    dots: SafeString
    weeks: list[Week]

    @classmethod
    def of(cls, team: Team, cycle: Cycle, *, organisation: Organisation, today: date) -> "History":
        """Three queries, however many weeks."""
        codes = rhythm.dots([team], cycle, organisation=organisation, today=today)[team.pk]
        mondays = weeks(cycle.starts, cycle.ends)
        sent = CheckIn.objects.submitted().filter(team=team, week__in=mondays)
        by_week = {row.week: row for row in sent.select_related("submitted_by", "team")}
        said: dict[int | None, list[AsSent]] = {}
        reports = KeyResultReport.objects.current().filter(check_in__in=sent.order_by())
        for report in reports.for_reading():
            said.setdefault(report.check_in_id, []).append(AsSent(report))
        told = [
            Week(n, week, code, check_in, said.get(check_in.pk, []) if check_in else [])
            for n, (week, code) in enumerate(zip(mondays, codes, strict=True), 1)
            for check_in in [by_week.get(week)]
            if week <= today
        ]
        return cls(drawn(codes), told[::-1])
