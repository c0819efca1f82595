"""The matrix: alignment upwards, autonomy across, a dot a team; numbers in, SVG out.

The dot is what people said in the pulse, with its interval; a trail leads to it from the
rounds before. The ring is what the record shows. A dotted line joins the two, which are
never averaged: a long line is the thing to talk about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from apps.alignment.labels import Mark, Place, place_labels
from apps.alignment.scores import Corner
from apps.objectives.charts.marks import drawing, mark, pct, text

NARROWEST = 250  # px, the plot on a phone
WIDE = 520  # px, from here on names may find room that a phone lacks
NAMED = 12  # teams; more are told by number
TRAILS = 40  # teams; more trails are a net
MARGIN = 22  # px above and below the plot, for the names of the corners


class Point(NamedTuple):
    """0 to 100 each."""

    autonomy: float
    alignment: float


@dataclass(frozen=True)
class Placed:
    """A team in the matrix. half: of its intervals. trail: earlier rounds, the latest first."""

    name: str
    at: Point
    half: Point
    trail: Sequence[Point] = ()
    ring: Point | None = None


def matrix(
    teams: Sequence[Placed], corners: Mapping[Corner, str], *, label: str, height: int = 440
) -> str:
    plot = height - 2 * MARGIN
    body = _ground() + _behind(teams)
    for team in teams:
        if team.ring and len(teams) <= NAMED:
            body += _circle("ring", team.ring, 5)
        body += "".join(_circle("dot0", old, 2.5) for old in _trail(team, len(teams)))
        body += _circle("dot", team.at, _radius(len(teams)))
    names = _labels(teams, plot)
    frame = f'<svg x="0" y="{MARGIN}" width="100%" height="{plot}" overflow="visible">'
    return drawing(
        "matrix", height, label, _corners(corners, height) + frame + body + names + "</svg>"
    )


def labels(
    teams: Sequence[Placed], *, width: float, height: float
) -> tuple[list[str], list[Place | None]]:
    """Up to twelve teams by name. If one name finds no room, or with more teams, by the number
    that each has in the table; a number that finds no room is left to the table."""
    dots = [_mark(team.at, _radius(len(teams)) + 1) for team in teams]
    few = len(teams) <= NAMED
    others = [_mark(team.ring, 6) for team in teams if team.ring and few]
    others += [_mark(old, 3.5) for team in teams for old in _trail(team, len(teams))]
    away = [_side(team) for team in teams]
    if few:
        names = [team.name for team in teams]
        places = place_labels(
            dots, names, others, width=width, height=height, away=away, oblique=True
        )
        if all(places):
            return names, places
    numbers = [str(number) for number in range(1, len(teams) + 1)]
    return numbers, place_labels(
        dots, numbers, others, width=width, height=height, gap=8, line=12, away=away, oblique=few
    )


def _labels(teams: Sequence[Placed], height: float) -> str:
    """A plot that is wide enough has the names where a phone has the numbers."""
    narrow = labels(teams, width=NARROWEST, height=height)
    drawn = [("", narrow)]
    if len(teams) <= NAMED and narrow[0] != [team.name for team in teams]:
        wide = labels(teams, width=WIDE, height=height)
        drawn = [(" narrow-only", narrow), (" wide-only", wide)]
    return "".join(
        f'<g class="labels{css}">{_texts(teams, *written)}</g>' for css, written in drawn
    )


def _texts(teams: Sequence[Placed], words: Sequence[str], places: Sequence[Place | None]) -> str:
    anchors = {"start": "", "middle": " mid", "end": " end"}
    return "".join(
        text(
            word,
            f"t-ink halo{anchors[place.anchor]}",
            x=pct(team.at.autonomy),
            y=pct(100 - team.at.alignment),
            dx=place.dx,
            dy=place.dy + 4,
        )
        for team, word, place in zip(teams, words, places, strict=True)
        if place
    )


def _ground() -> str:
    return (
        mark("rect", "zone", x="50%", y="0", width="50%", height="50%")
        + _line("axis", Point(50, 0), Point(50, 100))
        + _line("axis", Point(0, 50), Point(100, 50))
        + _line("tick", Point(0, 0), Point(0, 100))
        + _line("tick", Point(0, 0), Point(100, 0))
    )


def _corners(names: Mapping[Corner, str], height: int) -> str:
    top, bottom = 11, height - 7
    return (
        text(names[Corner.TOLD_WHAT_AND_HOW], "corner", x="0", y=top)
        + text(names[Corner.ALIGNED_AND_AUTONOMOUS], "corner end", x="100%", y=top)
        + text(names[Corner.TASK_BY_TASK], "corner", x="0", y=bottom)
        + text(names[Corner.EACH_ON_ITS_OWN], "corner end", x="100%", y=bottom)
    )


def _behind(teams: Sequence[Placed]) -> str:
    """Lines first, so that no dot is crossed out."""
    body = ""
    for team in teams:
        earlier = [team.at, *_trail(team, len(teams))]
        for new, old in pairwise(earlier):
            body += _line("trail", old, new)
        if len(teams) > NAMED:
            continue
        if team.ring:
            body += _line("apart", team.ring, team.at)
        x, y = team.at
        body += _line("ci", Point(max(0, x - team.half.autonomy), y),
                      Point(min(100, x + team.half.autonomy), y))  # fmt: skip
        body += _line("ci", Point(x, max(0, y - team.half.alignment)),
                      Point(x, min(100, y + team.half.alignment)))  # fmt: skip
    return body


def _trail(team: Placed, teams: int) -> Sequence[Point]:
    return team.trail if teams <= TRAILS else ()


def _radius(teams: int) -> float:
    return 5.5 if teams <= NAMED else 4


def _side(team: Placed) -> int:
    """Away from where its trail and its ring are."""
    pull = sum(other.autonomy - team.at.autonomy for other in [*team.trail[:1], team.ring] if other)
    return -1 if pull > 0 else 1


def _mark(point: Point, r: float) -> Mark:
    return Mark(point.autonomy / 100, 1 - point.alignment / 100, r)


def _circle(css: str, point: Point, r: float) -> str:
    return mark("circle", css, cx=pct(point.autonomy), cy=pct(100 - point.alignment), r=r)


def _line(css: str, a: Point, b: Point) -> str:
    return mark(
        "line", css, x1=pct(a.autonomy), y1=pct(100 - a.alignment), x2=pct(b.autonomy),
        y2=pct(100 - b.alignment),
    )  # fmt: skip
