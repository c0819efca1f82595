from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.initiatives.models import Objection
from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose


def _unanswered(whose: Whose) -> QuerySet[Objection]:
    """Of the teams one works in: until the team has answered or met it, or it lapses."""
    ours = Objection.objects.filter(initiative__team__in=whose.user.standing.works_in)
    return ours.open(whose.today).unanswered()


def _answer(row: dict[str, Any], whose: Whose) -> Waiting:
    raised = _day(row["at"])
    page = reverse(
        "initiatives:initiative",
        args=[row["initiative"], slugify(row["title"][:80]) or "initiative"],
    )
    return Waiting(
        day=raised,
        due=days.said(raised, whose.today),
        title=_("%(name)s objects to “%(title)s”") % {"name": row["by"], "title": row["title"]},
        text=_("“%(reason)s” It cites: %(constraint)s. It stops nothing by itself.")
        % {"reason": row["reason"], "constraint": row["constraint"]},
        url=f"{page}#objection-{row['pk']}",
        verb=_("Answer"),
    )


def _day(instant: str) -> date:
    return timezone.localdate(datetime.fromisoformat(instant))


KINDS = [
    Kind(
        "objection to answer",
        _unanswered,
        {"pk": "pk", "at": "raised_at", "reason": "reason", "by": "raised_by__name",
         "initiative": F("initiative"), "title": "initiative__title",
         "constraint": "constraint__sentence"},
        _answer,
    )
]  # fmt: skip
