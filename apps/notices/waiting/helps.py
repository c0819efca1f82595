from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.checkins.models import HelpRequest
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose


def _asked_of(whose: Whose) -> QuerySet[HelpRequest]:
    """Whoever leads above may answer as well; it waits for the one who was asked."""
    return HelpRequest.objects.open().filter(asked=whose.user)


def _to_answer(row: dict[str, Any], whose: Whose) -> Waiting:
    by_when = date.fromisoformat(row["by_when"])
    return Waiting(
        day=by_when,
        due=days.due(by_when, whose.today),
        title=_("%(name)s (%(team)s) asks you for help") % {"name": row["by"], "team": row["team"]},
        text=_("“%(text)s”") % {"text": row["text"]},
        url=reverse("checkins:help", args=[row["pk"]]),
        verb=_("Answer"),
        opens_here=True,
    )


KINDS = [
    Kind(
        "help to answer",
        _asked_of,
        {"pk": "pk", "by_when": "by_when", "text": "text", "by": "raised_by__name",
         "team": "team__name"},
        _to_answer,
    )
]  # fmt: skip
