"""What the components about initiatives show: the board of a team, lanes, the feed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.initiatives.cards import Card
from apps.initiatives.models import (
    Initiative,
    InitiativeQuerySet,
    Status,
)
from apps.objectives.charts import Lane
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.weeks import week_number
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may

# So many cards of a column stand on a page of its own, and so many on the team's page.
ON_A_PAGE, IN_SHORT = 20, 10
COLUMNS = ("proposed", "active", "paused", "ended")
EVER = "all"


@dataclass(frozen=True)
class Column:
    status: str
    title: str
    count: str
    empty: str
    cards: list[Card]
    in_all: int = 0
    page: int = 1
    size: int = ON_A_PAGE
    base: str = ""
    asks: Mapping[str, str | int] = field(default_factory=dict)  # for all else that it shows

    @property
    def first(self) -> int:
        """The place of its first card among all of the column."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1

    @property
    def has_more(self) -> bool:
        return self.in_all > len(self.cards)

    @property
    def earlier(self) -> str:
        return self._page(self.page - 1) if self.page > 1 else ""

    @property
    def later(self) -> str:
        return self._page(self.page + 1) if self.page * self.size < self.in_all else ""

    def _page(self, page: int) -> str:
        query = urlencode({**self.asks, self.status: page})
        return f"{self.base}?{query}#column-{self.status}"


@dataclass(frozen=True)
class Choice:
    """What of a team's initiatives one wants to see: by key result, person, cycle, and where."""

    key_result: int | None = None
    person: int | None = None
    cycle: Cycle | None = None
    ever: bool = False  # of all cycles
    pages: Mapping[str, int] = field(default_factory=dict)
    size: int = ON_A_PAGE

    @property
    def is_filtered(self) -> bool:
        return self.key_result is not None or self.person is not None

    def page(self, column: str) -> int:
        return self.pages.get(column, 1)

    @property
    def asks(self) -> dict[str, str | int]:
        """What an address says to ask for the same again, but for the pages."""
        said: dict[str, str | int] = {}
        if self.key_result:
            said["key_result"] = self.key_result
        if self.person:
            said["person"] = self.person
        if self.ever or self.cycle:
            said["cycle"] = EVER if self.ever or self.cycle is None else self.cycle.slug
        return said

    @property
    def closed(self) -> Cycle | None:
        """A closed cycle is shown as it was at its end."""
        return self.cycle if self.cycle and not self.cycle.is_open and not self.ever else None

    def of(self, found: InitiativeQuerySet) -> InitiativeQuerySet:
        if self.key_result is not None:
            found = found.filter(links__key_result=self.key_result)
        if self.person is not None:
            found = found.filter(lead=self.person)
        if self.ever:
            return found
        return found.for_cycle(self.cycle) if self.cycle else found.live()


@dataclass(frozen=True)
class Board:
    """Takes what board() found; `said` is what was just done, `team` whose means these are."""

    team: Team
    cards: list[Card]
    ended_in_all: int
    may_propose: bool
    first_question: str
    choice: Choice
    said: str = ""
    is_whole: bool = True  # with its filters and pages, on a page of its own

    @property
    def is_empty(self) -> bool:
        is_all = not self.choice.is_filtered and self.choice.pages == {}
        return is_all and not self.cards and not self.ended_in_all

    @property
    def base(self) -> str:
        return reverse("initiatives:board", args=[self.team.slug])

    @property
    def url(self) -> str:
        """The whole of it, of the same cycle."""
        return f"{self.base}?{urlencode(self.choice.asks)}"

    @property
    def ended_url(self) -> str:
        """All that ever ended; of a closed cycle, what had ended by then."""
        return self.url if self.choice.closed else f"{self.base}?cycle={EVER}"

    @property
    def initiatives(self) -> list[Initiative]:
        """For lanes()."""
        return [card.initiative for card in self.cards]

    @property
    def outlived(self) -> list[Card]:
        """Live ones whose every goal belongs to a cycle that is over."""
        return [card for card in self.cards if card.has_outlived_its_goals]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._column("proposed", _("Proposed"), str, _("Nothing proposed.")),
            self._column("active", _("Active"), self._active, _("Nothing active.")),
            self._column("paused", _("Paused"), str, _("Nothing paused.")),
            self._column("ended", _("Ended"), self._ended, _("Nothing ended yet.")),
        ]

    def _column(self, status: str, title: str, count: Callable[[int], str], empty: str) -> Column:
        cards = [card for card in self.cards if card.initiative.column == status]
        in_all = cards[0].initiative.in_column if cards else 0
        page, size = self.choice.page(status), self.choice.size
        here = [card for card in cards if (page - 1) * size < card.initiative.place <= page * size]
        if in_all and not here:
            empty = _("There is no such page.")
        others = {name: page for name, page in self.choice.pages.items() if name != status}
        return Column(
            status, title, count(in_all), empty, here, in_all, page, size, self.base,
            self.choice.asks | others,
        )  # fmt: skip

    def _active(self, active: int) -> str:
        if self.team.active_limit is None or self.choice.is_filtered:
            return str(active)
        return _("%(active)s of %(limit)s at most") % {
            "active": active, "limit": self.team.active_limit,
        }  # fmt: skip

    def _ended(self, ended: int) -> str:
        return str(ended) if self.choice.ever else _("%(ended)s this cycle") % {"ended": ended}


