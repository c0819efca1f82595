"""A key result as a row: its reading, what its team says of it, and the means at work on it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.checkins.cadence import monday, weeks
from apps.checkins.models import CheckIn, KeyResultReport
from apps.initiatives.models import CHANGES, LIVE, InitiativeLink, InitiativeMove, Status
from apps.objectives import charts, scoring
from apps.objectives.charts import Lane, Timeline
from apps.objectives.components import amended_sentence
from apps.objectives.models import Amendment, Input, KeyResult, Measurement
from apps.objectives.readings import Reading, read
from apps.objectives.readings.summary import WELL
from apps.objectives.scoring import Belief, Kind

BEHIND = {"behind", "far-behind"}
# A goal that is behind while nobody has changed the means for so long is worth a word.
UNCHANGED = timedelta(weeks=4)
NOTES = 5


class Said(NamedTuple):
    """What a check-in says of a key result; the day is the one it was sent on."""

    day: date
    week: date
    confidence: int | None
    sentence: str
    by: str


class Noted(NamedTuple):
    day: date
    note: str


class Note(NamedTuple):
    """A numbered note at a trajectory."""

    day: date
    week: int
    text: str


class Moved(NamedTuple):
    """A move of an initiative that should move the key result."""

    pk: int
    verb: str
    at: datetime


class Bet(NamedTuple):
    status: str
    team: str


def with_all_a_row_shows(key_results: QuerySet[KeyResult]) -> QuerySet[Any]:
    """One query, however many there are."""
    this = OuterRef("pk")
    said = (
        KeyResultReport.objects.current_or_imported()
        .filter(Q(check_in=None) | Q(check_in__state=CheckIn.State.SUBMITTED), key_result=this)
        .order_by(Coalesce("check_in__week", "imported_on"))
        .values(
            json=JSONObject(
                imported_on="imported_on",
                at="check_in__first_submitted_at",
                week="check_in__week",
                confidence="confidence",
                sentence="sentence",
                by="check_in__submitted_by__name",
            )
        )
    )
    noted = (
        Measurement.objects.filter(key_result=this, superseded_by=None)
        .exclude(note="")
        .order_by("day")
        .values(json=JSONObject(day="day", note="note"))
    )
    amended = (
        Amendment.objects.filter(key_result=this)
        .exclude(field="target")  # the readings have its steps
        .order_by("at", "pk")
        .values(json=JSONObject(day="day", field="field", old="old", new="new"))
    )
    # As at the end of the cycle, once that has come.
    last_move = InitiativeMove.objects.filter(
        initiative=OuterRef("initiative"),
        at__date__lte=OuterRef("key_result__objective__cycle__ends"),
    ).order_by("-at", "-pk")
    bets = (
        InitiativeLink.objects.filter(key_result=this)
        .annotate(status=Subquery(last_move.values("to_status")[:1]))
        .filter(status__in=LIVE)
        .values(json=JSONObject(status="status", team="initiative__team__name"))
    )
    in_the_cycle = (OuterRef("objective__cycle__starts"), OuterRef("objective__cycle__ends"))
    moves = (
        InitiativeMove.objects.filter(
            initiative__links__key_result=this, at__date__range=in_the_cycle
        )
        .filter(verb__in=CHANGES)
        .order_by("at")
        .values(json=JSONObject(pk="pk", verb="verb", at="at"))
    )
    voices = (
        Input.objects.standing()
        .filter(objective=OuterRef("objective"))
        .order_by()
        .values("objective")
        .annotate(people=Count("author", distinct=True))
        .values("people")
    )
    in_order = key_results.order_by("objective__position", "objective", "position", "pk")
    return in_order.for_rows().annotate(  # type: ignore[attr-defined]
        said=ArraySubquery(said),
        noted=ArraySubquery(noted),
        amended=ArraySubquery(amended),
        bets=ArraySubquery(bets),
        moves=ArraySubquery(moves),
        voices=Subquery(voices),
    )


def _said(report: dict[str, Any]) -> Said:
    if report["imported_on"]:
        day = date.fromisoformat(report["imported_on"])
        return Said(day, monday(day), report["confidence"], sentence="", by="")
    return Said(
        day=timezone.localdate(datetime.fromisoformat(report["at"])),
        week=date.fromisoformat(report["week"]),
        confidence=report["confidence"],
        sentence=report["sentence"],
        by=report["by"],
    )


@dataclass(frozen=True)
class Row:
    key_result: KeyResult
    reading: Reading
    said: list[Said]
    noted: list[Noted]
    bets: list[Bet]
    moves: list[Moved]
    people_heard: int

    @classmethod
    def of(cls, found: Any, *, today: date) -> "Row":
        """From a key result of with_all_a_row_shows()."""
        return cls(
            key_result=found,
            reading=read(found, today=today),
            said=[_said(report) for report in found.said],
            noted=[
                *(Noted(date.fromisoformat(n["day"]), n["note"]) for n in found.noted),
                *(
                    Noted(
                        date.fromisoformat(a.pop("day")),
                        amended_sentence(Amendment(key_result=found, **a)),
                    )
                    for a in found.amended
                ),
            ],
            bets=[Bet(**b) for b in found.bets],
            moves=[Moved(m["pk"], m["verb"], datetime.fromisoformat(m["at"])) for m in found.moves],
            people_heard=found.voices or 0,
        )

    @property
    def state(self) -> str:
        return self.reading.state

    @property
    def is_well(self) -> bool:
        return self.state in WELL

    @cached_property
    def _beliefs(self) -> list[int]:
        return [said.confidence for said in self.said if said.confidence is not None]

    @property
    def confidence(self) -> int | None:
        return self._beliefs[-1] if self._beliefs else None

    @property
    def confidence_before(self) -> int | None:
        return self._beliefs[-2] if len(self._beliefs) > 1 else None

    @property
    def last_word(self) -> Said | None:
        """The newest sentence of the team."""
        return next((said for said in reversed(self.said) if said.sentence), None)

    @property
    def disagrees(self) -> bool:
        """The number says one thing and the team another; never averaged, so it is said."""
        if self.confidence is None:
            return False
        belief = scoring.belief(self.confidence)
        return (self.state in BEHIND and belief == Belief.HIGH) or (
            self.state in WELL and belief == Belief.LOW
        )

    def means_rest(self, today: date) -> bool:
        """Nobody changed the means for four weeks of the cycle: whole days, the organisation's."""
        since, cycle = today - UNCHANGED, self.reading.cycle
        return (
            cycle.starts <= since
            and today <= cycle.ends
            and not any(timezone.localdate(move.at) > since for move in self.moves)
        )

    @cached_property
    def notes(self) -> list[Note]:
        """What was written beside its numbers, and its amendments: the latest ones, by day."""
        words = [(noted.day, noted.note) for noted in self.noted] + [
            (
                step.since,
                _("The target was amended from %(old)s to %(new)s.")
                % {
                    "old": self.reading.write(before.target),
                    "new": self.reading.write(step.target),
                },
            )
            for before, step in pairwise(self.reading.steps)
        ]
        cycle = self.reading.cycle
        by_day: dict[date, list[str]] = {}
        for day, text in sorted(words):
            if cycle.starts <= day <= self.reading.today:
                by_day.setdefault(day, []).append(text)
        notes = [
            Note(day, self.reading.week_of(day), " ".join(texts)) for day, texts in by_day.items()
        ]
        return notes[-NOTES:]

    @property
    def trajectory(self) -> SafeString:
        """Of what moves; what holds has its limits drawn."""
        if self.reading.holds:
            return self.reading.guardrail()
        return self.reading.trajectory(notes=[note.day for note in self.notes])

    @property
    def weeks(self) -> str:
        """What the drawings of a row stretch over."""
        cycle = self.reading.cycle
        n = len(weeks(cycle.starts, cycle.ends))
        return ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}

    @property
    def goal_text(self) -> str:
        """Where it should get to, or what it should hold."""
        reading = self.reading
        if reading.holds:
            return reading.target_text
        if reading.target is None:
            return reading.gap_words
        if reading.kind == Kind.STAGES:
            return _("up to %(target)s") % {"target": reading.target_text}
        return _("of %(target)s") % {"target": reading.target_text}

    @property
    def by(self) -> str:
        """Who reports it, and who else works on it."""
        teams = list(dict.fromkeys([self.key_result.team.name, *(bet.team for bet in self.bets)]))
        if len(teams) > 3:
            words = _("%(first)s, %(second)s and %(n)d more") % {
                "first": teams[0], "second": teams[1], "n": len(teams) - 2,
            }  # fmt: skip
        else:
            words = ", ".join(teams)
        if self.reading.was_text:
            return _("%(teams)s · target was %(target)s") % {
                "teams": words, "target": self.reading.was_text,
            }  # fmt: skip
        return words

    @cached_property
    def _bets(self) -> Counter[str]:
        return Counter(bet.status for bet in self.bets)

    @property
    def active(self) -> int:
        return self._bets[Status.ACTIVE]

    @property
    def not_active(self) -> int:
        return self._bets[Status.PROPOSED] + self._bets[Status.PAUSED]

    @property
    def means(self) -> str:
        active, proposed, paused = (
            self._bets[status] for status in (Status.ACTIVE, Status.PROPOSED, Status.PAUSED)
        )
        counts = [
            (active, ngettext("%(n)d active", "%(n)d active", active)),
            (proposed, ngettext("%(n)d proposed", "%(n)d proposed", proposed)),
            (paused, ngettext("%(n)d paused", "%(n)d paused", paused)),
        ]
        told = ", ".join(words % {"n": n} for n, words in counts if n)
        return told or (_("none") if self.reading.is_over else _("none yet"))


