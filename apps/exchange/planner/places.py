"""Where goals lie: in which team of the tree, and in which cycle."""

from collections.abc import Iterator
from datetime import date

from apps.exchange import notation
from apps.exchange.plan import Cycle, Team, World
from apps.exchange.planner import tree
from apps.exchange.planner.cells import Cells, text
from apps.exchange.problems import Code
from apps.exchange.reader import Row


class Places:
    def __init__(self, cells: Cells, world: World) -> None:
        self.cells, self.world = cells, world
        # The organisation may have another name in the list than here.
        self.organisations = {text(row, "org") for row in cells.rows("okrs")} - {""}
        self.said_days: dict[str, notation.Days] = {}
        self._read_cycles()
        self._hang_teams()
        self._tell_of_other_organisations()

    def is_open(self, row: Row, team: Team, cycle: Cycle) -> bool:
        if not cycle.is_open:
            self.cells.note(row, Code.CYCLE_CLOSED, "cycle")
        if team.is_archived:
            self.cells.note(row, Code.TEAM_ARCHIVED, "team")
        return cycle.is_open and not team.is_archived

    # Cycles

    def cycle(self, row: Row, name: str) -> Cycle | None:
        """Made where there is none yet."""
        if cycle := self.known_cycle(name):
            self._compare_days(row, cycle, name)
            return cycle
        days, slug = self._days(name), self.world.slugs[name]
        if not days or not slug:
            self.cells.note(row, Code.CYCLE, "cycle")
            return None
        if days.is_guessed:
            about = {"starts": days.starts, "ends": days.ends}
            self.cells.note(row, Code.CYCLE_GUESSED, "cycle", **about)
        cycle = self.world.cycles[slug] = Cycle(name, slug, days.starts, days.ends)
        return cycle

    def known_cycle(self, name: str) -> Cycle | None:
        return self.world.cycles.get(self.world.slugs[name])

    def _days(self, name: str) -> notation.Days | None:
        return self.said_days.get(name) or notation.read_cycle(name)

    def _read_cycles(self) -> None:
        for row in self.cells.rows("cycles"):
            found = self.cells.needed(row, "cycle")
            starts, ends = self.cells.day(row, "starts"), self.cells.day(row, "ends")
            if starts and ends and starts >= ends:
                self.cells.note(row, Code.CYCLE_ENDS_TOO_SOON, "ends")
            elif found and starts and ends:
                self.said_days[found[0]] = notation.Days(starts, ends, is_guessed=False)

    def _compare_days(self, row: Row, cycle: Cycle, name: str) -> None:
        said = self.said_days.pop(name, None)  # told once
        if said and cycle.pk and (said.starts, said.ends) != (cycle.starts, cycle.ends):
            about = {"starts": cycle.starts, "ends": cycle.ends}
            self.cells.note(row, Code.CYCLE_DAYS_DIFFER, "cycle", **about)

    # Teams

    def is_root(self, name: str) -> bool:
        """The organisation itself, by the name it has here or in the list."""
        is_ours = name == self.world.root.name
        return is_ours or (name in self.organisations and name not in self.world.teams)

    def team(self, row: Row, name: str, column: str = "team") -> Team | None:
        """Made where there is none yet."""
        named = self.known_teams(name)
        if not named:
            named = self.world.teams[name] = [Team(name, parent=self.world.root)]
        if len(named) > 1:
            self.cells.note(row, Code.TEAM_AMBIGUOUS, column, n=len(named))
            return None
        return named[0]

    def known_teams(self, name: str) -> list[Team]:
        return [self.world.root] if self.is_root(name) else self.world.teams.get(name, [])

    def _hang_teams(self) -> None:
        """Where the tree says; those it does not name hang below the root."""
        said = list(self._said_parents())
        known = {*self.world.teams, *(text(row, "team") for row in self.cells.rows("okrs"))} - {""}
        found, problems = tree.parents(said, known=known, root=self.world.root.name)
        self.cells.problems += problems
        rows = {one.team: one.row for one in reversed(said)}
        for name, parent in found.items():
            row = rows[name]
            team = self.team(row, name)
            above = self.team(row, parent, "parent_team") if parent else self.world.root
            if team is None or above is None or team.parent is above:
                continue
            if team.pk:
                stays = team.parent.name if team.parent else ""
                self.cells.note(row, Code.PARENT_STANDS, "parent_team", stays=stays)
            elif above.is_archived:
                self.cells.note(row, Code.TEAM_ARCHIVED, "parent_team")
            else:
                team.parent = above

    def _said_parents(self) -> Iterator[tree.Said]:
        root = self.world.root.name
        for row in self.cells.rows("tree"):
            found, parent = self.cells.needed(row, "team"), self.cells.short(row, "parent_team")
            since = self._since(row)
            if found and parent is not None and not self.is_root(found[0]):
                parent = root if not parent or self.is_root(parent) else parent
                yield tree.Said(row, found[0], parent, since)

    def _since(self, row: Row) -> date:
        """When the cycle of this row began; a row without one is the oldest."""
        name = text(row, "cycle")
        if not name:
            return date.min
        if cycle := self.known_cycle(name):
            return cycle.starts
        if days := self._days(name):
            return days.starts
        self.cells.note(row, Code.CYCLE, "cycle")
        return date.min

    def _tell_of_other_organisations(self) -> None:
        told = {self.world.root.name, ""}
        for row in self.cells.rows("okrs"):
            if (name := text(row, "org")) not in told:
                told.add(name)
                ours = self.world.root.name
                self.cells.note(row, Code.OTHER_ORGANISATION, "org", ours=ours)
