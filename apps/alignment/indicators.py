"""What the record shows of alignment and of autonomy, beside what people say of them.

Each indicator is a share of rows that anyone may look at: so many of so many. A team or an area
gets the mean of those of its axis that have any rows, 0 to 100; the two axes are never averaged.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.alignment.models import Backbrief, BackbriefState, Briefing
from apps.alignment.serving import works_in
from apps.initiatives.models import (
    MOVES,
    Initiative,
    InitiativeLink,
    InitiativeMove,
    Objection,
    ObjectionMove,
)
from apps.objectives.models import Amendment, Cycle, Input, KeyResult, Measurement, Objective
from apps.organisation.models import DAYS_BETWEEN_NUMBERS, Team, TeamGrant

Rows = QuerySet[Any]


class Indicator(NamedTuple):
    """find: rows of the cycle, each with `of_team`, `is_so`, `thing` (its id), `about` (words);
    of one model or of several."""

    key: str
    name: str | Promise
    find: Callable[[Cycle, date], list[Rows]]
    address: Callable[[int], str]  # of a thing, by its id


class Share(NamedTuple):
    n: int
    of: int


def _linked(cycle: Cycle, today: date) -> list[Rows]:
    committed = InitiativeLink.objects.filter(
        initiative=OuterRef("pk"),
        key_result__dropped_at=None,
        key_result__objective__state=Objective.State.COMMITTED,
    )
    live = Initiative.objects.for_cycle(cycle).live()
    return [
        live.annotate(of_team=F("team"), is_so=Exists(committed), thing=F("pk"), about=F("title"))
    ]


def _accepted(cycle: Cycle, today: date) -> list[Rows]:
    """Each team that works on a goal with a briefing, once for each such goal, in whatever ways
    it works on it."""
    ways = works_in(cycle)
    found = []
    for place, (rows, team, goal) in enumerate(ways):
        this: dict[str, Any] = {"team": OuterRef(team), "objective": OuterRef(goal)}
        briefed = Briefing.objects.issued().filter(objective=this["objective"])
        accepted = Backbrief.objects.filter(state=BackbriefState.ACCEPTED, **this)
        told = [
            other.filter(**{others: this["team"], others_goal: this["objective"]})
            for other, others, others_goal in ways[: place + 1]
        ]
        told[place] = told[place].filter(pk__lt=OuterRef("pk"))
        once = rows.filter(Exists(briefed), *(~Exists(other) for other in told))
        found.append(
            once.annotate(
                of_team=F(team), is_so=Exists(accepted), thing=F(goal), about=F(f"{goal}__title")
            )
        )
    return found


def _fresh(cycle: Cycle, today: date) -> list[Rows]:
    """A value no older than twice the team's rhythm, at the end of the cycle where it is over."""
    day = min(today, cycle.ends)
    oldest = Case(
        *(
            When(team__rhythm=rhythm, then=Value(day - timedelta(days=2 * days)))
            for rhythm, days in DAYS_BETWEEN_NUMBERS.items()
        )
    )
    fresh = Measurement.objects.filter(
        key_result=OuterRef("pk"), superseded_by=None, day__gte=OuterRef("oldest")
    )
    found = KeyResult.objects.counted().filter(
        objective__cycle=cycle, objective__state__in=Objective.FIXED
    )
    return [
        found.annotate(oldest=oldest).annotate(
            of_team=F("team"), is_so=Exists(fresh), thing=F("pk"), about=F("title")
        )
    ]


def _answered(cycle: Cycle, today: date) -> list[Rows]:
    """What people of the team said of goals, wherever these are set."""
    leads = TeamGrant.objects.filter(
        user=OuterRef("author"), content_object=OuterRef("author__teamgrant__content_object"),
        permission__codename="lead_team",
    )  # fmt: skip
    # Who leads a team and is named as its member, too, is one person in it.
    works = Q(author__teamgrant__permission__codename="lead_team") | (
        Q(author__teamgrant__permission__codename="belong_to_team") & ~Exists(leads)
    )
    return [
        Input.objects.standing().filter(works, objective__cycle=cycle).annotate(
            of_team=F("author__teamgrant__content_object"), is_so=~Q(answer=""),
            thing=F("objective"), about=F("objective__title"),
        )
    ]  # fmt: skip


def _from_inside(cycle: Cycle, today: date) -> list[Rows]:
    proposed = Initiative.objects.filter(
        proposed_at__date__range=(cycle.starts, cycle.ends), imported_under=None
    )
    return [
        proposed.annotate(
            of_team=F("team"), is_so=~Q(from_outside=True), thing=F("pk"), about=F("title")
        )
    ]


def _unopposed(cycle: Cycle, today: date) -> list[Rows]:
    """Moves at whose moment no objection to the initiative stood."""
    ended = ObjectionMove.objects.filter(
        objection=OuterRef("pk"),
        to_state__in=["met", "withdrawn"],
        at__lte=OuterRef(OuterRef("at")),
    )
    in_force = Q(constraint__lifted_at=None) | Q(constraint__lifted_at__gt=OuterRef("at"))
    in_force &= Q(constraint__expires=None) | Q(constraint__expires__gte=OuterRef("at__date"))
    open_then = Objection.objects.filter(
        in_force, ~Exists(ended), initiative=OuterRef("initiative"), raised_at__lte=OuterRef("at")
    )
    decided = InitiativeMove.objects.filter(
        verb__in=MOVES, at__date__range=(cycle.starts, cycle.ends)
    )
    return [
        decided.annotate(
            of_team=F("initiative__team"), is_so=~Exists(open_then), thing=F("initiative"),
            about=F("initiative__title"),
        )
    ]  # fmt: skip


