"""What of a team's board one wants to see, as an address says it.

A number that is none asks for nothing; a cycle that there is not is not found.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404

from apps.initiatives.boards import COLUMNS, EVER, Choice
from apps.initiatives.models import Initiative, InitiativeLink
from apps.objectives.models import Cycle
from apps.organisation.models import Team

MOST_DIGITS = 18  # of a number that a row can have
MOST_OF_A_PAGE = 9


def read_choice(said: Mapping[str, str], cycles: Sequence[Cycle]) -> Choice:
    """By default of the cycle that is nearest."""
    by_slug = {cycle.slug: cycle for cycle in cycles}
    nearest, named = cycles[0] if cycles else None, said.get("cycle", "")
    if named and named != EVER and named not in by_slug:
        raise Http404
    pages = {column: number_in(said, column, digits=MOST_OF_A_PAGE) for column in COLUMNS}
    return Choice(
        key_result=number_in(said, "key_result"),
        person=number_in(said, "person"),
        cycle=by_slug.get(named, nearest),
        ever=named == EVER,
        pages={column: page for column, page in pages.items() if page},
    )


def number_in(said: Mapping[str, str], name: str, *, digits: int = MOST_DIGITS) -> int | None:
    """Above 0, and no longer than that."""
    text = said.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) or None if is_number else None


def with_choices(teams: QuerySet[Team]) -> QuerySet[Any]:
    """Each with `aimed_at` and `led_by`: the key results and people of its initiatives."""
    theirs = {"initiative__team": OuterRef("pk")}
    aims = InitiativeLink.objects.filter(**theirs).order_by("key_result__title", "key_result")
    leads = Initiative.objects.filter(team=OuterRef("pk"), lead__isnull=False)
    return teams.annotate(
        aimed_at=ArraySubquery(
            aims.values(json=JSONObject(pk="key_result", name="key_result__title")).distinct()
        ),
        led_by=ArraySubquery(
            leads.order_by("lead__name", "lead")
            .values(json=JSONObject(pk="lead", name="lead__name"))
            .distinct()
        ),
    )
