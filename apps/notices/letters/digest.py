"""Monday's digest: the Overview in a sentence, and what needs its reader."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.checkins.models import HelpRequest
from apps.notices.glances import glances
from apps.notices.letters.letter import Desk, Letter, Part
from apps.notices.needs import Need, needs_of
from apps.notices.overview import lead_of, that_count_in
from apps.notices.rows import Row, with_all_a_row_shows
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.readings import situation
from apps.organisation.models import OutboxMessage, User


def digest(message: OutboxMessage, desk: Desk) -> Letter | None:
    """Of the week in which it goes out; a later one would tell of another."""
    person, cycle = message.person, desk.cycle
    assert person and message.week  # noqa: S101, PT018 - to a person, for a week
    if cycle is None or (desk.today - message.week).days >= 7:
        return None
    rows = _rows(desk, cycle)
    strong, exceptions = lead_of(rows, cycle=cycle, today=desk.today)
    counts = situation([row.reading for row in rows])
    needs = _needs(person, rows, desk, cycle)
    return Letter(
        subject=" ".join(filter(None, [strong, exceptions])),
        lines=[
            *filter(None, [strong, exceptions]),
            *([", ".join(f"{n} {word}" for _state, word, n in counts)] if counts else []),
            *([_("What needs you:")] if needs else [_("Nothing needs you.")]),
        ],
        parts=[Part(need.title, [need.text], need.url) for need in needs],
        url=reverse("dashboards:overview"),
        verb=_("See how things stand"),
    )


def _rows(desk: Desk, cycle: Cycle) -> list[Row]:
    """The same for all who read that language: everyone reads every committed goal."""
    language = str(get_language())
    if language not in desk.overviews:
        wanted = KeyResult.objects.filter(that_count_in(cycle))
        desk.overviews[language] = glances(wanted, desk.cycles, today=desk.today)
    return desk.overviews[language]


def _needs(person: User, rows: list[Row], desk: Desk, cycle: Cycle) -> list[Need]:
    helps = HelpRequest.objects.open().filter(asked=person).for_rows()
    found = needs_of(
        person,
        helps=list(helps),
        rows=rows if cycle.is_open and desk.today <= cycle.ends else [],
        today=desk.today,
        everything=False,
    )
    picked = Q(pk__in=[row.key_result.pk for row in found.rows])
    whole = with_all_a_row_shows(KeyResult.objects.filter(picked))
    return found.told({row.pk: Row.of(row, today=desk.today) for row in whole})
