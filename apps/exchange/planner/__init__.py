"""From rows of text and what stands here to a plan, with every error and every oddity.

Nothing is asked of a database and nothing is invented: what a row does not say stays empty.
"""

from apps.exchange.plan import Plan, World
from apps.exchange.planner.cells import Cells, text
from apps.exchange.planner.goals import Goals
from apps.exchange.planner.numbers import Numbers
from apps.exchange.planner.places import Places
from apps.exchange.reader import Sheet

__all__ = ["names_of", "plan"]


def plan(sheets: dict[str, Sheet], world: World) -> Plan:
    """Adds to `world` what the sheets say."""
    cells = Cells(sheets)
    places = Places(cells, world)
    Goals(cells, world, places)
    Numbers(cells, world, places)
    return Plan(world, cells.sorted_problems())


def names_of(sheets: dict[str, Sheet], column: str) -> set[str]:
    """What the sheets say in a column of this name."""
    return {text(row, column) for sheet in sheets.values() for row in sheet.rows} - {""}
