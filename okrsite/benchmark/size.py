from dataclasses import dataclass

WEEKS = 13  # of check-ins that have been sent
KEY_RESULTS = 3  # of an objective


@dataclass(frozen=True)
class Size:
    """A tree of areas, units and teams. In the first area each team has two objectives, elsewhere
    three and each unit one; so a team of the first area has as much to show at every size."""

    areas: int
    units: int  # of an area
    teams: int  # of a unit
    people: int
    objectives_of_root: int
    initiatives: int


SIZES = {
    "small": Size(
        areas=1, units=1, teams=3, people=60, objectives_of_root=2, initiatives=54,
    ),
    "large": Size(
        areas=10, units=10, teams=10, people=10_000, objectives_of_root=10, initiatives=20_000,
    ),
}  # fmt: skip
