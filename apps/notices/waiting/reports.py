"""Key results that a team is asked to report."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.notices import days
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.objectives.models import KeyResult, ReportRequest


def _asked_of(whose: Whose) -> QuerySet[ReportRequest]:
    return ReportRequest.objects.open().filter(asked_team__in=whose.user.standing.works_in)


def _report(row: dict[str, Any], whose: Whose) -> Waiting:
    since = timezone.localdate(datetime.fromisoformat(row["at"]))
    key_result = KeyResult(pk=row["pk"], title=row["title"])
    return Waiting(
        day=since,
        due=days.said(since, whose.today),
        title=_("%(name)s asks %(team)s to report a key result")
        % {"name": row["by"], "team": row["team"]},
        goal=key_result.title,
        text=_("“%(text)s”") % {"text": row["word"]},
        url=f"{key_result.get_absolute_url()}#reporting",
        verb=_("Answer"),
    )


KINDS = [
    Kind(
        "key result to report",
        _asked_of,
        {"pk": "key_result__pk", "title": "key_result__title", "word": "word",
         "by": "asked_by__name", "team": "asked_team__name", "at": "asked_at"},
        _report,
    ),
]  # fmt: skip
