"""What the components about initiatives show: the board of a team, lanes, the feed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.initiatives.cards import Card
from apps.initiatives.models import (
    LIVE,
    Initiative,
    InitiativeQuerySet,
    Status,
)
from apps.objectives.charts import Lane
from apps.objectives.models import Cycle, KeyResult
from apps.objectives.weeks import week_number
from apps.organisation.models import Team, User
from apps.organisation.permissions import Do, may

# A column shows so many cards before it folds.
MOST_OPEN = 10


@dataclass(frozen=True)
class Column:
    status: str
    title: str
    count: str
    empty: str
    cards: list[Card]

    @property
    def first(self) -> list[Card]:
        return self.cards if len(self.cards) <= MOST_OPEN + 1 else self.cards[:MOST_OPEN]

    @property
    def rest(self) -> list[Card]:
        """Folded away, so that a long list does not bury the page."""
        return self.cards[len(self.first) :]


@dataclass(frozen=True)
class Board:
    """Takes what board() found; `said` is what was just done, `team` whose means these are."""

    team: Team
    cards: list[Card]
    ended_in_all: int
    may_propose: bool
    first_question: str
    cycle: Cycle | None
    said: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.cards and not self.ended_in_all

    @property
    def url(self) -> str:
        """The whole of it, in the same cycle."""
        url = reverse("initiatives:board", args=[self.team.slug])
        return url if self.cycle is None or self.cycle.is_open else f"{url}?cycle={self.cycle.slug}"

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
        proposed, active, paused = (
            [card for card in self.cards if card.status == status] for status in LIVE
        )
        ended = [card for card in self.cards if card.status not in LIVE]
        ended.sort(key=lambda card: card.initiative.moved_at, reverse=True)
        return [
            Column("proposed", _("Proposed"), str(len(proposed)), _("Nothing proposed."), proposed),
            Column("active", _("Active"), self._active(len(active)), _("Nothing active."), active),
            Column("paused", _("Paused"), str(len(paused)), _("Nothing paused."), paused),
            Column("ended", _("Ended"), self._ended(len(ended)), _("Nothing ended yet."), ended),
        ]

    def _active(self, active: int) -> str:
        if self.team.active_limit is None:
            return str(active)
        return _("%(active)s of %(limit)s at most") % {
            "active": active, "limit": self.team.active_limit,
        }  # fmt: skip

    def _ended(self, ended: int) -> str:
        return _("%(ended)s this cycle") % {"ended": ended}


def board(
    team: Team, *, user: User, cycle: Cycle | None, today: date,
    ended_in_all: int | None = None, said: str = "", moved: Initiative | None = None,
) -> Board:  # fmt: skip
    """Three queries, however many initiatives there are; two where the page has counted."""
    found = Initiative.objects.filter(team=team).visible_to(user)
    shown = found.for_cycle(cycle) if cycle else found.live()
    if ended_in_all is None:
        ended_in_all = found.ended().count()
    cards = _cards(shown, team, user=user, cycle=cycle, today=today, moved=moved)
    return _board(cards, team, user=user, cycle=cycle, ended_in_all=ended_in_all, said=said)


def board_and_earlier(
    team: Team, *, user: User, cycle: Cycle | None, today: date
) -> tuple[Board, list[Card]]:
    """All there ever were in two queries: the board, and what ended before this cycle."""
    found = Initiative.objects.filter(team=team).visible_to(user)
    cards = _cards(found, team, user=user, cycle=cycle, today=today)
    ended = [card for card in cards if not card.initiative.is_live]
    ended.sort(key=lambda card: card.moved_on, reverse=True)
    earlier = [card for card in ended if cycle is None or card.moved_on < cycle.starts]
    shown = [card for card in cards if card.initiative.is_live]
    shown += [card for card in ended if cycle and card.moved_on >= cycle.starts]
    return _board(shown, team, user=user, cycle=cycle, ended_in_all=len(ended)), earlier


def _cards(
    found: InitiativeQuerySet, team: Team, *, user: User, cycle: Cycle | None, today: date,
    moved: Initiative | None = None,
) -> list[Card]:  # fmt: skip
    if cycle and not cycle.is_open:
        return [
            Card(initiative, cycle, cycle.ends, may_move=False)
            for initiative in as_it_was(found.for_cards(cycle.ends), cycle)
        ]
    may_move = may(user, Do.START_INITIATIVE, team)
    return [
        Card(initiative, cycle, today, may_move, is_moved=initiative == moved)
        for initiative in found.for_cards(today)
    ]


def as_it_was(found: InitiativeQuerySet, cycle: Cycle) -> list[Initiative]:
    """A closed cycle is shown as it was at its end, whatever came later; others as they are."""
    if cycle.is_open:
        return list(found)
    return [initiative.as_it_was() for initiative in found.as_of(cycle.ends)]


def _board(
    cards: list[Card], team: Team, *, user: User, cycle: Cycle | None, ended_in_all: int,
    said: str = "",
) -> Board:  # fmt: skip
    is_open = cycle is None or cycle.is_open
    return Board(
        team=team,
        cards=cards,
        ended_in_all=ended_in_all,
        may_propose=is_open and may(user, Do.PROPOSE_INITIATIVE, team),
        cycle=cycle,
        first_question="" if cards else _first_question(team),
        said=said,
    )


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
    days = [link.by_when for link in initiative.links.all() if link.by_when]
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
        by=max(days, default=None),
    )
