from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.checkins.models import Decision
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose


def _to_do(whose: Whose) -> QuerySet[Decision]:
    """Once the meeting has ended: until then it may still be talked about."""
    return Decision.objects.open().filter(who=whose.user, meeting__ended_at__isnull=False)


def _decided(row: dict[str, Any], whose: Whose) -> Waiting:
    by_when = date.fromisoformat(row["by_when"])
    return Waiting(
        day=by_when,
        due=days.due(by_when, whose.today),
        title=row["what"],
        text=_("Decided in the review meeting of %(team)s.") % {"team": row["team"]},
        url=reverse("checkins:finish_decision", args=[row["pk"]]),
        verb=_("Mark as done"),
        goal=row["goal"] or "",
    )


KINDS = [
    Kind(
        "decision to carry out",
        _to_do,
        {"pk": "pk", "by_when": "by_when", "what": "what", "team": "meeting__team__name",
         "goal": "key_result__title"},
        _decided,
    )
]  # fmt: skip