def board(
    team: Team, *, user: User, choice: Choice, today: date, ended_in_all: int | None = None,
    said: str = "", moved: Initiative | None = None, is_whole: bool = True,
) -> Board:  # fmt: skip
    """Three queries, however many initiatives there are; two where the page has counted."""
    found = Initiative.objects.filter(team=team).visible_to(user)
    if ended_in_all is None:
        ended_in_all = found.ended().count()
    if closed := choice.closed:
        today = closed.ends
    pages = {column: choice.page(column) for column in COLUMNS}
    shown = choice.of(found).for_cards(today)
    if closed:
        shown = shown.as_of(today)
    shown = shown.in_columns(pages, choice.size, of="status_then" if closed else "status")
    may_move = not closed and may(user, Do.START_INITIATIVE, team)
    cards = [
        Card(initiative, choice.cycle, today, may_move, is_moved=initiative == moved)
        for initiative in shown
    ]
    if closed:
        for card in cards:
            card.initiative.as_it_was()
    return Board(
        team=team,
        cards=cards,
        ended_in_all=ended_in_all,
        may_propose=not closed and may(user, Do.PROPOSE_INITIATIVE, team),
        first_question="" if cards or choice.is_filtered else _first_question(team),
        choice=choice,
        said=said,
        is_whole=is_whole,
    )


def as_it_was(found: InitiativeQuerySet, cycle: Cycle) -> list[Initiative]:
    """A closed cycle is shown as it was at its end, whatever came later; others as they are."""
    if cycle.is_open:
        return list(found)
    return [initiative.as_it_was() for initiative in found.as_of(cycle.ends)]


def _first_question(team: Team) -> str:
    goal = KeyResult.objects.on_the_table().reported_by(team).first()
    if goal is None:
        return _("Nothing tried yet. What is the smallest thing that could move your goal?")
    return _("Nothing tried yet. What is the smallest thing that could move “%(key_result)s”?") % {
        "key_result": goal
    }


def lanes(initiatives: Collection[Initiative], *, cycle: Cycle) -> list[Lane]:
    """Bars on the clock of the cycle; of for_lanes() or for_cards(), nothing more asked."""
    rows = [_lane(initiative, cycle) for initiative in initiatives]
    return sorted(
        (lane for lane in rows if lane.starts <= cycle.ends), key=lambda lane: lane.starts
    )


def _lane(initiative: Initiative, cycle: Cycle) -> Lane:
    begun = initiative.started_at or initiative.proposed_at
    moved_on = timezone.localdate(initiative.moved_at)
    words = {
        Status.PROPOSED: _("proposed"),
        Status.ACTIVE: _("active"),
        Status.PAUSED: _("paused"),
        Status.DONE: _("finished in week %(week)s"),
        Status.KILLED: _("killed in week %(week)s"),
        Status.SWAPPED: _("killed in week %(week)s, swapped"),
        Status.DECLINED: _("declined in week %(week)s"),
    }[Status(initiative.status)]
    return Lane(
        title=initiative.title,
        words=words % {"week": week_number(moved_on, cycle.starts, cycle.ends)},
        kind=str(initiative.status) if initiative.is_live else "ended",
        starts=timezone.localdate(begun),
        ends=None if initiative.is_active or initiative.is_proposed else moved_on,
        by=initiative.last_day,
    )