def _left_alone(cycle: Cycle, today: date) -> list[Rows]:
    """Goals that nobody from outside the team amended after the commitment; mending a mistake in
    the words is no amendment of the goal."""
    inside = TeamGrant.objects.works_in().filter(
        user=OuterRef("by"), content_object=OuterRef(OuterRef("team"))
    )
    from_above = Amendment.objects.filter(
        ~Q(kind=Amendment.Kind.CORRECTION), ~Exists(inside), objective=OuterRef("objective")
    )
    # A goal once for each team that reports of it, however many key results.
    before = KeyResult.objects.filter(
        objective=OuterRef("objective"), team=OuterRef("team"), pk__lt=OuterRef("pk")
    )
    reported = KeyResult.objects.filter(
        ~Exists(before), objective__cycle=cycle, objective__state__in=Objective.FIXED
    )
    return [
        reported.annotate(
            of_team=F("team"), is_so=~Exists(from_above), thing=F("objective"),
            about=F("objective__title"),
        )
    ]  # fmt: skip


def _page(name: str) -> Callable[[int], str]:
    """The words in an address make no difference to where it leads."""
    words = [] if name == "alignment:backbriefs" else ["record"]
    return lambda thing: reverse(name, args=[thing, *words])


ALIGNMENT = (
    Indicator("linked", _("Live initiatives linked to a committed key result"), _linked,
              _page("initiatives:initiative")),
    Indicator("accepted", _("Backbrief accepted on the current revision"), _accepted,
              _page("alignment:backbriefs")),
    Indicator("fresh", _("Key results with a fresh value"), _fresh,
              _page("dashboards:key_result")),
    Indicator("answered", _("Inputs answered"), _answered, _page("dashboards:objective")),
)  # fmt: skip
AUTONOMY = (
    Indicator("inside", _("Initiatives proposed inside the team"), _from_inside,
              _page("initiatives:initiative")),
    Indicator("unopposed", _("Moves decided without an open objection"), _unopposed,
              _page("initiatives:initiative")),
    Indicator("alone", _("Goals not amended from above in mid-cycle"), _left_alone,
              _page("dashboards:objective")),
)  # fmt: skip


def points(shares: Iterable[Share]) -> Decimal | None:
    """The mean of these shares, 0 to 100; None where none has any rows."""
    found = [Decimal(100 * share.n) / share.of for share in shares if share.of]
    return mean(found) if found else None


@dataclass
class Record:
    """What the record shows of one team or area: shares by indicator."""

    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(lambda: Share(0, 0)))

    def add(self, key: str, share: Share) -> None:
        self.shares[key] = Share(self.shares[key].n + share.n, self.shares[key].of + share.of)

    def axis(self, indicators: Iterable[Indicator]) -> Decimal | None:
        return points(self.shares[indicator.key] for indicator in indicators)

    @property
    def alignment(self) -> Decimal | None:
        return self.axis(ALIGNMENT)

    @property
    def autonomy(self) -> Decimal | None:
        return self.axis(AUTONOMY)


def records(
    teams: Collection[Team], within: Collection[Team], cycle: Cycle, *, today: date
) -> Mapping[int, Record]:
    """Of these teams, each with everything of `within` that is below it; one query."""
    counted = counts((*ALIGNMENT, *AUTONOMY), cycle, today)
    places = {team.pk: [team.pk, *team.ancestor_ids] for team in within}
    found = {team.pk: Record() for team in teams}
    for team_id, key, n, of in counted[0].union(*counted[1:], all=True):
        for place in places.get(team_id, ()):
            if place in found:
                found[place].add(key, Share(n, of))
    return found


def counts(indicators: Iterable[Indicator], cycle: Cycle, today: date) -> list[Rows]:
    """Team, key, how many are so, of how many; of one indicator perhaps in several rows."""
    return [
        rows.order_by()
        .values_list("of_team")
        .annotate(
            key=Value(indicator.key, output_field=CharField()),
            n=Count("thing", filter=Q(is_so=True)),
            of=Count("thing"),
        )
        for indicator in indicators
        for rows in indicator.find(cycle, today)
    ]


class Row(NamedTuple):
    is_so: bool
    words: str
    url: str


class Told(NamedTuple):
    """An indicator with its share, and the rows it counts; those that are not so first."""

    name: str
    share: Share
    rows: list[Row]


class ToldAxis(NamedTuple):
    name: str
    points: Decimal | None
    indicators: list[Told]


def told(team: Team, cycle: Cycle, *, today: date) -> list[ToldAxis]:
    """What the record shows of a team and everything below it, in one query."""
    below = Team.objects.filter(Q(pk=team.pk) | Q(ancestor_ids__contains=[team.pk])).values("pk")
    wanted = [
        rows.order_by()
        .filter(of_team__in=below)
        .values_list(
            Value(indicator.key, output_field=CharField()), "is_so",
            Cast("about", TextField()), "thing",
        )
        for indicator in (*ALIGNMENT, *AUTONOMY)
        for rows in indicator.find(cycle, today)
    ]  # fmt: skip
    found: dict[str, list[tuple[bool, str, int]]] = defaultdict(list)
    for key, is_so, words, thing in wanted[0].union(*wanted[1:], all=True):
        found[key].append((is_so, words, thing))
    axes = []
    for name, axis in [(_("Alignment"), ALIGNMENT), (_("Autonomy"), AUTONOMY)]:
        each = [_told(indicator, sorted(found[indicator.key])) for indicator in axis]
        axes.append(ToldAxis(str(name), points(one.share for one in each), each))
    return axes


def _told(indicator: Indicator, found: list[tuple[bool, str, int]]) -> Told:
    return Told(
        name=str(indicator.name),
        share=Share(sum(is_so for is_so, _words, _thing in found), len(found)),
        rows=[Row(is_so, words, indicator.address(thing)) for is_so, words, thing in found],
    )
