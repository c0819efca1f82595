"""All kinds of waiting things of one person, in one query, however many kinds there are."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from apps.notices.waiting import (
    abandoned,
    alignment,
    bets,
    decisions,
    helps,
    inputs,
    objections,
    pulse,
    reports,
    reviews,
)
from apps.notices.waiting.item import Kind, Waiting, Whose
from apps.organisation.models import User

KINDS: list[Kind] = [
    *inputs.KINDS,
    *bets.KINDS,
    *helps.KINDS,
    *objections.KINDS,
    *alignment.KINDS,
    *reports.KINDS,
    *decisions.KINDS,
    *pulse.KINDS,
    *abandoned.KINDS,
    *reviews.KINDS,
]


def gather(whose: Whose, kinds: Sequence[Kind] = KINDS) -> list[Waiting]:
    asked = {
        f"kind_{place}": ArraySubquery(
            kind.find(whose).order_by("pk").values(json=JSONObject(**kind.columns))
        )
        for place, kind in enumerate(kinds)
    }
    found = User.objects.filter(pk=whose.user.pk).values(**asked)[0]
    told = (
        kind.tell(row, whose)
        for place, kind in enumerate(kinds)
        for row in found[f"kind_{place}"] or []  # NULL, where nothing can be found at all
    )
    return [waiting for waiting in told if waiting is not None]