def drawn_lanes(lanes: list[Lane], row: Row) -> SafeString:
    """The means at work on it, on the clock of its trajectory; nothing where there are none."""
    if not lanes:
        return SafeString()
    cycle, today = row.reading.cycle, row.reading.today
    told = "; ".join(f"{lane.title}, {lane.words}" for lane in lanes)
    label = _("Initiatives on this key result: %(initiatives)s") % {"initiatives": told}
    drawing = charts.lanes(lanes, Timeline(cycle.starts, cycle.ends, today), label=label)
    return mark_safe(drawing)  # noqa: S308 - our own drawing


def changes(rows: Iterable[Row], *, today: date) -> str:
    """What became of the means at work on these, in one line; nothing where there are none."""
    rows = list(rows)
    verbs = Counter(verb for _pk, verb, _at in {move for row in rows for move in row.moves})
    told = [
        (verbs["swap"], ngettext("%(n)d swapped", "%(n)d swapped", verbs["swap"])),
        (verbs["kill"], ngettext("%(n)d killed", "%(n)d killed", verbs["kill"])),
        (verbs["finish"], ngettext("%(n)d finished", "%(n)d finished", verbs["finish"])),
        (verbs["start"], ngettext("%(n)d started", "%(n)d started", verbs["start"])),
    ]
    words = [text % {"n": n} for n, text in told if n][:2]
    if rows and all(row.means_rest(today) for row in rows):
        return _("Means: none changed for 4 weeks")
    if words:
        return _("Means: %(changes)s this cycle") % {"changes": ", ".join(words)}
    return ""
