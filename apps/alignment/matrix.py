"""Alignment beside autonomy, team by team: what people said, what the record shows, and how far
the two are apart. Never a ranking: teams stand in the order of their names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.alignment import charts, scores
from apps.alignment.charts import Placed, Point
from apps.alignment.indicators import Record
from apps.alignment.models import PulseResult, PulseRound
from apps.alignment.scores import Axis, Corner
from apps.organisation.models import Team

# How many rounds back a trail leads.
TRAIL = 3
CORNERS = {
    Corner.TASK_BY_TASK: gettext_lazy("Task by task"),
    Corner.TOLD_WHAT_AND_HOW: gettext_lazy("Told what and how"),
    Corner.EACH_ON_ITS_OWN: gettext_lazy("Each on its own"),
    Corner.ALIGNED_AND_AUTONOMOUS: gettext_lazy("Aligned and autonomous"),
}
TO_TALK_ABOUT = {
    Corner.TOLD_WHAT_AND_HOW: (
        gettext_lazy("Which of your rules could become one constraint with a reason?"),
        gettext_lazy("Which decision of the last month would you rather have taken yourself?"),
    ),
    Corner.ALIGNED_AND_AUTONOMOUS: (
        gettext_lazy("What made this possible? Write it down before it becomes luck."),
        gettext_lazy("Who could learn from you, and how would they see it?"),
    ),
    Corner.TASK_BY_TASK: (
        gettext_lazy("What would you do on Monday if nobody gave you a task?"),
        gettext_lazy("Which of the goals above can your work be seen in?"),
    ),
    Corner.EACH_ON_ITS_OWN: (
        gettext_lazy(
            "Read each other’s backbriefs. Where did you understand the goal differently?"
        ),
        gettext_lazy("Which initiative would you stop if only one goal counted?"),
    ),
}


class Said(NamedTuple):
    """What the people of a team said in one round."""

    alignment: Axis
    autonomy: Axis

    @classmethod
    def of(cls, result: PulseResult) -> "Said":
        return cls(
            scores.axis(result.counts or (), scores.ALIGNMENT),
            scores.axis(result.counts or (), scores.AUTONOMY),
        )

    @property
    def point(self) -> Point:
        return Point(float(self.autonomy.mean), float(self.alignment.mean))


@dataclass(frozen=True)
class TeamRow:
    """A row of the table, and a dot where four or more have answered. number: of the dot."""

    number: int | None
    team: Team
    record: Record
    # Of the last round, the last first; without those that are withheld.
    said: Sequence[Said]
    last: PulseResult | None

    @property
    def now(self) -> Said | None:
        return self.said[0] if self.said and self.last and self.last.counts else None

    @property
    def before(self) -> list[Said]:
        """The rounds that the trail comes from, the latest first."""
        return list(self.said[1:]) if self.now else []

    @property
    def corner(self) -> Corner | None:
        if self.now is None:
            return None
        return scores.corner(alignment=self.now.alignment.mean, autonomy=self.now.autonomy.mean)

    @property
    def corner_name(self) -> str:
        return str(CORNERS[self.corner]) if self.corner else ""

    @property
    def apart(self) -> Decimal | None:
        """The length of the line between what was said and what the record shows, in points."""
        alignment, autonomy = self.record.alignment, self.record.autonomy
        if self.now is None or alignment is None or autonomy is None:
            return None
        up, across = self.now.alignment.mean - alignment, self.now.autonomy.mean - autonomy
        return (up * up + across * across).sqrt()

    @property
    def why_not(self) -> str:
        """Why the pulse of this team is not shown."""
        if self.now:
            return ""
        if self.last is None:
            return _("not asked")
        if self.last.answered < scores.FEWEST:
            return ngettext(
                "%(n)d answer: not shown", "%(n)d answers: not shown", self.last.answered
            ) % {"n": self.last.answered}
        if 2 * self.last.answered < self.last.asked:
            return _("fewer than half answered: not shown")
        return _("would give a small team away: not shown")

    @property
    def placed(self) -> Placed | None:
        if self.now is None:
            return None
        alignment, autonomy = self.record.alignment, self.record.autonomy
        ring = None
        if alignment is not None and autonomy is not None:
            ring = Point(float(autonomy), float(alignment))
        return Placed(
            name=self.team.name,
            at=self.now.point,
            half=Point(float(self.now.autonomy.half), float(self.now.alignment.half)),
            trail=[said.point for said in self.before],
            ring=ring,
        )

    @property
    def sentence(self) -> str:
        """What the picture says of it, to be read aloud; empty where it says nothing."""
        if self.now is None:
            return ""
        words = {
            "team": self.team.name,
            "alignment": round(self.now.alignment.mean),
            "autonomy": round(self.now.autonomy.mean),
            "corner": self.corner_name,
        }
        if self.apart is None:
            return (
                _("%(team)s: alignment %(alignment)d, autonomy %(autonomy)d. %(corner)s.") % words
            )
        return _(
            "%(team)s: alignment %(alignment)d, autonomy %(autonomy)d. %(corner)s. The record is "
            "%(apart)d points apart from that."
        ) % (words | {"apart": round(self.apart)})


def team_rows(
    teams: Sequence[Team],
    unit: Team,
    rounds: Sequence[PulseRound],
    records: Mapping[int, Record],
) -> tuple[list[TeamRow], TeamRow]:
    """The teams of a unit, and the unit itself. rounds: the closed ones, the latest first."""
    recent = rounds[: TRAIL + 1]
    found = PulseResult.objects.of_members().filter(round__in=recent, team__in=[unit, *teams])
    results = {(result.team_id, result.round_id): result for result in found}

    def row(team: Team, numbers: Iterator[int]) -> TeamRow:
        mine = [results.get((team.pk, past.pk)) for past in recent]
        said = [Said.of(result) for result in mine if result and result.counts]
        last = mine[0] if mine else None
        is_shown = last is not None and last.counts is not None
        return TeamRow(next(numbers) if is_shown else None, team, records[team.pk], said, last)

    numbers = count(1)
    return [row(team, numbers) for team in teams], row(unit, count(1))


def picture(rows: Iterable[TeamRow]) -> SafeString:
    """Of the teams that are shown; empty where there are none."""
    placed = [row.placed for row in rows if row.placed]
    if not placed:
        return SafeString()
    corners = {corner: str(name) for corner, name in CORNERS.items()}
    drawn = charts.matrix(placed, corners, label=_label(list(rows)))
    return mark_safe(drawn)  # noqa: S308 — every word in it was escaped where it was drawn


def _label(rows: Sequence[TeamRow]) -> str:
    """Each team in words; of many, how many stand in which corner. The table says the rest."""
    shown = [row for row in rows if row.now]
    if len(shown) <= charts.NAMED:
        return " ".join(row.sentence for row in shown)
    n = {corner: sum(row.corner == corner for row in shown) for corner in CORNERS}
    return _(
        "%(n)d teams: %(both)d aligned and autonomous, %(told)d told what and how, "
        "%(each)d each on its own, %(task)d task by task."
    ) % {
        "n": len(shown),
        "both": n[Corner.ALIGNED_AND_AUTONOMOUS],
        "told": n[Corner.TOLD_WHAT_AND_HOW],
        "each": n[Corner.EACH_ON_ITS_OWN],
        "task": n[Corner.TASK_BY_TASK],
    }


def lead(rows: Sequence[TeamRow]) -> str:
    """How many teams stand where both are high, as one sentence."""
    shown = [row for row in rows if row.now]
    if not shown:
        return ""
    high = sum(row.corner == Corner.ALIGNED_AND_AUTONOMOUS for row in shown)
    if len(shown) == 1:
        return shown[0].sentence
    if high == len(shown):
        return _("All %(n)d teams are sure of the goals and free in the means.") % {"n": high}
    if not high:
        return _("None of %(n)d teams is sure of the goals and free in the means.") % {
            "n": len(shown)
        }
    return ngettext(
        "%(high)d of %(n)d teams is sure of the goals and free in the means.",
        "%(high)d of %(n)d teams are sure of the goals and free in the means.",
        high,
    ) % {"high": high, "n": len(shown)}


def longest(rows: Iterable[TeamRow]) -> TeamRow | None:
    """The team whose line is the longest: the one to talk about."""
    lines = [row for row in rows if row.apart is not None]
    return max(lines, key=lambda row: row.apart or 0, default=None)


class Talk(NamedTuple):
    corner: str
    teams: list[Team]
    questions: tuple[object, ...]


def to_talk_about(rows: Sequence[TeamRow]) -> list[Talk]:
    """Two things for each corner in which somebody stands."""
    return [
        Talk(str(CORNERS[corner]), teams, questions)
        for corner, questions in TO_TALK_ABOUT.items()
        if (teams := [row.team for row in rows if row.corner == corner])
    ]
