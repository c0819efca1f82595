"""What was tried before and reads alike, while one types a proposal: by trigrams, of all teams.

docs/decisions/already-tried.md says how the words are weighed, and why the threshold is there.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import add, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Upper

from apps.initiatives.models import Initiative
from apps.initiatives.models.texts import TRIED
from apps.organisation.models import User

SHOWN = 3
# Of all that was typed, weighed by length, so much recurs in what was tried.
ALIKE = 0.4
LIKELY = 60
# Long words say what a bet is about; of a title and of a hypothesis so many are compared.
MOST_WORDS, SHORTEST = 6, 4


def long_words(text: str) -> list[str]:
    found = {word.lower(): word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST}
    return sorted(found.values(), key=len, reverse=True)[:MOST_WORDS]


def already_tried(user: User, *, title: str, hypothesis: str = "") -> "QuerySet[Initiative]":
    """Up to three, the most alike first. One query; none where too little was typed.

    To compare costs forty times what it costs to look for a part of a word. So what holds most
    parts of the words is found first, and only that is compared.
    """
    words = long_words(title)
    if not words:
        return Initiative.objects.none()
    likely = (
        Initiative.objects.visible_to(user)
        .learnt()
        .annotate(tried=TRIED)
        .filter(reduce(or_, [_holds(word) for word in words]))
        .annotate(
            held=reduce(
                add,
                [
                    Case(When(_holds(word), then=Value(len(word))), default=Value(0))
                    for word in words
                ],
            )
        )
        .order_by("-held", "-ended_at", "-pk")
    )
    return (
        Initiative.objects.filter(pk__in=likely.values("pk")[:LIKELY])
        .annotate(tried=TRIED)
        .annotate(alike=_alike(words, long_words(hypothesis)))
        .filter(alike__gte=ALIKE)
        .select_related("team")
        .order_by("-alike", "-ended_at", "-pk")[:SHOWN]
    )


def _holds(word: str) -> Q:
    """Its beginning or its end: another ending, half of a compound or a slip in the other half
    still finds."""
    most = max(SHORTEST, round(len(word) * 0.6))
    return Q(tried__contains=Upper(Value(word[:most]))) | Q(
        tried__contains=Upper(Value(word[-most:]))
    )


def _alike(words: Sequence[str], more: Sequence[str]) -> CombinedExpression:
    """The mean of how well each word recurs, weighed by length; the title decides, and a
    hypothesis that agrees with it lifts."""
    score = _mean(words)
    return score if not more else score * Value(0.8) + _mean(more) * Value(0.2)


def _mean(words: Sequence[str]) -> CombinedExpression:
    parts = [TrigramWordSimilarity(word, "tried") * Value(float(len(word))) for word in words]
    whole = float(sum(len(word) for word in words))
    return reduce(add, parts) / Value(whole, output_field=FloatField())
