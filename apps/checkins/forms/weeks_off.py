from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.checkins.cadence import WEEK, monday
from apps.checkins.fields import span
from apps.organisation.models import Team
from apps.organisation.widgets import Ticks
from apps.organisation.writes import VersionedForm

WEEKS_AHEAD = 14


class WeeksOffForm(VersionedForm):
    weeks = forms.TypedMultipleChoiceField(
        label=gettext_lazy("In which weeks is the team away?"),
        required=False,
        coerce=date.fromisoformat,
        widget=Ticks(),
        error_messages={"invalid_choice": gettext_lazy("Choose weeks that are not over yet.")},
    )

    def __init__(self, data: Any = None, *, team: Team, today: date, off: Iterable[date]) -> None:
        super().__init__(data, version=team.version)
        this_week = monday(today)
        to_come = [this_week + WEEK * n for n in range(WEEKS_AHEAD)]
        self.fields["weeks"].choices = [(week.isoformat(), span(week)) for week in to_come]  # type: ignore[attr-defined]
        self.initial["weeks"] = [week.isoformat() for week in off]
