"""The picture of the matrix: where its labels stand, at every width."""

from random import Random
from time import perf_counter

import pytest
from defusedxml import ElementTree

from apps.alignment.charts import MARGIN, NAMED, NARROWEST, WIDE, Placed, Point, labels, matrix
from apps.alignment.labels import LINE, text_width
from apps.alignment.scores import Corner

HEIGHT = 440
PLOT = HEIGHT - 2 * MARGIN
CORNERS = {
    Corner.TASK_BY_TASK: "Task by task",
    Corner.TOLD_WHAT_AND_HOW: "Told what and how",
    Corner.EACH_ON_ITS_OWN: "Each on its own",
    Corner.ALIGNED_AND_AUTONOMOUS: "Aligned and autonomous",
}
NAMES = [
    "Checkout", "Payments", "Delivery", "Search", "Loyalty", "Service", "Ops", "البحث",
    "検索チーム",
    "Lieferantenbeziehungsmanagement", "Brand", "Returns and refunds",
]  # fmt: skip


def some_teams(n: int, seed: int = 0) -> list[Placed]:
    dice = Random(seed)

    def somewhere() -> Point:
        return Point(dice.uniform(0, 100), dice.uniform(0, 100))

    return [
        Placed(
            NAMES[i] if i < len(NAMES) else f"Team {i}", somewhere(),
            Point(dice.uniform(3, 20), dice.uniform(3, 20)), [somewhere()], somewhere(),
        )
        for i in range(n)
    ]  # fmt: skip


def boxes(teams, written, width):
    """(left, top, right, bottom) of each label, as a browser draws them at this width."""
    for team, word, place in zip(teams, *written, strict=True):
        if place is None:
            continue
        x = team.at.autonomy / 100 * width + place.dx
        y = (1 - team.at.alignment / 100) * PLOT + place.dy
        wide = text_width(word)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[place.anchor]
        yield left, y - LINE / 2 + 1, left + wide, y + LINE / 2 - 1


def overlap(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("n", [1, 6, 12, 13, 40, 300])
@pytest.mark.parametrize("drawn_at", [NARROWEST, WIDE])
def test_no_label_covers_another_or_a_dot_at_any_width(n, drawn_at):
    for seed in range(20 if n < 300 else 2):
        teams = some_teams(n, seed)
        written = labels(teams, width=drawn_at, height=PLOT)
        for width in (w for w in (250, 300, 420, 520, 700, 1100) if w >= drawn_at):
            found = list(boxes(teams, written, width))
            assert all(not overlap(a, b) for i, a in enumerate(found) for b in found[i + 1 :])
            assert all(b[0] >= 0 and b[2] <= width and b[1] >= 0 and b[3] <= PLOT for b in found)
            for team in teams:
                x, y = team.at.autonomy / 100 * width, (1 - team.at.alignment / 100) * PLOT
                dot = (x - 4, y - 4, x + 4, y + 4)
                assert not any(overlap(dot, box) for box in found)


def test_up_to_twelve_are_named_and_more_are_numbered():
    words, places = labels(some_teams(6), width=WIDE, height=PLOT)
    assert words == NAMES[:6]
    assert all(places)
    words, _places = labels(some_teams(NAMED + 1), width=WIDE, height=PLOT)
    assert words == [str(i) for i in range(1, NAMED + 2)]


def test_where_one_name_finds_no_room_all_are_numbered_on_a_phone_and_named_where_it_is_wide():
    teams = [
        Placed(name, Point(50 + i, 50), Point(5, 5))
        for i, name in enumerate(["Lieferantenbeziehungsmanagement", "Kundenzufriedenheit" * 2])
    ]
    assert labels(teams, width=NARROWEST, height=PLOT)[0] == ["1", "2"]
    drawn = matrix(teams, CORNERS, label="", height=HEIGHT)
    assert "narrow-only" in drawn
    assert "wide-only" in drawn


def test_the_same_numbers_give_the_same_picture():
    assert matrix(some_teams(12), CORNERS, label="") == matrix(some_teams(12), CORNERS, label="")


def test_a_team_has_dot_interval_trail_and_ring():
    drawn = matrix(some_teams(1), CORNERS, label="Checkout: alignment 76")
    svg = ElementTree.fromstring(drawn)
    assert svg.get("aria-label") == "Checkout: alignment 76"
    classes = [element.get("class") for element in svg.iter()]
    assert [classes.count(c) for c in ("dot", "dot0", "ring", "trail", "apart", "ci")] == [
        1, 1, 1, 1, 1, 2,
    ]  # fmt: skip


def test_three_hundred_teams_are_dots_and_numbers():
    teams = some_teams(300)
    begun = perf_counter()
    drawn = matrix(teams, CORNERS, label="300 teams")
    took = perf_counter() - begun
    assert drawn.count('class="dot"') == 300
    assert "ci" not in drawn.replace("circle", "")
    assert took < 5, "it is drawn in a request"


@pytest.mark.parametrize("at", [Point(0, 0), Point(100, 100), Point(0, 100), Point(100, 0)])
def test_a_team_in_the_very_corner_does_not_cover_its_name(at):
    teams = [Placed("Checkout", at, Point(30, 30))]
    drawn = matrix(teams, CORNERS, label="", height=HEIGHT)
    assert "Checkout" in drawn
    svg = ElementTree.fromstring(drawn)
    corners = [e for e in svg if (e.get("class") or "").startswith("corner")]
    lines = [float(e.get("y")) for e in corners]
    # the dot reaches 6 px out of the plot, the letters 3 px below their line and 9 above
    assert all(y + 3 <= MARGIN - 6 or y - 9 >= HEIGHT - MARGIN + 6 for y in lines)


def test_no_style_and_no_comma_in_a_number():
    drawn = matrix(some_teams(12), CORNERS, label="")
    assert "style=" not in drawn
    assert "NaN" not in drawn
    assert not any(
        "," in value
        for e in ElementTree.fromstring(drawn).iter()
        for key, value in e.items()
        if key in {"x", "y", "cx", "cy", "x1", "dx", "dy"}
    )
