from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.alignment.models import PulseAsked
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose


def _asked(whose: Whose) -> QuerySet[PulseAsked]:
    return PulseAsked.objects.waiting_for(whose.user).filter(round__until__gte=whose.today)


def _to_answer(row: dict[str, Any], whose: Whose) -> Waiting:
    until = date.fromisoformat(row["until"])
    return Waiting(
        day=until,
        due=days.due(until, whose.today),
        title=_("%(team)s: the pulse, four short questions") % {"team": row["team"]},
        text=_("Open until %(day)s. Nobody sees what you answer.") % {"day": days.in_full(until)},
        url=reverse("alignment:answer_pulse", args=[row["slug"]]),
        verb=_("Answer"),
    )


KINDS = [
    Kind(
        "pulse",
        _asked,
        {"until": "round__until", "team": "tally__team__name", "slug": "tally__team__slug"},
        _to_answer,
    )
]
