"""Who and what there is, row by row; the same at each run, but for the day it starts from."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission
from django.db import models, transaction

from apps.checkins.cadence import monday
from apps.checkins.models import (
    CheckIn,
    HelpRequest,
    InitiativeReport,
    KeyResultReport,
    Sending,
)
from apps.initiatives.models import Initiative, InitiativeLink, InitiativeMove, KillCriterion
from apps.objectives.models import (
    Amendment,
    Cycle,
    Input,
    KeyResult,
    Measurement,
    Objective,
    ObjectiveMove,
)
from apps.organisation.models import Organisation, Team, TeamGrant, User
from okrsite.benchmark.bets import REASONS, Bet, bets_on
from okrsite.benchmark.pour import Tell, pour
from okrsite.benchmark.size import KEY_RESULTS, WEEKS, Size

START, TARGET, FIRST_TARGET = Decimal(52), Decimal(65), Decimal(62)
AMENDED = 30  # every so many key results has had its target amended
ASKING = 20  # every so many teams waits for help
GUARDRAIL, DECREASE = 8, 5  # of nine key results, which one holds, and which one goes down
HIGHEST = {"bound_low": Decimal(0), "bound_high": Decimal(100)}


@transaction.atomic
def build(size: Size, *, now: datetime, tell: Tell) -> dict[str, int]:
    """Into an empty, migrated database; answers how many rows of each kind there are."""
    made = Made(size, now)
    Organisation.objects.create(name="Benchmark")
    Cycle.objects.bulk_create([made.cycle])
    tables: list[tuple[type[models.Model], Iterator[models.Model]]] = [
        (User, made.people()),
        (Team, iter(made.teams)),
        (TeamGrant, made.grants()),
        (Objective, iter(made.objectives)),
        (ObjectiveMove, made.objective_moves()),
        (Input, made.inputs()),
        (KeyResult, iter(made.key_results)),
        (Amendment, made.amendments()),
        (Measurement, made.measurements()),
        (CheckIn, iter(made.check_ins.values())),
        (Sending, made.sendings()),
        (KeyResultReport, made.reports()),
        (Initiative, (made.initiative(bet) for bet in made.bets)),
        (InitiativeLink, (made.link(bet) for bet in made.bets)),
        (KillCriterion, (made.stop(bet) for bet in made.bets)),
        (InitiativeMove, made.initiative_moves()),
        (InitiativeReport, made.words()),
        (HelpRequest, made.help_requests()),
    ]
    return {model.__name__: pour(model, rows, tell=tell) for model, rows in tables}


class Made:
    def __init__(self, size: Size, now: datetime) -> None:
        self.size, self.now, self.random = size, now, Random(7)  # noqa: S311 - no secret
        today = now.astimezone(ZoneInfo("Europe/Berlin")).date()
        self.starts = monday(today) - timedelta(weeks=WEEKS)
        # Half a year, with its middle just ahead, so that forecasts have some way to go.
        self.cycle = Cycle(
            pk=1, name="Half-year", slug="half-year", starts=self.starts,
            ends=self.starts + timedelta(weeks=2 * WEEKS, days=-1), state=Cycle.State.RUNNING,
        )  # fmt: skip

    def moment(self, day: int) -> datetime:
        """Of the cycle, whose first day is 0."""
        return datetime.combine(self.starts + timedelta(days=day), time(10), self.now.tzinfo)

    @cached_property
    def teams(self) -> list[Team]:
        root = Team(pk=1, name="Benchmark", slug="benchmark")
        found = [root]

        def add(parent: Team, name: str) -> Team:
            pk = len(found) + 1
            above = [*parent.ancestor_ids, parent.pk]
            found.append(
                Team(pk=pk, name=name, slug=f"team-{pk}", parent=parent, ancestor_ids=above)
            )
            return found[-1]

        for a in range(self.size.areas):
            area = add(root, f"Area {a + 1}")
            for u in range(self.size.units):
                unit = add(area, f"Unit {a + 1}.{u + 1}")
                for t in range(self.size.teams):
                    add(unit, f"Team {a + 1}.{u + 1}.{t + 1}")
        return found

    @cached_property
    def leaves(self) -> list[Team]:
        return [team for team in self.teams if len(team.ancestor_ids) == 3]

    @property
    def administrator(self) -> int:
        return self.size.people

    def people(self) -> Iterator[User]:
        """Each of the first leads the team of the same number; the last one is administrator."""
        for pk in range(1, self.size.people + 1):
            yield User(
                pk=pk, email=f"person-{pk}@example.org", name=f"Person {pk}", password="!",  # noqa: S106
                is_administrator=pk == self.administrator, joined_at=self.moment(-60),
            )  # fmt: skip

    def grants(self) -> Iterator[TeamGrant]:
        # Asked before the pouring begins: a connection that copies answers no questions.
        codenames = ("lead_team", "belong_to_team")
        lead, belong = (Permission.objects.get(codename=codename) for codename in codenames)
        return (self._grant(pk, lead, belong) for pk in range(1, self.administrator))

    def _grant(self, pk: int, lead: Permission, belong: Permission) -> TeamGrant:
        leads = pk <= len(self.teams)
        return TeamGrant(
            pk=pk, user_id=pk, permission=lead if leads else belong,
            content_object=self.teams[pk - 1] if leads else self.leaves[pk % len(self.leaves)],
            granted_by_id=self.administrator, granted_at=self.moment(-50),
        )  # fmt: skip

    # -- goals -----------------------------------------------------------------------------------

    def _how_many(self, team: Team) -> int:
        in_first_area = len(team.ancestor_ids) > 1 and team.ancestor_ids[1] == self.teams[1].pk
        match len(team.ancestor_ids):
            case 0:
                return self.size.objectives_of_root
            case 2:
                return 0 if in_first_area else 1
            case 3:
                return 2 if in_first_area else 3
        return 0

    @cached_property
    def objectives(self) -> list[Objective]:
        owners = [team for team in self.teams for _n in range(self._how_many(team))]
        return [
            Objective(
                pk=pk,
                team=team,
                cycle=self.cycle,
                title=f"Make matter number {pk} better",
                why="Whoever waits for it says so every week.",
                owner_id=team.pk,
                position=pk,
                state=Objective.State.COMMITTED,
                committed_by_id=team.pk,
                input_until=self.starts - timedelta(days=5),
                committed_at=self.moment(-3),
                created_at=self.moment(-20),
            )
            for pk, team in enumerate(owners, 1)
        ]  # fmt: skip

    def objective_moves(self) -> Iterator[ObjectiveMove]:
        steps = [("", "draft", -20), ("draft", "input", -15), ("input", "committed", -3)]
        for objective in self.objectives:
            for n, (came_from, to, day) in enumerate(steps):
                yield ObjectiveMove(
                    pk=len(steps) * objective.pk + n, objective=objective, from_state=came_from,
                    to_state=to, by_id=objective.team_id, at=self.moment(day),
                )  # fmt: skip

    def inputs(self) -> Iterator[Input]:
        for objective in self.objectives:
            yield Input(
                pk=objective.pk, objective=objective, author_id=self.administrator - 1,
                unclear="Does an exchange count?", given_at=self.moment(-8),
                answer=Input.Answer.ADOPTED, answer_text="No; the metric says so now.",
                answered_by_id=objective.team_id, answered_at=self.moment(-4),
            )  # fmt: skip

    @cached_property
    def key_results(self) -> list[KeyResult]:
        pks = range(1, KEY_RESULTS * len(self.objectives) + 1)
        return [self._key_result(pk, self.objectives[(pk - 1) // KEY_RESULTS]) for pk in pks]

    def _key_result(self, pk: int, objective: Objective) -> KeyResult:
        found = KeyResult(
            pk=pk, objective=objective, team=objective.team, title=f"Share of matter {pk}",
            metric="What was right at once, of all there was", position=pk,
            unit_kind="percent", unit="%", **HIGHEST,
        )  # fmt: skip
        match pk % 9:
            case 8:
                found.kind, found.high = KeyResult.Kind.AT_MOST, TARGET
            case 5:
                found.kind, found.baseline, found.target = KeyResult.Kind.DECREASE, TARGET, START
            case _:
                found.kind, found.baseline, found.target = KeyResult.Kind.INCREASE, START, TARGET
        return found

    @cached_property
    def _amended(self) -> list[KeyResult]:
        rising = [found for found in self.key_results if found.kind == KeyResult.Kind.INCREASE]
        return rising[::AMENDED]

    def amendments(self) -> Iterator[Amendment]:
        for pk, found in enumerate(self._amended, 1):
            yield Amendment(
                pk=pk, objective=found.objective, key_result=found, kind=Amendment.Kind.TARGET,
                field="target", old=str(FIRST_TARGET), new=str(TARGET),
                reason="The new system reaches further.", at=self.moment(35),
                day=self.starts + timedelta(days=35), by_id=found.team_id,
            )  # fmt: skip

    def measurements(self) -> Iterator[Measurement]:
        """One a week, on the Friday: some ahead, some behind, none in a straight line."""
        for found in self.key_results:
            speed = self.random.uniform(0.1, 1.3)
            first, last = found.baseline or START, found.target or TARGET
            for week in range(WEEKS):
                share = speed * week / (2 * WEEKS) + self.random.uniform(-0.03, 0.03)
                yield Measurement(
                    pk=self._nth(found, week), key_result=found, source="check-in",
                    day=self.starts + timedelta(weeks=week, days=4), entered_by_id=found.team_id,
                    entered_at=self.moment(7 * week + 4),
                    value=round(first + (last - first) * Decimal(share), 1),
                    note="The new list is in use." if week == 6 and found.pk % 5 == 0 else "",
                )  # fmt: skip

    @staticmethod
    def _nth(found: KeyResult, week: int) -> int:
        return (found.pk - 1) * WEEKS + week + 1

    # -- check-ins -------------------------------------------------------------------------------

    @cached_property
    def check_ins(self) -> dict[tuple[int, int], CheckIn]:
        """By team and week: every team that reports a number has sent every week but this one."""
        reporting = dict.fromkeys(found.team_id for found in self.key_results)
        places = [(team_id, week) for team_id in reporting for week in range(WEEKS)]
        return {
            (team_id, week): CheckIn(
                pk=pk,
                team_id=team_id,
                week=self.starts + timedelta(weeks=week),
                revision=1,
                state=CheckIn.State.SUBMITTED,
                submitted_by_id=team_id,
                submitted_at=self.moment(7 * week + 4),
                in_the_way="Too few hands.",
                first_submitted_at=self.moment(7 * week + 4),
            )
            for pk, (team_id, week) in enumerate(places, 1)
        }  # fmt: skip

    def sendings(self) -> Iterator[Sending]:
        for pk, ((team_id, week), check_in) in enumerate(self.check_ins.items(), 1):
            yield Sending(
                pk=pk, check_in=check_in, revision=1, by_id=team_id,
                at=self.moment(7 * week + 4), in_the_way=check_in.in_the_way,
            )  # fmt: skip

    def reports(self) -> Iterator[KeyResultReport]:
        for found in self.key_results:
            for week in range(WEEKS):
                pk = self._nth(found, week)
                yield KeyResultReport(
                    pk=pk, check_in=self.check_ins[found.team_id, week], revision=1,
                    key_result=found, measurement_id=pk, confidence=self.random.randint(2, 9),
                    sentence="The list grew, and the way became shorter." if pk % 3 == 0 else "",
                )  # fmt: skip

    def words(self) -> Iterator[InitiativeReport]:
        for bet in self.bets:
            if bet.status == "active":
                yield InitiativeReport(
                    pk=bet.pk, check_in=self.check_ins[bet.key_result.team_id, WEEKS - 1],
                    revision=1, initiative_id=bet.pk, moved="Half is done.", next="The rest.",
                )  # fmt: skip

    def help_requests(self) -> Iterator[HelpRequest]:
        for pk, team in enumerate(self.leaves[::ASKING], 1):
            unit = team.ancestor_ids[-1]
            yield HelpRequest(
                pk=pk, team=team, text="Give us a second carrier.", asked_id=unit,
                asked_as_leader_of_id=unit, raised_by_id=team.pk,
                by_when=self.starts + timedelta(weeks=WEEKS + 1), raised_at=self.moment(80),
            )  # fmt: skip

    # -- means -----------------------------------------------------------------------------------

    @cached_property
    def bets(self) -> list[Bet]:
        return bets_on(self.key_results, self.size.initiatives)

    def initiative(self, bet: Bet) -> Initiative:
        team_id = bet.key_result.team_id
        return Initiative(
            pk=bet.pk, team_id=team_id, lead_id=team_id, title=f"Try idea number {bet.pk}",
            believe="We believe that a shorter list", will="will make it faster;",
            know_when="we will know when the share rises by two points.", status=bet.status,
            proposed_by_id=team_id, proposed_at=self.moment(2), successor_id=bet.successor,
            started_at=None if bet.status == "proposed" else self.moment(9), **self._end(bet),
        )  # fmt: skip

    def _end(self, bet: Bet) -> dict[str, object]:
        if bet.ended_on is None:
            return {}
        said: dict[str, object] = {
            "ended_by_id": bet.key_result.team_id, "ended_at": self.moment(bet.ended_on),
            "learning": "The list was never what kept people waiting.",
        }  # fmt: skip
        said |= {"delivered": "The list"} if bet.status == "done" else {"end_reason": "no-effect"}
        return said

    def link(self, bet: Bet) -> InitiativeLink:
        return InitiativeLink(
            pk=bet.pk, initiative_id=bet.pk, key_result=bet.key_result,
            expected_effect=Decimal(2), by_when=self.starts + timedelta(weeks=20),
        )  # fmt: skip

    def stop(self, bet: Bet) -> KillCriterion:
        return KillCriterion(
            pk=bet.pk, initiative_id=bet.pk, observable="Share of matter", limit="54",
            on=self.starts + timedelta(weeks=18),
        )  # fmt: skip

    def initiative_moves(self) -> Iterator[InitiativeMove]:
        moves = [(bet, step) for bet in self.bets for step in bet.steps]
        for pk, (bet, step) in enumerate(moves, 1):
            yield InitiativeMove(
                pk=pk, initiative_id=bet.pk, verb=step.verb, from_status=step.origin,
                to_status=step.to, by_id=bet.key_result.team_id, at=self.moment(step.day),
                reason=REASONS.get(step.verb, ""),
            )  # fmt: skip
